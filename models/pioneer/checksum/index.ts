import { steadyState, type Machine, type Program, type Rate } from '../../platform/processor/index.ts';

export { checksumBody, EXTRA_WORK, LAYOUT, type ExtraWork, type Layout } from './body.ts';
export { checkmateVariant, dataOnlyVariant, pioneerVariant, type Mix, type Variant } from './variant.ts';

/** Cycles of one iteration of a checksum loop on a machine, exactly, once it has settled. Fails as `steadyState` does. */
export const perIterationCycles = (machine: Machine, body: Program): Rate => steadyState(machine, body);
