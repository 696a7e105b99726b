import type { Auditor, Suite } from 'underwatch';
import { intelBoards } from './audit/auditor.ts';
import { chipsetLaws } from './chipset.ts';
import { availability } from './hypersentry/availability.ts';
import { coresByThemselves } from './cores.ts';
import { deferral } from './hypersentry/deferral.ts';
import { fabrication } from './hypersentry/fabrication.ts';
import { fakeSmi } from './hypersentry/fake-smi.ts';
import { honest } from './hypersentry/honest.ts';
import { necessity } from './hypersentry/necessity.ts';

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
];

/** What `underwatch audit` reads boards with. */
export const auditors: readonly Auditor[] = [intelBoards];
