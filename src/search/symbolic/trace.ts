import type { Step, Trace } from '../result.ts';
import { EMPTY } from './diagram/nodes.ts';
import { firstOf, intersect, singleton } from './diagram/sets.ts';
import { sourcesBy, toRow } from './relation/relation-learner.ts';
import { operate, type SymbolicSearch } from './search.ts';

/** The first of `states`, in the order of the diagram. There has to be one. */
const vectorIn = ({ nodes, context }: SymbolicSearch, states: number): Uint32Array => {
  const vector = new Uint32Array(context.order.columns.length);
  firstOf(nodes, states, vector);
  return vector;
};

/** The row of the first of `states`. */
export const rowIn = (search: SymbolicSearch, states: number): Uint32Array => {
  const row = new Uint32Array(search.context.order.columns.length);
  toRow(search.context.order, vectorIn(search, states), row);
  return row;
};

/** The step that an instance is. */
export const stepBy = ({ system }: SymbolicSearch, instance: number): Step => {
  const { action, choice } = system.instances[instance]!;
  return { action, choice };
};

/** The first instance that leads from a state of `before` to the one of `target`, and one such state. */
const stepBack = (
  search: SymbolicSearch,
  before: number,
  target: number,
): { readonly instance: number; readonly from: number } => {
  const { actions, nodes, context } = search;
  for (const [instance, learner] of actions.entries()) {
    const sources = operate(search, () => sourcesBy(context, learner, before, target));
    if (sources === EMPTY) continue;
    const vector = vectorIn(search, sources);
    return { instance, from: operate(search, () => singleton(nodes, vector)) };
  }
  throw new Error('a state of a level is not reached from the level before it');
};

/**
 * A shortest way to one of `states`, all of which are in level `depth`, with `via` as a last step if given:
 * level by level it is asked from which states of the level before an action leads there. Every action is
 * known in all of these.
 */
export const traceTo = (search: SymbolicSearch, states: number, depth: number, via?: number): Trace => {
  const { held, levels, nodes, space } = search;
  const steps: Step[] = via === undefined ? [] : [stepBy(search, via)];
  const last = vectorIn(search, states);
  let target = operate(search, () => singleton(nodes, last));
  for (let level = depth - 1; level >= 0; level -= 1) {
    held.push(target);
    const { from, instance } = stepBack(search, levels[level]!, target);
    held.pop();
    target = from;
    steps.unshift(stepBy(search, instance));
  }
  const first = rowIn(search, target);
  const initial = space.initial.findIndex((row) => row.every((value, field) => value === first[field]));
  return { initial, steps };
};

/** The first level that has some of `states`, and which of them; undefined where none has. */
export const firstLevelWith = (
  search: SymbolicSearch,
  states: number,
): { readonly depth: number; readonly states: number } | undefined => {
  for (const [depth, level] of search.levels.entries()) {
    const found = operate(search, () => intersect(search.nodes, level, states));
    if (found !== EMPTY) return { depth, states: found };
  }
  return undefined;
};
