import { steadyState, type Machine, type Program, type Rate } from '../platform/processor/index.ts';
import { translate, type TranslationOptions } from '../platform/translation/index.ts';
import { checksumBody, filledBody, type ExtraWork, type Variant } from './checksum/index.ts';
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

/** How a loop is made, and how it is translated. */
export interface LoopOptions {
  readonly filled?: boolean;
  readonly translation?: TranslationOptions;
}

/** Thousandths of a cycle, rounded up. */
const milliCycles = ({ cycles, iterations }: Rate): number => Math.ceil((1000 * cycles) / iterations);

/** A loop on the bare processor and under the translator. Fails as `steadyState` does. */
export const plainLoopCosts = (
  machine: Machine,
  body: Program,
  translation: TranslationOptions = {},
): Pick<LoopCosts, 'blockMilliCycles' | 'translatedMilliCycles'> => ({
  blockMilliCycles: milliCycles(steadyState(machine, body)),
  translatedMilliCycles: milliCycles(steadyState(machine, translate(body, translation).body)),
});

/**
 * The costs of a checksum loop, taken from its instructions: genuine, with what an altered copy has to add, and under the
 * translator. Extra work that goes into free issue slots costs nothing; `filled` leaves none of them free. Fails as
 * `steadyState` does.
 */
export const checksumLoopCosts = (
  machine: Machine,
  variant: Variant,
  { filled = false, translation = {} }: LoopOptions = {},
): LoopCosts => {
  const honest = checksumBody(variant);
  const made = (body: Program): Program => (filled ? filledBody(machine, honest, body) : body);
  const plain = plainLoopCosts(machine, made(honest), translation);
  const extra = (work: ExtraWork): number =>
    milliCycles(steadyState(machine, made(checksumBody(variant, work)))) - plain.blockMilliCycles;
  return {
    ...plain,
    forgePcMilliCycles: extra('counter'),
    forgeDpMilliCycles: extra('pointer'),
    substituteMilliCycles: extra('compare'),
  };
};
