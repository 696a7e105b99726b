import { MOST_VALUES, ruleOf } from '../diagram/relation.ts';
import type { Order } from '../order.ts';

/**
 * The use of a relation: the step itself, the states in which it can happen, or those that it leaves as they
 * are.
 */
export type Use = 'step' | 'possible' | 'idle';

/** A path through a decision: the columns looked at with the values they had, and its outcome. */
export interface DecisionPath {
  readonly path: readonly number[];
  readonly outcome: number;
  readonly writes: readonly number[];
  /** The changes of arrays that come after what it writes. */
  readonly changes: readonly number[];
}

/** Thrown when a field has more values than a relation can tell apart. */
export class TooManyValues extends Error {}

const byLevel = ({ levelOf }: Order, pairs: readonly number[]): Map<number, number> => {
  const values = new Map<number, number>();
  for (let at = 0; at < pairs.length; at += 2) {
    if (pairs[at + 1]! > MOST_VALUES) throw new TooManyValues();
    values.set(levelOf[pairs[at]!]!, pairs[at + 1]!);
  }
  return values;
};

/** Returns a way as a short vector over the levels of a relation; undefined where it has none of that use. */
export const vectorOf = (
  order: Order,
  { path, writes }: DecisionPath,
  use: Use,
  levels: readonly number[],
): readonly number[] | undefined => {
  const before = byLevel(order, path);
  const after = byLevel(order, writes);
  if (use === 'step') return levels.map((level) => ruleOf(before.get(level), after.get(level)));
  if (use === 'possible') return levels.map((level) => ruleOf(before.get(level), undefined));
  for (const [level, value] of after) {
    if ((before.get(level) ?? value) !== value) return undefined;
    before.set(level, value);
  }
  return levels.map((level) => ruleOf(before.get(level), undefined));
};
