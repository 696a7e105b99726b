import { concreteInstances } from '../reduction/symmetry.ts';
import type { Trace } from '../../result.ts';
import { stepOfRow } from '../../learned-relation/space.ts';
import { pathBack } from './trace-back.ts';
import type { Search } from '../search.ts';
import { instanceTo, parentOf, readRow } from '../store/store.ts';

/** The states from an initial one to state `index`, and the number of the initial one. */
interface Path {
  readonly initial: number;
  readonly states: readonly number[];
}

const pathByLinks = (search: Search, index: number): Path => {
  const states: number[] = [];
  let at = index;
  for (; at >= 0; at = parentOf(search.store, at)) states.push(at);
  return { initial: -1 - at, states: states.toReversed() };
};

/** Returns the instances along a path; where the states are gone, these were kept. */
const instancesOf = ({ space, store }: Search, states: readonly number[]): readonly number[] => {
  if (store.memory.states === 'fingerprint') return states.slice(1).map((state) => instanceTo(store, state));
  const row = new Uint32Array(store.layout.slots.length);
  const wanted = new Uint32Array(store.layout.slots.length);
  return states.slice(1).map((state, step) => {
    readRow(store, states[step]!, row);
    readRow(store, state, wanted);
    return stepOfRow(space, row, wanted);
  });
};

const rowsOf = ({ store }: Search, states: readonly number[]): readonly Uint32Array[] =>
  states.map((state) => {
    const row = new Uint32Array(store.layout.slots.length);
    readRow(store, state, row);
    return row;
  });

/** Returns the trace that leads to state `index`, with instance `via` as a last step if given. */
export const traceTo = (search: Search, index: number, via?: number): Trace => {
  const { store, system } = search;
  const { initial, states } = store.memory.parents ? pathByLinks(search, index) : pathBack(search, index);
  const instances =
    search.symmetry === undefined
      ? [...instancesOf(search, states), ...(via === undefined ? [] : [via])]
      : concreteInstances(search.space, search.symmetry, initial, rowsOf(search, states), via);
  const steps = instances.map((instance) => {
    const { action, choice } = system.instances[instance]!;
    return { action, choice };
  });
  return { initial, steps };
};
