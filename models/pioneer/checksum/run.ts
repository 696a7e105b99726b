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
 * A word for an instruction: FNV-1a of its text. Two instructions that differ have different words, as
 * encodings have.
 */
const codeWord = (text: string): bigint => {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const letter of text)
    hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0)!)) * 0x100_0000_01b3n);
  return hash;
};

/**
 * A program as words of memory, an instruction each, and filling after its end: what a loop reads that reads
 * itself.
 */
export const codeWords = (program: Program, count: number): readonly bigint[] =>
  Array.from({ length: count }, (_, index) => {
    const instruction = program[index];
    return codeWord(instruction === undefined ? `filling ${index}` : instructionText(instruction));
  });

/** What an attacker does to the machine before the loop runs. */
export interface Tampering {
  /** Where the loop stands; elsewhere than the layout says when the code was moved. */
  readonly codeBase?: bigint;
  /** Words that differ from what the verifier knows; the clean ones are in the copy. */
  readonly altered?: ReadonlyMap<number, bigint>;
  /** The region that RSI points to; the copy's, when reads are redirected without forging anything. */
  readonly region?: bigint;
  /** Memory of whoever executes the loop, a translator's, and where its segment begins. */
  readonly memory?: ReadonlyMap<bigint, bigint>;
  readonly gsBase?: bigint;
  readonly privileged?: boolean;
}

/** Executes a checksum loop and gives what it answers. Fails with UW804 when it reads what is not there. */
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
