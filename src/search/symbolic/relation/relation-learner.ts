import type { Row } from '../../learned-relation/space.ts';
import { relationOf, vectorIf, type Branch, type Wanted } from './branch.ts';
import { changedBy, unchangedBy, type Changing } from './change.ts';
import type { RowDecision } from './row-decision.ts';
import { EMPTY } from '../diagram/nodes.ts';
import {
  imageOf,
  levelsOf,
  memberWith,
  projectionOf,
  ruleOf,
  sourcesOf,
  type Event,
  type Levels,
} from '../diagram/relation.ts';
import { firstOf, minus, singleton, union } from '../diagram/sets.ts';
import type { Order } from '../order.ts';
import { splitBy, type Part } from './split.ts';
import type { Use, DecisionPath } from './decision-path.ts';

/** A relation learner: a decision, with all that is known of it as relations between short vectors. */
export interface RelationLearner {
  readonly decision: RowDecision;
  /** Levels that were looked at in some row, and those that were written to. */
  reads: readonly number[];
  writes: readonly number[];
  /** The questions about arrays that were asked in some row. */
  arrayQueries: readonly number[];
  /** The branches, by the answers to these questions. */
  readonly branches: Map<string, Branch>;
  /** The epoch at which it was learned; array questions are learned again when arrays take new values. */
  epoch: number;
}

/** The context of learners. */
export interface SymbolicContext extends Changing {
  /** The divisions of sets, until nodes are freed. */
  readonly parts: Map<string, readonly Part[]>;
  /** A callback, called now and then; it throws when a limit is reached. */
  readonly pause: () => void;
}

/** Makes a learner that knows nothing yet. */
export const createRelationLearner = (decision: RowDecision): RelationLearner => ({
  decision,
  reads: [],
  writes: [],
  arrayQueries: [],
  branches: new Map(),
  epoch: 0,
});

/** Returns the sets that a learner holds on to. */
export const rootsOf = ({ branches }: RelationLearner): readonly number[] =>
  [...branches.values()].flatMap(({ known, relations }) => [
    known,
    ...[...relations.values()].map(({ relation }) => relation),
  ]);

const merged = (some: readonly number[], more: readonly number[]): readonly number[] =>
  [...new Set([...some, ...more])].toSorted((a, b) => a - b);

/** Returns the levels of a relation of the learner. */
const supportOf = ({ nodes }: SymbolicContext, { reads, writes }: RelationLearner): Levels =>
  levelsOf(nodes, merged(reads, writes));

/** Adds a way; relations that were made already get it too, unless they have to be rebuilt. */
const addWay = (
  context: SymbolicContext,
  learner: RelationLearner,
  branch: Branch,
  way: DecisionPath,
): void => {
  const { nodes, order } = context;
  const key = way.path.join();
  if (branch.ways.has(key)) return;
  branch.ways.set(key, way);
  branch.changes.set(way.changes.join(), way.changes);
  const written = way.writes.filter((_, at) => at % 2 === 0).map((column) => order.levelOf[column]!);
  if (written.some((level) => !learner.writes.includes(level))) {
    learner.writes = merged(learner.writes, written);
    for (const { relations } of learner.branches.values()) relations.clear();
    return;
  }
  // Should there be no room for what follows, they are made anew.
  const known = [...branch.relations];
  branch.relations.clear();
  const levels = supportOf(context, learner);
  for (const [name, { relation, wanted }] of known) {
    const vector = vectorIf(order, levels, wanted, way);
    const more = vector === undefined ? EMPTY : singleton(nodes, vector);
    branch.relations.set(name, { wanted, relation: union(nodes, relation, more) });
  }
};

