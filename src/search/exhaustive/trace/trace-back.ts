import type { Layout } from '../packing/layout.ts';
import { NEVER } from '../../learned-relation/space.ts';
import { createMasks, maskedWord } from '../packing/masks.ts';
import type { Search } from '../search.ts';
import { offsetInSegment, segmentOf } from '../memory/segments.ts';
import { readRow } from '../store/store.ts';
import { tick } from '../../monitor/response-timer.ts';

/** The bits of each word that are of the model's fields, and not of a waiting time. */
const modelBits = ({ slots, words }: Layout, fields: number): Int32Array => {
  const bits = new Int32Array(words);
  for (const { word, shift, mask } of slots.slice(0, fields)) bits[word]! |= mask << shift;
  return bits;
};

/** Whether the waiting times of `after` are those that follow `before`. */
const ticksTo = ({ timers }: Search, before: Uint32Array, after: Uint32Array): boolean =>
  timers.every((monitor) => tick(monitor, before[monitor.timerField]!, after) === after[monitor.timerField]);

/**
 * Returns the first state from number `from` to `to` that has state `target` as a successor. All of them were
 * expanded, so that their steps are known.
 */
const firstBefore = (search: Search, target: number, from: number, to: number): number => {
  const { space, store } = search;
  const { layout } = store;
  const { words } = layout;
  const bits = modelBits(layout, space.fields.length);
  const masksOf = createMasks(space.effectAt, layout);
  const wanted = new Uint32Array(layout.slots.length);
  readRow(store, target, wanted);
  const goal = store.segments[segmentOf(target)]!.subarray(offsetInSegment(target) * words);
  const row = new Uint32Array(layout.slots.length);
  const leads = (segment: Int32Array, at: number, outcome: number): boolean => {
    const masks = masksOf(outcome)!;
    for (let word = 0; word < words; word += 1) {
      const after = maskedWord(masks, word, segment[at + word]!);
      if (((after ^ goal[word]!) & bits[word]!) !== 0) return false;
    }
    return true;
  };
  for (let state = from; state < to; state += 1) {
    readRow(store, state, row);
    const segment = store.segments[segmentOf(state)]!;
    for (let instance = 0; instance < space.tries.length; instance += 1) {
      const outcome = space.outcome(instance, row);
      if (outcome === NEVER || !leads(segment, offsetInSegment(state) * words, outcome)) continue;
      if (ticksTo(search, row, wanted)) return state;
    }
  }
  throw new Error(`no state before ${target} leads to it`);
};

const initialOf = ({ space, store }: Search, state: number): number => {
  const row = new Uint32Array(store.layout.slots.length);
  readRow(store, state, row);
  return space.initial.findIndex((values) => values.every((value, field) => row[field] === value));
};

/**
 * Finds a path to state `index` without links: a state was first reached from the first one of the level
 * before, in the order of the queue, that leads to it. So this is the path that the links would give.
 */
export const pathBack = (
  search: Search,
  index: number,
): { readonly initial: number; readonly states: readonly number[] } => {
  const { levels } = search.frontier;
  const states = [index];
  for (let level = levels.findLastIndex((first) => first <= index); level > 0; level -= 1) {
    states.push(firstBefore(search, states.at(-1)!, levels[level - 1]!, levels[level]!));
  }
  return { initial: initialOf(search, states.at(-1)!), states: states.toReversed() };
};
