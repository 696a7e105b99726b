import { tick } from '../../monitor/response-timer.ts';
import { ANSWER, type MonitorOf } from '../../monitor/monitor.ts';
import {
  NEVER,
  type LearnedQuestion,
  type LearnedStepQuestion,
  type Row,
  type Space,
} from '../../learned-relation/space.ts';
import { FIRST_ARRAY_QUERY } from '../../learned-relation/tries/forest.ts';
import type { ArrayQueries } from '../../learned-relation/arrays/array-queries.ts';

/**
 * A decision by the values of some columns of a row: what an action does, or the answer to a question. Rows
 * have the fields of the model, and behind them the waiting times of `within`.
 */
export interface RowDecision {
  /**
   * Returns the number of the outcome in `row`. An unknown outcome is learned: the row has to be reachable.
   */
  readonly outcome: (row: Row) => number;
  /**
   * Returns the columns that were looked at for that, each once; a question about an array that is one read
   * is -1 less its number. Only for rows whose outcome was asked for before.
   */
  readonly looksAt: (row: Row) => readonly number[];
  /**
   * Returns the writes of an outcome: alternating columns and value numbers; undefined for one that does not
   * count.
   */
  readonly writes: (outcome: number) => readonly number[] | undefined;
  /** The changes of arrays that come after that. */
  readonly changes?: (outcome: number) => readonly number[];
}

/**
 * Returns the fields that `trie` looks at in a row, or in two: those of the second are numbered on from the
 * first's. Questions about arrays of the first are -1 less their number.
 */
const trailOf = (
  { forest, fields, arrayQueries }: Space,
  trie: number,
  before: Row,
  after: Row,
): readonly number[] => {
  const { cells, starts, roots } = forest.table();
  const width = fields.length;
  const trail: number[] = [];
  const idAt = (field: number): number => {
    if (field < width) return before[field]!;
    if (field < FIRST_ARRAY_QUERY || arrayQueries === undefined) return after[field - width]!;
    return arrayQueries.valueIn(field - FIRST_ARRAY_QUERY, (own) => before[own]!);
  };
  for (let place = roots[trie]!; place > 0;) {
    const start = starts[place]!;
    const field = cells[start]!;
    trail.push(field < FIRST_ARRAY_QUERY ? field : FIRST_ARRAY_QUERY - 1 - field);
    const id = idAt(field);
    place = id < cells[start + 1]! ? cells[start + 2 + id]! : 0;
  }
  return trail;
};

/** Returns the row after an effect. */
const after = (row: Row, effect: readonly number[]): Row => {
  const next = Uint32Array.from(row);
  for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
  return next;
};

/** Returns the row that a decision leads to; undefined where it has no outcome. */
export const leadsTo = (
  { outcome, writes, changes }: RowDecision,
  arrayQueries: ArrayQueries | undefined,
  row: Row,
): Row | undefined => {
  const found = outcome(row);
  const effect = writes(found);
  if (effect === undefined) return undefined;
  const changed = (changes?.(found) ?? []).flatMap((number) =>
    arrayQueries!.writesIn(number, (own) => row[own]!),
  );
  return after(row, [...effect, ...changed]);
};

/** Returns those of the columns looked at in the row after an effect that the effect does not write. */
const unwritten = (columns: readonly number[], effect: readonly number[]): readonly number[] =>
  columns.filter((column) => !effect.some((written, at) => at % 2 === 0 && written === column));

const once = (columns: readonly number[]): readonly number[] => [...new Set(columns)];

/** Decides what instance `index` does, and with it how the waiting times go on. */
export const actionDecision = (
  space: Space,
  index: number,
  waits: readonly MonitorOf<'within'>[],
): RowDecision => {
  const trie = space.tries[index]!;
  if (waits.length === 0) {
    return {
      outcome: (row) => space.outcome(index, row),
      looksAt: (row) => trailOf(space, trie, row, row),
      writes: (outcome) => (outcome === NEVER ? undefined : space.effectAt(outcome)),
      changes: space.changesAt,
    };
  }
  const effects: (readonly number[])[] = [[]];
  const known = new Map<string, number>();
  return {
    outcome: (row) => {
      const effect = space.effect(index, row);
      if (effect === undefined) return NEVER;
      const next = after(row, effect);
      const whole = [
        ...effect,
        ...waits.flatMap((monitor) => [monitor.timerField, tick(monitor, row[monitor.timerField]!, next)]),
      ];
      const key = whole.join();
      const number = known.get(key) ?? effects.push(whole) - 1;
      known.set(key, number);
      return number;
    },
    looksAt: (row) => {
      const trail = trailOf(space, trie, row, row);
      const effect = space.effect(index, row);
      if (effect === undefined) return trail;
      const next = after(row, effect);
      const more = waits.flatMap(({ timerField, waits: { trie: asked } }) => [
        ...unwritten(trailOf(space, asked, next, next), effect),
        timerField,
      ]);
      return once([...trail, ...more]);
    },
    writes: (outcome) => (outcome === NEVER ? undefined : effects[outcome]!),
  };
};

const NOTHING: readonly number[] = [];

/** Decides the answer to a question about states; answers that say nothing do not count. */
export const questionDecision = (space: Space, { answer, trie }: LearnedQuestion): RowDecision => ({
  outcome: answer,
  looksAt: (row) => trailOf(space, trie, row, row),
  writes: (outcome) => (outcome === ANSWER.notApplicable ? undefined : NOTHING),
});

/** Decides whether a wait goes on in a state, or for too long. */
export const waitingDecision = ({ timerField, steps }: MonitorOf<'within'>): RowDecision => ({
  outcome: (row) => {
    const waited = row[timerField]!;
    if (waited === 0) return ANSWER.notApplicable;
    return waited > steps ? ANSWER.decisive : ANSWER.applicable;
  },
  looksAt: () => [timerField],
  writes: (outcome) => (outcome === ANSWER.notApplicable ? undefined : NOTHING),
});

/**
 * Decides the answer to a question about steps where instance `index` happens: by the state before the step.
 */
export const stepDecision = (
  space: Space,
  index: number,
  { answer, trie }: LearnedStepQuestion,
): RowDecision => {
  const width = space.fields.length;
  return {
    outcome: (row) => {
      const effect = space.effect(index, row);
      return effect === undefined ? ANSWER.notApplicable : answer(row, after(row, effect));
    },
    looksAt: (row) => {
      const trail = trailOf(space, space.tries[index]!, row, row);
      const effect = space.effect(index, row);
      if (effect === undefined) return trail;
      const asked = trailOf(space, trie, row, after(row, effect));
      const second = asked.filter((field) => field >= width).map((field) => field - width);
      return once([...trail, ...asked.filter((field) => field < width), ...unwritten(second, effect)]);
    },
    writes: (outcome) => (outcome === ANSWER.notApplicable ? undefined : NOTHING),
  };
};
