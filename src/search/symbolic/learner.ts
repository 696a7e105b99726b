import type { Row } from '../space/space.ts';
import type { Decision } from './decision.ts';
import { EMPTY, type Nodes } from './diagram/nodes.ts';
import {
  imageOf,
  levelsOf,
  memberWith,
  MOST_VALUES,
  projectionOf,
  ruleOf,
  sourcesOf,
  type Levels,
} from './diagram/relation.ts';
import { firstOf, minus, singleton, union } from './diagram/sets.ts';
import type { Order } from './order.ts';

/** What a relation is made for: the step itself, the states in which it can happen, and those that it leaves as they are. */
export type Use = 'step' | 'possible' | 'idle';

/** One way through a decision: the columns looked at with the values they had, and what it came to. */
interface Way {
  readonly path: readonly number[];
  readonly outcome: number;
  readonly writes: readonly number[];
}

/** A decision, with all that is known of it as relations between short vectors. */
export interface Learner {
  readonly decision: Decision;
  /** Levels that were looked at in some row, and those that were written to. */
  reads: readonly number[];
  writes: readonly number[];
  /** The short vectors over `reads` that were gone through. */
  known: number;
  readonly ways: Map<string, Way>;
  /** Relations over `reads` and `writes`, by use and outcome; made when they are asked for. */
  readonly relations: Map<string, number>;
}

/** What learners work with. */
export interface School {
  readonly nodes: Nodes;
  readonly order: Order;
  /** Called now and then; throws when a limit is reached. */
  readonly pause: () => void;
}

/** Says that a field has more values than a relation can tell apart. */
export class TooManyValues extends Error {}

/** A learner that knows nothing yet. */
export const createLearner = (decision: Decision): Learner => ({
  decision,
  reads: [],
  writes: [],
  known: EMPTY,
  ways: new Map(),
  relations: new Map(),
});

/** The sets that a learner holds on to. */
export const rootsOf = ({ known, relations }: Learner): readonly number[] => [known, ...relations.values()];

const merged = (levels: readonly number[], more: readonly number[]): readonly number[] =>
  [...new Set([...levels, ...more])].toSorted((a, b) => a - b);

/** The levels a relation of the learner speaks of. */
const supportOf = ({ nodes }: School, { reads, writes }: Learner): Levels =>
  levelsOf(nodes, merged(reads, writes));

/** A way as a short vector over the levels of a relation; undefined where it has none of that use. */
const vectorOf = (
  { order }: School,
  { path, writes }: Way,
  use: Use,
  levels: Levels,
): readonly number[] | undefined => {
  const before = new Map<number, number>();
  const after = new Map<number, number>();
  for (let at = 0; at < path.length; at += 2) before.set(order.levelOf[path[at]!]!, path[at + 1]!);
  for (let at = 0; at < writes.length; at += 2) after.set(order.levelOf[writes[at]!]!, writes[at + 1]!);
  if (Math.max(...before.values(), ...after.values(), 0) > MOST_VALUES) throw new TooManyValues();
  if (use === 'step') return levels.list.map((level) => ruleOf(before.get(level), after.get(level)));
  if (use === 'possible') return levels.list.map((level) => ruleOf(before.get(level), undefined));
  for (const [level, value] of after) {
    if ((before.get(level) ?? value) !== value) return undefined;
    before.set(level, value);
  }
  return levels.list.map((level) => ruleOf(before.get(level), undefined));
};

/** The relation of all ways with one outcome, or of all of them. */
const relationOf = (school: School, learner: Learner, use: Use, outcome?: number): number => {
  const key = `${use} ${outcome ?? ''}`;
  const known = learner.relations.get(key);
  if (known !== undefined) return known;
  const levels = supportOf(school, learner);
  let relation = EMPTY;
  for (const way of learner.ways.values()) {
    if (outcome !== undefined && way.outcome !== outcome) continue;
    const vector = vectorOf(school, way, use, levels);
    if (vector !== undefined) relation = union(school.nodes, relation, singleton(school.nodes, vector));
  }
  learner.relations.set(key, relation);
  return relation;
};

