import { Fault } from 'underwatch/model';
import {
  compareRates,
  lowerBound,
  rateDifference,
  steadyState,
  type Machine,
  type Rate,
} from '../../platform/processor/index.ts';
import { checksumBody, LAYOUT } from './body.ts';
import { expectedChecksum, type Inputs } from './definition.ts';
import { runChecksum } from './run.ts';
import { nextState } from './traversal.ts';
import type { Variant } from './variant.ts';

const D = LAYOUT.copyDistance;

/**
 * The instructions that an attacker may put in place of the one load: loads, address arithmetic and copies,
 * in RDX (the data pointer, which is mixed afterwards), R9 (free) and RCX (where the word is expected). Loads
 * come with and without displacement.
 */
export const READ_INSTRUCTIONS: readonly string[] = [
  'mov rcx, [rdx]',
  'mov rcx, [r9]',
  `mov rcx, [rdx + ${D}]`,
  `mov rcx, [r9 + ${D}]`,
  `lea r9, [rdx + ${D}]`,
  'mov r9, rdx',
  'mov rdx, r9',
  `add r9, ${D}`,
  `add rdx, ${D}`,
  `sub rdx, ${D}`,
  'push rdx',
  'pop rdx',
];

const INPUTS: Inputs = {
  nonce: 0x0123_4567_89ab_cdefn,
  iterations: 24,
  words: Array.from({ length: 64 }, (_, index) => nextState(BigInt(31 * index + 1), 64)),
};
/**
 * A test memory in which all words are altered: only a loop that reads the copy, and mixes the original
 * address, comes to the right sum.
 */
const ALL_ALTERED = new Map(INPUTS.words.map((word, index) => [index, word ^ 0xffn]));

const hides = (variant: Variant, read: string, expected: bigint): boolean => {
  try {
    return runChecksum(checksumBody(variant, { read }), INPUTS, { altered: ALL_ALTERED }) === expected;
  } catch (error) {
    // Most sequences read where nothing is.
    if (error instanceof Fault && error.code === 'UW804') return false;
    throw error;
  }
};

/**
 * Every sequence of at most so many of these instructions that, in place of the load, hides that all words
 * are altered. Each is executed; nothing is assumed of it.
 */
export const forgingReads = (
  variant: Variant,
  instructions: readonly string[],
  longest: number,
): readonly string[] => {
  const expected = expectedChecksum(variant, LAYOUT, INPUTS);
  let sequences: readonly string[] = [''];
  const found: string[] = [];
  for (let length = 1; length <= longest; length++) {
    sequences = sequences.flatMap((before) =>
      instructions.map((next) => (before === '' ? next : `${before}\n${next}`)),
    );
    found.push(...sequences.filter((read) => hides(variant, read, expected)));
  }
  return found;
};

/** A forging sequence and its cost. */
export interface Forgery {
  readonly read: string;
  /**
   * Cycles an iteration more than the honest loop; negative where the simulated core happens to be faster.
   */
  readonly cycles: Rate;
}

/**
 * The cheapest of several sequences on a machine; of equal ones that with the smaller bound, then the first.
 */
export const cheapestForgery = (
  machine: Machine,
  variant: Variant,
  reads: readonly string[],
): Forgery | undefined => {
  const honest = steadyState(machine, checksumBody(variant));
  const costs = reads.map((read) => {
    const body = checksumBody(variant, { read });
    return {
      read,
      cycles: rateDifference(steadyState(machine, body), honest),
      bound: lowerBound(machine, body),
    };
  });
  const [best] = costs.toSorted((a, b) => compareRates(a.cycles, b.cycles) || compareRates(a.bound, b.bound));
  return best === undefined ? undefined : { read: best.read, cycles: best.cycles };
};
