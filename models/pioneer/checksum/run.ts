import {
  execute,
  instructionText,
  startProcessor,
  type Program,
  type Start,
} from '../../platform/processor/index.ts';
import { LAYOUT, type Layout } from './body.ts';
import type { Inputs } from './definition.ts';

const STACK = 0x900000n;

/**
 * The word that stands for an instruction: FNV-1a of its text. Different instructions have different words,
 * as encodings do.
 */
const codeWord = (text: string): bigint => {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const letter of text)
    hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0)!)) * 0x100_0000_01b3n);
  return hash;
};

/**
 * A program as words of memory, one for each instruction, and padding after its end, for a loop that reads
 * itself.
 */
export const codeWords = (program: Program, count: number): readonly bigint[] =>
  Array.from({ length: count }, (_, index) => {
    const instruction = program[index];
    return codeWord(instruction === undefined ? `filling ${index}` : instructionText(instruction));
  });

/** The changes that an attacker makes to the machine before the loop runs. */
export interface Tampering {
  /** The address of the loop, if the code was moved away from the layout's. */
  readonly codeBase?: bigint;
  /** Words that differ from those that the verifier knows; the clean ones are in the copy. */
  readonly altered?: ReadonlyMap<number, bigint>;
  /** The region that RSI points to; that of the copy, when reads are redirected without forging anything. */
  readonly region?: bigint;
  /** The memory of a translator that executes the loop, and the base of its segment. */
  readonly memory?: ReadonlyMap<bigint, bigint>;
  readonly gsBase?: bigint;
  readonly privileged?: boolean;
}

/**
 * Executes a checksum loop and returns its answer. Fails with UW804 when it reads an address without a word.
 */
export const runChecksum = (
  program: Program,
  inputs: Inputs,
  tampering: Tampering = {},
  layout: Layout = LAYOUT,
): bigint => {
  const { nonce, iterations, words } = inputs;
  const memory = new Map<bigint, bigint>(tampering.memory);
  for (const [index, clean] of words.entries()) {
    const at = layout.region + BigInt(8 * index);
    memory.set(at, tampering.altered?.get(index) ?? clean);
    memory.set(at + BigInt(layout.copyDistance), clean);
  }
  memory.set(STACK, inputs.returnAddress ?? 0n);
  const start: Start = {
    program,
    memory,
    gsBase: tampering.gsBase ?? 0n,
    codeBase: tampering.codeBase ?? layout.code,
    registers: {
      rbx: nonce,
      rsi: tampering.region ?? layout.region,
      rdi: BigInt(iterations),
      rsp: STACK,
      r10: layout.region + BigInt(8 * layout.alteredWord),
    },
    interrupts: inputs.interrupts ?? false,
    dr7: inputs.dr7 ?? 0n,
    privileged: tampering.privileged ?? true,
  };
  return execute(startProcessor(start)).registers.r8;
};
