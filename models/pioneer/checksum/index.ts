import { steadyState, type Machine, type Program, type Rate } from '../../platform/processor/index.ts';

export {
  checksumBody,
  EXTRA_WORK,
  LAYOUT,
  orAdds,
  shortcutBody,
  unrolledBody,
  type ExtraWork,
  type Layout,
  type NamedWork,
} from './body.ts';
export { checkmateBlock } from './checkmate.ts';
export { expectedChecksum, type Inputs } from './definition.ts';
export { cheapestForgery, forgingReads, READ_INSTRUCTIONS, type Forgery } from './forgery.ts';
export {
  fastestNextState,
  runCandidate,
  type Candidate,
  type Latencies,
  type Question,
  type Step,
} from './optimise.ts';
export { codeWords, runChecksum, type Tampering } from './run.ts';
export { filledBody, freeInstructions, freeSlots } from './slack.ts';
export {
  couponReads,
  coverageOf,
  fullCoverage,
  missProbability,
  nextState,
  nextState32,
  type Coverage,
} from './traversal.ts';
export { checkmateVariant, dataOnlyVariant, pioneerVariant, type Mix, type Variant } from './variant.ts';

/**
 * Cycles of one iteration of a checksum loop on a machine, exactly, once it has settled. Fails as
 * `steadyState` does.
 */
export const perIterationCycles = (machine: Machine, body: Program): Rate => steadyState(machine, body);
