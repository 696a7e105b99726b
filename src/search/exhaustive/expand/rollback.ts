import { NEVER } from '../../learned-relation/space.ts';
import { recountFused } from './fused.ts';
import { addTransitions, countStep } from '../parts/counters.ts';
import { keepsSelfLoops, type Search } from '../search.ts';
import { readRow } from '../store/store.ts';

const changesNothing = (row: Uint32Array, writes: readonly number[]): boolean => {
  for (let at = 0; at < writes.length; at += 2) if (row[writes[at]!] !== writes[at + 1]) return false;
  return true;
};

/** Takes back the counts of one state. */
const dropState = (search: Search, state: number): void => {
  const { counters, space, store } = search;
  const row = new Uint32Array(store.layout.slots.length);
  readRow(store, state, row);
  const keeps = keepsSelfLoops(search);
  space.tries.forEach((_, instance) => {
    const outcome = space.outcome(instance, row);
    if (outcome === NEVER) return;
    addTransitions(counters, -1);
    countStep(counters, instance, keeps || !changesNothing(row, space.effectAt(outcome)), -1);
  });
};

/**
 * Takes back the counts of the states from number `from` to `to`, which are not part of the search after all.
 */
export const dropStates = (search: Search, from: number, to: number): void => {
  for (let at = from; at < to; at += 1) {
    if (search.machines.actions !== undefined) at = recountFused(search, at, to);
    // Others may have expanded what is not fused here.
    if (at < to) dropState(search, at);
  }
};
