import { checkQuestions, checkStep } from '../exhaustive/checks/self-check.ts';
import { leadsTo } from './relation/row-decision.ts';
import { levelsOf, memberWith } from './diagram/relation.ts';
import { memberAlong } from './diagram/sets.ts';
import { toRow } from './relation/relation-learner.ts';
import type { SymbolicSearch } from './search.ts';
import { rowIn } from './trace.ts';

// The number of instances that are checked against the model as it stands, in one state; the others have
// their turn in others.
const CHECKED_INSTANCES = 8;
// The fewest states, gathered in no order of steps, that are checked.
const CHECKED_STATES = 32;

/** Returns the instances that are checked in state number `turn`: all of them in the first. */
const instancesAt = ({ system }: SymbolicSearch, turn: number): readonly number[] => {
  const all = system.instances.length;
  const count = turn === 0 ? all : Math.min(CHECKED_INSTANCES, all);
  return Array.from({ length: count }, (_, next) => (turn * CHECKED_INSTANCES + next) % all);
};

/** Compares what was learned with the model as it stands, in one state. */
const checkState = (search: SymbolicSearch, turn: number, row: Uint32Array): void => {
  checkQuestions(search, row);
  for (const instance of instancesAt(search, turn)) checkStep(search, instance, row);
};

/** Compares the set `next` with the successors of a state, looked up one by one. */
const checkSuccessors = (search: SymbolicSearch, turn: number, row: Uint32Array, next: number): void => {
  const { actions, nodes, context } = search;
  const { columns } = context.order;
  const all = levelsOf(nodes, [...columns.keys()]);
  for (const instance of instancesAt(search, turn)) {
    const after = leadsTo(actions[instance]!.decision, context.arrayQueries, row);
    if (after === undefined) continue;
    const vector = columns.map((column) => after[column]!);
    if (memberWith(nodes, next, all, vector, new Uint32Array(columns.length))) continue;
    throw new Error(`a set of states lacks what ${search.system.instances[instance]!.key} leads to`);
  }
};

/** Compares what was learned with the model as it stands, in one state of a level. Throws UW104. */
export const checkLevel = (search: SymbolicSearch, depth: number): void =>
  checkState(search, depth, rowIn(search, search.levels[depth]!));

// Levels that are looked at once more at the end.
const CHECKED_BACK = 32;

/**
 * Checks once more when a search by levels is through, from the last of its levels to the first: a function
 * that became impure meanwhile says something else by now. Nothing is learned. Throws UW104.
 */
export const checkBackwards = (search: SymbolicSearch): void => {
  const levels = search.levels.length;
  const count = Math.min(CHECKED_BACK, levels);
  for (let turn = 0; turn < count; turn += 1) {
    checkLevel(search, levels - 1 - Math.floor((turn * levels) / count));
  }
};

/** Compares the successors of a level with those of one of its states. */
export const checkNext = (search: SymbolicSearch, depth: number, next: number): void =>
  checkSuccessors(search, depth, rowIn(search, search.levels[depth]!), next);

const mixed = (turn: number, level: number): number => {
  const hash = Math.imul(turn + 1, 0x9e3779b1) ^ Math.imul(level + 1, 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) >>> 8;
};

/**
 * Checks a search that gathered states in no order of steps: in states all over the set, which has to have
 * all their successors. Every instance has its turn. Throws UW104.
 */
export const checkGathered = (search: SymbolicSearch): void => {
  const { nodes, reached, context, system } = search;
  const turns = Math.max(CHECKED_STATES, Math.ceil(system.instances.length / CHECKED_INSTANCES));
  const vector = new Uint32Array(context.order.columns.length);
  const row = new Uint32Array(vector.length);
  for (let turn = 0; turn < turns; turn += 1) {
    memberAlong(nodes, reached, (level, count) => mixed(turn, level) % count, vector);
    toRow(context.order, vector, row);
    checkState(search, turn, row);
    checkSuccessors(search, turn, row, reached);
  }
};
