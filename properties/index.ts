import type { Auditor, Suite } from 'underwatch';
import { intelBoards } from './audit/auditor.ts';
import { chipsetLaws } from './chipset.ts';
import { attestationBootstrap } from './hypersentry/attestation-bootstrap.ts';
import { attestationProtocol } from './hypersentry/attestation.ts';
import { availability } from './hypersentry/availability.ts';
import { deferral } from './hypersentry/deferral.ts';
import { fabrication } from './hypersentry/fabrication.ts';
import { fakeSmi } from './hypersentry/fake-smi.ts';
import { honest } from './hypersentry/honest.ts';
import { necessity } from './hypersentry/necessity.ts';
import { smramSuites } from './smram/index.ts';

/** Every suite that `underwatch verify` runs when a project brings none of its own. */
export const suites: readonly Suite[] = [
  chipsetLaws,
  honest,
  fakeSmi,
  deferral,
  fabrication,
  availability,
  necessity,
  ...smramSuites,
  attestationProtocol,
  attestationBootstrap,
];

/** What `underwatch audit` reads boards with. */
export const auditors: readonly Auditor[] = [intelBoards];