/** Widens the levels that are looked at; the states that were gone through are gone through anew. */
const widen = (
  learner: RelationLearner,
  levels: readonly number[],
  arrayQueries: readonly number[],
): boolean => {
  const asksMore = arrayQueries.some((number) => !learner.arrayQueries.includes(number));
  const readsMore = levels.some((level) => !learner.reads.includes(level));
  if (asksMore) {
    learner.arrayQueries = merged(learner.arrayQueries, arrayQueries);
    learner.branches.clear();
  }
  if (readsMore) {
    learner.reads = merged(learner.reads, levels);
    for (const branch of learner.branches.values()) {
      branch.known = EMPTY;
      branch.relations.clear();
    }
  }
  return asksMore || readsMore;
};

/** Looks at one state; returns the levels that decided, or that more must be looked at than expected. */
const lookAt = (
  context: SymbolicContext,
  learner: RelationLearner,
  branch: Branch,
  row: Row,
): readonly number[] | 'more' => {
  const { decision } = learner;
  const outcome = decision.outcome(row);
  if (isOutdated(context, learner)) return 'more';
  const looked = decision.looksAt(row);
  const columns = looked.filter((column) => column >= 0);
  const levels = columns.map((column) => context.order.levelOf[column]!);
  const arrayQueries = looked.filter((column) => column < 0).map((column) => -1 - column);
  if (widen(learner, levels, arrayQueries)) return 'more';
  const writes = decision.writes(outcome);
  const path = columns.flatMap((column) => [column, row[column]!]);
  if (writes !== undefined)
    addWay(context, learner, branch, { path, outcome, writes, changes: decision.changes?.(outcome) ?? [] });
  return levels;
};

const isOutdated = (
  { arrayQueries }: SymbolicContext,
  { epoch, arrayQueries: asked }: RelationLearner,
): boolean => asked.length > 0 && arrayQueries !== undefined && arrayQueries.epoch() !== epoch;

/** Writes the values of `levels` into a row, column by column. */
export const toRow = ({ columns }: Order, vector: Uint32Array, row: Row): void => {
  columns.forEach((column, level) => (row[column] = vector[level]!));
};

/** The number of divisions that are kept: several actions ask the same of the same set. */
const MOST_DIVISIONS = 64;

/** Divides a set by the answers to the questions `asked`. */
const divided = (
  { nodes, order, parts, arrayQueries }: SymbolicContext,
  asked: readonly number[],
  set: number,
): readonly Part[] => {
  if (arrayQueries === undefined || asked.length === 0)
    return set === EMPTY ? [] : [{ answers: [], part: set }];
  const key = `${set} ${asked.join()}`;
  const known = parts.get(key) ?? splitBy(nodes, order, arrayQueries, asked, set);
  if (parts.size >= MOST_DIVISIONS) parts.clear();
  parts.set(key, known);
  return known;
};

/** Divides a set among the branches of a learner. */
const partsOf = (
  context: SymbolicContext,
  { branches, arrayQueries }: RelationLearner,
  set: number,
): readonly { readonly branch: Branch; readonly part: number }[] =>
  divided(context, arrayQueries, set).map(({ answers, part }) => {
    const key = answers.join();
    const branch = branches.get(key) ?? {
      answers,
      known: EMPTY,
      ways: new Map(),
      changes: new Map(),
      relations: new Map(),
    };
    branches.set(key, branch);
    return { branch, part };
  });

/** Learns the decision in every state of a part; false if it has to begin anew. */
const learnPart = (
  context: SymbolicContext,
  learner: RelationLearner,
  branch: Branch,
  part: number,
): boolean => {
  const { nodes, order, pause } = context;
  const over = levelsOf(nodes, learner.reads);
  const all = projectionOf(nodes, part, over);
  let rest = minus(nodes, all, branch.known);
  if (rest === EMPTY) return true;
  const vector = new Uint32Array(order.columns.length);
  const row = new Uint32Array(order.columns.length);
  const short = new Uint32Array(learner.reads.length);
  const places = levelsOf(nodes, [...short.keys()]);
  while (rest !== EMPTY) {
    pause();
    firstOf(nodes, rest, short);
    memberWith(nodes, part, over, short, vector);
    toRow(order, vector, row);
    const looked = lookAt(context, learner, branch, row);
    if (looked === 'more') return false;
    // All that are alike where it looked are known with this one.
    const like = learner.reads.map((level, at) =>
      ruleOf(looked.includes(level) ? short[at]! : undefined, undefined),
    );
    rest = minus(nodes, rest, imageOf(nodes, rest, singleton(nodes, like), places));
  }
  branch.known = union(nodes, branch.known, all);
  return true;
};

