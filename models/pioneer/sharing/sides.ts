import { assemble, effectsOf, memory, register } from '../../platform/processor/index.ts';
import type { Instruction, Program, Register } from '../../platform/processor/index.ts';
import type { Flow } from './components.ts';

/**
 * Iterations in a block: as many as words fit into a line of 64 bytes, so that a line is one value of a
 * block.
 */
export const BLOCK = 8;
const LINE_BYTES = 64;
/** The number of blocks before its use at which a line is requested. */
const PREFETCHED_BLOCKS = 8;

/** One iteration divided between two: the side that keeps the sum, and its helper. */
export interface Division {
  /**
   * Instructions whose results the helper hands over: it stores their values, and the other side loads them.
   */
  readonly handed: readonly number[];
  readonly sumSide: readonly number[];
  readonly helperSide: readonly number[];
}

const resultOf = (instruction: Instruction): Register => {
  const { writes } = effectsOf(instruction);
  return writes.find((resource): resource is Register => resource !== 'flags' && resource !== 'rsp')!;
};

/** The instructions that those in `wanted` depend on, themselves included. */
const ancestors = ({ dependences }: Flow, wanted: readonly number[]): readonly number[] => {
  const found = new Set(wanted);
  // A set grows while it is gone through.
  for (const to of found) {
    for (const edge of dependences) if (edge.to === to) found.add(edge.from);
  }
  return [...found].toSorted((a, b) => a - b);
};

/**
 * The division in which the sum's side does these parts itself, the sum included. The values that it lacks
 * are handed to it, and the helper does what those values need. The helper may repeat work of the other side;
 * it takes nothing from it.
 */
export const divisionOf = (flow: Flow, kept: readonly number[]): Division => {
  const sumSide = kept.flatMap((part) => flow.components[part]!.instructions).toSorted((a, b) => a - b);
  const lacks = flow.dependences.filter(({ from, to }) => sumSide.includes(to) && !sumSide.includes(from));
  const handed = [...new Set(lacks.map(({ from }) => from))].toSorted((a, b) => a - b);
  return { handed, sumSide, helperSide: ancestors(flow, handed) };
};

/**
 * The address of a value in the ring: a line for each value, a word of it for each iteration of the block.
 */
const slot = (value: number, iteration: number): ReturnType<typeof memory> =>
  memory('r11', LINE_BYTES * value + 8 * iteration);

/** R11 walks through the ring; at R14 it stops, to restart or to check how far the other side has come. */
const tail = (values: number): Program =>
  assemble(`add r11, ${LINE_BYTES * values}
    cmp r11, r14
    je refill
    sub rdi, ${BLOCK}
    jne begin`);

const store = (to: ReturnType<typeof memory>, from: Register): Instruction => ({
  mnemonic: 'mov',
  operands: [to, register(from)],
  label: null,
});
const load = (to: Register, from: ReturnType<typeof memory>): Instruction => ({
  mnemonic: 'mov',
  operands: [register(to), from],
  label: null,
});

const named = (program: Program): Program =>
  program.map((instruction, index) => ({ ...instruction, label: index === 0 ? 'begin' : null }));

/** So many iterations of the helper: its instructions, and a store after each result that it hands over. */
export const helperIterations = (
  { iteration }: Flow,
  { handed, helperSide }: Division,
  count: number,
): Program =>
  named(
    Array.from({ length: count }, (_, nth) =>
      helperSide.flatMap((index) => {
        const value = handed.indexOf(index);
        const instruction = iteration[index]!;
        return value < 0 ? [instruction] : [instruction, store(slot(value, nth), resultOf(instruction))];
      }),
    ).flat(),
  );

/** So many iterations of the side that keeps the sum: a load in place of each result that it lacks. */
export const sumIterations = ({ iteration }: Flow, { handed, sumSide }: Division, count: number): Program =>
  named(
    Array.from({ length: count }, (_, nth) =>
      [...iteration.entries()].flatMap(([index, instruction]) => {
        const value = handed.indexOf(index);
        if (value >= 0) return [load(resultOf(instruction), slot(value, nth))];
        return sumSide.includes(index) ? [instruction] : [];
      }),
    ).flat(),
  );

/** A block of the helper. */
export const helperProgram = (flow: Flow, division: Division): Program => [
  ...helperIterations(flow, division, BLOCK),
  ...tail(division.handed.length),
];

/** A block of the side that keeps the sum; lines are requested ahead. */
export const sumProgram = (flow: Flow, division: Division): Program => {
  const values = division.handed.length;
  const ahead = PREFETCHED_BLOCKS * LINE_BYTES * values;
  const asks = division.handed.flatMap((_, value) =>
    assemble(`prefetch [r11 + ${ahead + LINE_BYTES * value}]`),
  );
  return [...sumIterations(flow, division, BLOCK), ...asks, ...tail(values)];
};