/** Adds a way; relations that were made already get it too, unless they have to be made anew. */
const addWay = (school: School, learner: Learner, way: Way): void => {
  const key = way.path.join();
  if (learner.ways.has(key)) return;
  learner.ways.set(key, way);
  const { levelOf } = school.order;
  const written = way.writes.filter((_, at) => at % 2 === 0).map((column) => levelOf[column]!);
  const known = [...learner.relations];
  learner.relations.clear();
  if (written.some((level) => !learner.writes.includes(level))) {
    learner.writes = merged(learner.writes, written);
    return;
  }
  const levels = supportOf(school, learner);
  for (const [name, relation] of known) {
    const [use, outcome] = name.split(' ') as [Use, string];
    const vector =
      outcome === '' || Number(outcome) === way.outcome ? vectorOf(school, way, use, levels) : undefined;
    const more = vector === undefined ? EMPTY : singleton(school.nodes, vector);
    learner.relations.set(name, union(school.nodes, relation, more));
  }
};

/** Looks at one state; says which of its levels decided, or that there are some that were never looked at before. */
const lookAt = (school: School, learner: Learner, row: Row): readonly number[] | 'more levels' => {
  const { decision } = learner;
  const outcome = decision.outcome(row);
  const columns = decision.looksAt(row);
  const levels = columns.map((column) => school.order.levelOf[column]!);
  const writes = decision.writes(outcome);
  if (levels.some((level) => !learner.reads.includes(level))) {
    learner.reads = merged(learner.reads, levels);
    learner.known = EMPTY;
    learner.relations.clear();
    return 'more levels';
  }
  const path = columns.flatMap((column) => [column, row[column]!]);
  if (writes !== undefined) addWay(school, learner, { path, outcome, writes });
  return levels;
};

/** Puts the values of `levels` into a row, column by column. */
export const toRow = ({ columns }: Order, vector: Uint32Array, row: Row): void => {
  columns.forEach((column, level) => (row[column] = vector[level]!));
};

/**
 * Makes the learner know its decision in every state of `set`. Of states that are alike in all that it looks at, one
 * is shown to it, a state of the set: a model's function never sees a combination that cannot be reached.
 */
export const learn = (school: School, learner: Learner, set: number): void => {
  const { nodes, order, pause } = school;
  const vector = new Uint32Array(order.columns.length);
  const row = new Uint32Array(order.columns.length);
  for (;;) {
    const over = levelsOf(nodes, learner.reads);
    const all = projectionOf(nodes, set, over);
    const short = new Uint32Array(learner.reads.length);
    const places = levelsOf(nodes, [...short.keys()]);
    let rest = minus(nodes, all, learner.known);
    let grown = false;
    while (rest !== EMPTY && !grown) {
      pause();
      firstOf(nodes, rest, short);
      memberWith(nodes, set, over, short, vector);
      toRow(order, vector, row);
      const looked = lookAt(school, learner, row);
      grown = looked === 'more levels';
      if (looked === 'more levels') continue;
      // All that are alike where it looked are known with this one.
      const like = learner.reads.map((level, at) =>
        ruleOf(looked.includes(level) ? short[at]! : undefined, undefined),
      );
      rest = minus(nodes, rest, imageOf(nodes, rest, singleton(nodes, like), places));
    }
    if (grown) continue;
    learner.known = union(nodes, learner.known, all);
    return;
  }
};

/** The states that the decision leads to from those of `set`, in all of which it is known. */
export const imageBy = (school: School, learner: Learner, set: number): number =>
  imageOf(school.nodes, set, relationOf(school, learner, 'step'), supportOf(school, learner));

/** The states of `set` in which the decision comes to something; or to `outcome`; or to nothing new. */
export const statesWhere = (
  school: School,
  learner: Learner,
  set: number,
  use: Exclude<Use, 'step'> = 'possible',
  outcome?: number,
): number =>
  imageOf(school.nodes, set, relationOf(school, learner, use, outcome), supportOf(school, learner));

/** The states of `set` from which the decision leads to one of `target`. */
export const sourcesBy = (school: School, learner: Learner, set: number, target: number): number =>
  sourcesOf(school.nodes, set, relationOf(school, learner, 'step'), target, supportOf(school, learner));
