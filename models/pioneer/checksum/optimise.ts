import { nextState } from './traversal.ts';

/**
 * An operation of a candidate: on earlier values, which are numbered from 0 (the state), and a small
 * constant.
 */
export type Step =
  | { readonly kind: 'multiply'; readonly a: number; readonly b: number }
  | { readonly kind: 'add'; readonly a: number; readonly b: number }
  | { readonly kind: 'add-constant'; readonly a: number; readonly constant: bigint }
  | { readonly kind: 'or-constant'; readonly a: number; readonly constant: bigint };

/** Cycles from the state to the result: the latencies of a machine. */
export interface Latencies {
  readonly multiply: number;
  readonly add: number;
  readonly logic: number;
}

/** A sequence that computes the next state. */
export interface Candidate {
  readonly steps: readonly Step[];
  /** Cycles from the state to the next one. */
  readonly latency: number;
}

const CONSTANTS: readonly bigint[] = [1n, 4n, 5n];
/** The width of the search's words; finds are confirmed on every value, and on wider words elsewhere. */
const BITS = 12;
const SIZE = 2 ** BITS;

const apply = (step: Step, values: readonly bigint[], bits: number): bigint => {
  const a = values[step.a]!;
  switch (step.kind) {
    case 'multiply':
      return BigInt.asUintN(bits, a * values[step.b]!);
    case 'add':
      return BigInt.asUintN(bits, a + values[step.b]!);
    case 'add-constant':
      return BigInt.asUintN(bits, a + step.constant);
    case 'or-constant':
      return a | step.constant;
  }
};

/** The result of a candidate for a state, on words of so many bits. */
export const runCandidate = ({ steps }: Candidate, state: bigint, bits: number): bigint => {
  const values = [state];
  for (const step of steps) values.push(apply(step, values, bits));
  return values.at(-1)!;
};

const stepsOver = (count: number): readonly Step[] => {
  const indices = Array.from({ length: count }, (_, index) => index);
  const pairs = indices.flatMap((a) => indices.slice(a).map((b) => ({ a, b })));
  return [
    ...pairs.flatMap(({ a, b }): Step[] => [
      { kind: 'multiply', a, b },
      { kind: 'add', a, b },
    ]),
    ...indices.flatMap((a) =>
      CONSTANTS.flatMap((constant): Step[] => [
        { kind: 'add-constant', a, constant },
        { kind: 'or-constant', a, constant },
      ]),
    ),
  ];
};

/** A value of the search on all states of the class at once, and the cycles until it is ready. */
interface Column {
  readonly values: Int32Array;
  readonly latency: number;
}

const combine = (kind: Step['kind'], a: number, b: number, constant: number): number => {
  switch (kind) {
    case 'multiply':
      return Math.imul(a, b) & (SIZE - 1);
    case 'add':
      return (a + b) & (SIZE - 1);
    case 'add-constant':
      return (a + constant) & (SIZE - 1);
    case 'or-constant':
      return a | constant;
  }
};

const columnOf = (step: Step, columns: readonly Column[], latencies: Latencies): Column => {
  const a = columns[step.a]!;
  const b = 'b' in step ? columns[step.b]! : a;
  const constant = 'constant' in step ? Number(step.constant) : 0;
  const values = a.values.map((value, index) => combine(step.kind, value, b.values[index]!, constant));
  const kind = step.kind === 'or-constant' ? 'logic' : 'add';
  const takes = latencies[step.kind === 'multiply' ? 'multiply' : kind];
  return { values, latency: Math.max(a.latency, b.latency) + takes };
};

const same = (a: Int32Array, b: Int32Array): boolean => a.every((value, index) => value === b[index]);

/** The scope of the search: which states, which machine, how many operations. */
export interface Question {
  /**
   * States congruent to it modulo 8; `null`: all. A loop of eight unrolled iterations knows the residue in
   * each.
   */
  readonly residue: number | null;
  readonly latencies: Latencies;
  readonly operations: number;
}

/**
 * The sequence with the least latency that computes x + (x*x | 5) for all states in question, of all with so
 * many operations; among equals the shortest. Complete over multiplication, addition, and addition or OR of
 * 1, 4 and 5, on words of 12 bits; `undefined` if there is none.
 */
export const fastestNextState = ({ residue, latencies, operations }: Question): Candidate | undefined => {
  const all = Array.from({ length: SIZE }, (_, x) => x);
  const states = Int32Array.from(residue === null ? all : all.filter((x) => x % 8 === residue));
  const target = states.map((x) => Number(nextState(BigInt(x), BITS)));
  // A sample decides first: nearly all candidates fail on it.
  const sample = Int32Array.from([...states].filter((_, index) => index % 29 === 0));
  const sampleTarget = sample.map((x) => Number(nextState(BigInt(x), BITS)));
  let best: Candidate | undefined;
  const isTrue = (steps: readonly Step[]): boolean => {
    const columns: Column[] = [{ values: states, latency: 0 }];
    for (const step of steps) columns.push(columnOf(step, columns, latencies));
    return same(columns.at(-1)!.values, target);
  };
  const search = (steps: readonly Step[], columns: readonly Column[], allowed: number): void => {
    for (const step of stepsOver(columns.length)) {
      const column = columnOf(step, columns, latencies);
      if (best !== undefined && column.latency >= best.latency) continue;
      if (columns.some(({ values, latency }) => latency <= column.latency && same(values, column.values)))
        continue;
      const next = [...steps, step];
      if (same(column.values, sampleTarget) && isTrue(next)) best = { steps: next, latency: column.latency };
      else if (allowed > 1) search(next, [...columns, column], allowed - 1);
    }
  };
  // Fewer operations first, so that the shortest of equals is found.
  for (let length = 1; length <= operations; length++) search([], [{ values: sample, latency: 0 }], length);
  return best;
};
