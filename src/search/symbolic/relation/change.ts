import { lookedAt, type ElementPath } from '../../learned-relation/arrays/element.ts';
import type { ElementChange, ArrayQueries } from '../../learned-relation/arrays/array-queries.ts';
import { EMPTY, type Nodes } from '../diagram/nodes.ts';
import { imageOf, levelsOf, projectionOf, ruleOf, sourcesOf, type Levels } from '../diagram/relation.ts';
import { minus, singleton, union } from '../diagram/sets.ts';
import type { Order } from '../order.ts';
import { vectorOf, type Use, type DecisionPath } from './decision-path.ts';

/**
 * The effect of a change of all elements of an array on one of them, as relations. They have only
 * combinations that some state has: what a change would make of others need not exist.
 */
export interface ElementRelation {
  /** The short vectors, over the fields it looks at, that were gone through. */
  known: number;
  step: number;
  idle: number;
}

/** The context in which changes are applied. */
export interface Changing {
  readonly nodes: Nodes;
  readonly order: Order;
  readonly arrayQueries: ArrayQueries | undefined;
  /** The relations, by number of the change and of the element. */
  readonly changed: Map<string, ElementRelation>;
}

const columnsOf = (
  ways: ElementChange,
): { readonly reads: readonly number[]; readonly all: readonly number[] } => {
  const reads = [...lookedAt(ways)];
  const writes = ways.flatMap(({ answer }) => answer.map(([field]) => field));
  return { reads, all: [...new Set([...reads, ...writes])] };
};

const levelsFor = ({ nodes, order }: Changing, columns: readonly number[]): Levels =>
  levelsOf(
    nodes,
    columns.map((column) => order.levelOf[column]!).toSorted((a, b) => a - b),
  );

/** A way with its values by number, which those that it writes get here. */
const numbered = (
  arrayQueries: ArrayQueries,
  { answer, path }: ElementPath<ElementChange[number]['answer']>,
): DecisionPath => ({
  path,
  outcome: 0,
  writes: answer.flatMap(([field, value]) => [field, arrayQueries.idOf(field, value)]),
  changes: [],
});

/** Adds to an element's relations those of its ways that some state of `set` takes. */
const learnElement = (
  changing: Changing,
  arrayQueries: ArrayQueries,
  ways: ElementChange,
  relation: ElementRelation,
  set: number,
): void => {
  const { nodes, order } = changing;
  const { all, reads } = columnsOf(ways);
  const over = levelsFor(changing, reads);
  const { list } = levelsFor(changing, all);
  const rows = projectionOf(nodes, set, over);
  if (minus(nodes, rows, relation.known) === EMPTY) return;
  const places = levelsOf(nodes, [...over.list.keys()]);
  for (const way of ways) {
    const values = new Map<number, number>();
    for (let at = 0; at < way.path.length; at += 2)
      values.set(order.levelOf[way.path[at]!]!, way.path[at + 1]!);
    const rule = over.list.map((level) => ruleOf(values.get(level), undefined));
    if (imageOf(nodes, rows, singleton(nodes, rule), places) === EMPTY) continue;
    const whole = numbered(arrayQueries, way);
    const step = vectorOf(order, whole, 'step', list)!;
    const idle = vectorOf(order, whole, 'idle', list);
    relation.step = union(nodes, relation.step, singleton(nodes, step));
    if (idle !== undefined) relation.idle = union(nodes, relation.idle, singleton(nodes, idle));
  }
  relation.known = union(nodes, relation.known, rows);
};

/** Calls `visit` for each element that a change of `numbers` writes to, with its relations. */
const forEachElement = (
  changing: Changing,
  numbers: readonly number[],
  visit: (learn: (set: number) => ElementRelation, levels: Levels) => void,
): void => {
  const { changed, arrayQueries } = changing;
  for (const number of numbers) {
    const read = arrayQueries!.at(number);
    if (read.kind !== 'each') continue;
    for (const [element, ways] of read.elements.entries()) {
      if (ways.every(({ answer }) => answer.length === 0)) continue;
      const key = `${number} ${element}`;
      const relation = changed.get(key) ?? { known: EMPTY, step: EMPTY, idle: EMPTY };
      changed.set(key, relation);
      const learn = (set: number): ElementRelation => {
        learnElement(changing, arrayQueries!, ways, relation, set);
        return relation;
      };
      visit(learn, levelsFor(changing, columnsOf(ways).all));
    }
  }
};

/**
 * Applies changes of arrays to the states of `set`, one element after the other; or finds those that stay as
 * they are.
 */
export const changedBy = (
  changing: Changing,
  numbers: readonly number[],
  set: number,
  use: Exclude<Use, 'possible'> = 'step',
): number => {
  let states = set;
  forEachElement(changing, numbers, (learn, levels) => {
    states = imageOf(changing.nodes, states, learn(states)[use], levels);
  });
  return states;
};

/** Returns the states of `set` that changes of arrays lead to one of `target`. */
export const unchangedBy = (
  changing: Changing,
  numbers: readonly number[],
  set: number,
  target: number,
): number => {
  const { nodes } = changing;
  const steps: { readonly from: number; readonly relation: number; readonly levels: Levels }[] = [];
  let states = set;
  forEachElement(changing, numbers, (learn, levels) => {
    const relation = learn(states).step;
    steps.push({ from: states, relation, levels });
    states = imageOf(nodes, states, relation, levels);
  });
  return steps.reduceRight(
    (wanted, { from, levels, relation }) => sourcesOf(nodes, from, relation, wanted, levels),
    target,
  );
};
