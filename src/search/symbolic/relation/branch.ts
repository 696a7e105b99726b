import type { Changing } from './change.ts';
import { EMPTY } from '../diagram/nodes.ts';
import type { Levels } from '../diagram/relation.ts';
import { singleton, union } from '../diagram/sets.ts';
import type { Order } from '../order.ts';
import { vectorOf, type Use, type DecisionPath } from './decision-path.ts';

/** A branch of a decision, where questions about arrays are answered in one way. */
export interface Branch {
  readonly answers: readonly number[];
  /** The short vectors over the learner's `reads` that were gone through. */
  known: number;
  readonly ways: Map<string, DecisionPath>;
  /** The changes of arrays that some of them end with. */
  readonly changes: Map<string, readonly number[]>;
  /** Relations over `reads` and `writes`, by use, outcome and changes; made when they are asked for. */
  readonly relations: Map<string, { readonly wanted: Wanted; readonly relation: number }>;
}

/** The requested ways of a branch. */
export interface Wanted {
  readonly use: Use;
  readonly outcome?: number | undefined;
  /** The ways that end with these changes of arrays only. */
  readonly changes?: readonly number[] | undefined;
}

const keyOf = ({ use, outcome, changes }: Wanted): string =>
  `${use} ${outcome ?? ''} ${changes?.join() ?? 'any'}`;

/** Returns the short vector of a way, if it is wanted and has one. */
export const vectorIf = (
  order: Order,
  { list }: Levels,
  { use, outcome, changes }: Wanted,
  way: DecisionPath,
): readonly number[] | undefined => {
  if (outcome !== undefined && way.outcome !== outcome) return undefined;
  if (changes !== undefined && way.changes.join() !== changes.join()) return undefined;
  return vectorOf(order, way, use, list);
};

/** Makes the relation of those ways of a branch that are wanted. */
export const relationOf = (
  { nodes, order }: Changing,
  levels: Levels,
  { relations, ways }: Branch,
  wanted: Wanted,
): number => {
  const key = keyOf(wanted);
  const known = relations.get(key);
  if (known !== undefined) return known.relation;
  let relation = EMPTY;
  for (const way of ways.values()) {
    const vector = vectorIf(order, levels, wanted, way);
    if (vector !== undefined) relation = union(nodes, relation, singleton(nodes, vector));
  }
  relations.set(key, { wanted, relation });
  return relation;
};
