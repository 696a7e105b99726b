import {
  flagsOfResult,
  flagsOfSum,
  flagsWord,
  NO_FLAGS,
  type Flags,
} from '../../platform/processor/index.ts';
import { nextState } from './traversal.ts';
import type { Layout } from './body.ts';
import type { Mix, Variant } from './variant.ts';

/** The inputs of a checksum beside the instructions. */
export interface Inputs {
  /** The verifier's nonce: the traversal's first state. */
  readonly nonce: bigint;
  readonly iterations: number;
  /** The checksummed words. */
  readonly words: readonly bigint[];
  readonly interrupts?: boolean;
  readonly dr7?: bigint;
  readonly returnAddress?: bigint;
}

/** The state of a checksum under way, with the flags that the last step left. */
interface Sum {
  readonly value: bigint;
  readonly flags: Flags;
}

const mixed = (sum: Sum, by: bigint, adds: boolean, bits: number): Sum => {
  if (!adds) {
    const value = sum.value ^ by;
    return { value, flags: flagsOfResult(value, bits, sum.flags) };
  }
  return {
    value: BigInt.asUintN(bits, sum.value + by),
    flags: flagsOfSum(sum.value, by, 0n, bits, sum.flags),
  };
};

/**
 * Computes the checksum by its definition, as the verifier does: no instructions, no registers. The honest
 * loop must come to this value when it is executed.
 */
export const expectedChecksum = (variant: Variant, layout: Layout, inputs: Inputs): bigint => {
  const { bits, wordsLog2, mixes } = variant;
  let state = inputs.nonce;
  let sum: Sum = { value: 0n, flags: { ...NO_FLAGS, interrupts: inputs.interrupts ?? false } };
  for (let left = inputs.iterations; left > 0; left--) {
    state = nextState(state, bits);
    const word = state >> BigInt(bits - wordsLog2);
    const values: Readonly<Record<Exclude<Mix, 'flags'>, bigint>> = {
      data: inputs.words[Number(word)]!,
      pointer: layout.region + word * 8n,
      counter: layout.code,
      state,
      dr7: inputs.dr7 ?? 0n,
      return: inputs.returnAddress ?? 0n,
    };
    for (const [index, mix] of mixes.entries()) {
      const by = mix === 'flags' ? flagsWord(sum.flags) : values[mix];
      sum = mixed(sum, by, index % 2 === 0, bits);
    }
    const turned = (sum.value << 7n) | (sum.value >> BigInt(bits - 7));
    sum = { ...sum, value: BigInt.asUintN(bits, turned) };
  }
  return sum.value;
};
