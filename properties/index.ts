import type { Auditor, Suite } from 'underwatch';
import { intelBoards } from './audit/auditor.ts';
import { chipsetLaws } from './chipset.ts';
import { availability } from './hypersentry/availability.ts';
import { coresByThemselves } from './cores.ts';
import { deferral } from './hypersentry/deferral.ts';
import { environment } from './hypersentry/environment.ts';
import { fabrication } from './hypersentry/fabrication.ts';
import { fakeSmi } from './hypersentry/fake-smi.ts';
import { fallback } from './hypersentry/fallback.ts';
import { freeze } from './hypersentry/freeze.ts';
import { honest } from './hypersentry/honest.ts';
import { inContext } from './hypersentry/in-context.ts';
import { necessity } from './hypersentry/necessity.ts';
import { timing } from './hypersentry/timing.ts';

/** Every suite that `underwatch verify` runs when a project brings none of its own. */
export const suites: readonly Suite[] = [
  chipsetLaws,
  coresByThemselves,
  honest,
  fakeSmi,
  deferral,
  fabrication,
  availability,
  necessity,
  inContext,
  fallback,
  freeze,
  environment,
  timing,
];

/** What `underwatch audit` reads boards with. */
export const auditors: readonly Auditor[] = [intelBoards];
