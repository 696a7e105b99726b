import {
  boundsOf,
  largestRate,
  rate,
  steadyState,
  type Machine,
  type Program,
  type Rate,
} from '../../platform/processor/index.ts';
import { translate, type TranslationOptions } from '../../platform/translation/index.ts';
import { checksumBody, filledBody, unrolledBody, type ExtraWork, type Variant } from '../checksum/index.ts';
import type { Parameters } from './setting.ts';
import { BUS, fastestSharing, refillMilliCycles, SHARED_CACHE, type Link } from '../sharing/index.ts';

/** The costs of one iteration, by the names of the model's parameters. */
export type LoopCosts = Pick<
  Parameters,
  | 'blockMilliCycles'
  | 'translatedMilliCycles'
  | 'forgePcMilliCycles'
  | 'forgeDpMilliCycles'
  | 'substituteMilliCycles'
>;

/** The composition of a loop, and the choices of its translation. */
export interface LoopOptions {
  readonly filled?: boolean;
  readonly translation?: TranslationOptions;
}

/** A rate in thousandths of a cycle, rounded up. */
const milliCycles = ({ cycles, iterations }: Rate): number => Math.ceil((1000 * cycles) / iterations);

/** The times of a loop on the bare processor and under the translator. Fails as `steadyState` does. */
export const plainLoopCosts = (
  machine: Machine,
  body: Program,
  translation: TranslationOptions = {},
): Pick<LoopCosts, 'blockMilliCycles' | 'translatedMilliCycles'> => ({
  blockMilliCycles: milliCycles(steadyState(machine, body)),
  translatedMilliCycles: milliCycles(steadyState(machine, translate(body, translation).body)),
});

/**
 * The costs of a checksum loop, derived from its instructions: genuine, with the additions of an altered
 * copy, and under the translator. Extra work that goes into free issue slots costs nothing; `filled` leaves
 * none of them free. Fails as `steadyState` does.
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

/**
 * The cost of an iteration for which a helper computes addresses and words, beside the honest one of eight
 * unrolled.
 */
export type HelpedCosts = Pick<
  Parameters,
  | 'blockMilliCycles'
  | 'forgePcMilliCycles'
  | 'forgeDpMilliCycles'
  | 'substituteMilliCycles'
  | 'helpedMilliCycles'
  | 'threadedMilliCycles'
  | 'engagedMilliCycles'
>;

const ofEight = ({ cycles, iterations }: Rate): Rate => rate(cycles, 8 * iterations);

/**
 * The costs of the same loop in eights, alone and helped. Uncertain figures are taken at the end that the
 * claims do not profit from. The helper on another processor does the dearest forging there is, compares and
 * replaces each word, and now and then has to be waited for; the one on another thread has the cheapest
 * forging and never has to be waited for. If all processors have a sum to compute, honest work and
 * comparisons have to fit into the slots and units of each, on average. Fails as `steadyState` does.
 */
export const helpedLoopCosts = (machine: Machine, variant: Variant, bus: Link = BUS): HelpedCosts => {
  const alone = (work: ExtraWork): number =>
    milliCycles(ofEight(steadyState(machine, unrolledBody(variant, work))));
  const shared = (work: ExtraWork, link: Link): number =>
    milliCycles(fastestSharing(machine, checksumBody(variant, work), link).cycles);
  const { dispatch, units } = boundsOf(machine, unrolledBody(variant, 'compare'));
  const blockMilliCycles = alone('none');
  return {
    blockMilliCycles,
    forgePcMilliCycles: alone('counter') - blockMilliCycles,
    forgeDpMilliCycles: alone('pointer') - blockMilliCycles,
    substituteMilliCycles: alone('compare') - blockMilliCycles,
    helpedMilliCycles: shared('compare', bus) + refillMilliCycles(bus),
    threadedMilliCycles: shared('pointer', SHARED_CACHE),
    engagedMilliCycles: milliCycles(ofEight(largestRate([dispatch, units]))),
  };
};