/**
 * Learns the decision in every state of `set`. It is shown one of the set's states that agree in all that it
 * looks at: a model's function never sees a combination that cannot be reached.
 */
const learn = (context: SymbolicContext, learner: RelationLearner, set: number): void => {
  for (let again = true; again;) {
    if (isOutdated(context, learner)) {
      learner.arrayQueries = [];
      learner.branches.clear();
    }
    learner.epoch = context.arrayQueries?.epoch() ?? 0;
    again = partsOf(context, learner, set).some(
      ({ branch, part }) => !learnPart(context, learner, branch, part),
    );
  }
};

/** Applies a relation to a part of a set; after it come `changes` of arrays. */
type Apply = (part: number, relation: number, levels: Levels, changes: readonly number[]) => number;

/** Learns the decision in all states of a set, and joins what its relations say of them. */
const overParts = (
  context: SymbolicContext,
  learner: RelationLearner,
  set: number,
  { use, outcome }: Wanted,
  apply: Apply,
): number => {
  learn(context, learner, set);
  const levels = supportOf(context, learner);
  let sum = EMPTY;
  for (const { branch, part } of partsOf(context, learner, set)) {
    // The guard does not depend on the changes.
    const groups = use === 'possible' ? [undefined] : branch.changes.values();
    for (const changes of groups) {
      const relation = relationOf(context, levels, branch, { use, outcome, changes });
      sum = union(context.nodes, sum, apply(part, relation, levels, changes ?? []));
    }
  }
  return sum;
};

/** Returns the step, as known so far, as one relation; undefined where it depends on arrays as a whole. */
export const eventOf = (context: SymbolicContext, learner: RelationLearner): Event | undefined => {
  const [branch, ...more] = learner.branches.values();
  if (branch === undefined || more.length > 0 || learner.arrayQueries.length > 0) return undefined;
  const levels = supportOf(context, learner);
  return { levels, relation: relationOf(context, levels, branch, { use: 'step', changes: [] }) };
};

/** Returns the states that the decision leads to from those of `set`. */
export const imageBy = (context: SymbolicContext, learner: RelationLearner, set: number): number =>
  overParts(context, learner, set, { use: 'step' }, (part, relation, levels, changes) =>
    changedBy(context, changes, imageOf(context.nodes, part, relation, levels)),
  );

/** Returns the states of `set` in which the decision yields something; or `outcome`; or nothing new. */
export const statesWhere = (
  context: SymbolicContext,
  learner: RelationLearner,
  set: number,
  use: Exclude<Use, 'step'> = 'possible',
  outcome?: number,
): number =>
  overParts(context, learner, set, { use, outcome }, (part, relation, levels, changes) =>
    changedBy(context, changes, imageOf(context.nodes, part, relation, levels), 'idle'),
  );

/** Returns the states of `set` from which the decision leads to one of `target`. */
export const sourcesBy = (
  context: SymbolicContext,
  learner: RelationLearner,
  set: number,
  target: number,
): number =>
  overParts(context, learner, set, { use: 'step' }, (part, relation, levels, changes) => {
    const { nodes } = context;
    if (changes.length === 0) return sourcesOf(nodes, part, relation, target, levels);
    const between = imageOf(nodes, part, relation, levels);
    return sourcesOf(nodes, part, relation, unchangedBy(context, changes, between, target), levels);
  });
