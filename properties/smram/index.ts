import type { Suite } from 'underwatch';
import { flashRace } from './flash.ts';
import { smramAttacks } from './rows.ts';
import { smramHandler } from './handler.ts';
import { smramNecessity } from './necessity.ts';

/** The suites of claims on SMRAM. */
export const smramSuites: readonly Suite[] = [smramAttacks, smramHandler, smramNecessity, flashRace];
