import { steadyState, type Machine, type Program, type Rate } from '../platform/processor/index.ts';
import { translate } from '../platform/translation/index.ts';
import { checksumBody, type ExtraWork, type Variant } from './checksum/index.ts';
import type { Parameters } from './setting.ts';

/** What one iteration costs, by the names of the model's parameters. */
export type LoopCosts = Pick<
  Parameters,
  | 'blockMilliCycles'
  | 'translatedMilliCycles'
  | 'forgePcMilliCycles'
  | 'forgeDpMilliCycles'
  | 'substituteMilliCycles'
>;

/** Thousandths of a cycle, rounded up. */
const milliCycles = ({ cycles, iterations }: Rate): number => Math.ceil((1000 * cycles) / iterations);

/** A loop on the bare processor and under the translator. Fails as `steadyState` does. */
export const plainLoopCosts = (
  machine: Machine,
  body: Program,
): Pick<LoopCosts, 'blockMilliCycles' | 'translatedMilliCycles'> => ({
  blockMilliCycles: milliCycles(steadyState(machine, body)),
  translatedMilliCycles: milliCycles(steadyState(machine, translate(body).body)),
});

/**
 * The costs of a checksum loop, taken from its instructions: genuine, with what an altered copy has to add, and under the
 * translator. Extra work that goes into free issue slots costs nothing. Fails as `steadyState` does.
 */
export const checksumLoopCosts = (machine: Machine, variant: Variant): LoopCosts => {
  const plain = plainLoopCosts(machine, checksumBody(variant));
  const extra = (work: ExtraWork): number =>
    milliCycles(steadyState(machine, checksumBody(variant, work))) - plain.blockMilliCycles;
  return {
    ...plain,
    forgePcMilliCycles: extra('counter'),
    forgeDpMilliCycles: extra('pointer'),
    substituteMilliCycles: extra('compare'),
  };
};
