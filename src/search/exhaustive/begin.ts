import type { System } from '../../model/index.ts';
import type { Space } from '../space/space.ts';
import { createStates, rowHash } from '../space/states.ts';
import { look, tickMonitors } from './look.ts';
import type { Search } from './search.ts';
import { watchesOf } from './watch.ts';

/** A search at its start: the initial states are known and looked at. */
export const begin = (system: System, space: Space, invariants: readonly string[]): Search => {
  const watches = watchesOf(system, space, invariants);
  const monitors = watches.filter((watch) => watch.kind === 'within').length;
  const search: Search = {
    system,
    space,
    states: createStates(space.fields.length + monitors),
    watches,
    stepWatches: watches.filter((watch) => watch.kind === 'never-step'),
    monitors,
    enabled: new Float64Array(system.instances.length),
    effective: new Float64Array(system.instances.length),
    transitions: 0,
    depth: 0,
    bound: undefined,
  };
  const row = new Uint32Array(search.states.width);
  space.initial.forEach((values, initial) => {
    row.fill(0);
    row.set(values);
    tickMonitors(search, row, row, 0);
    const found = search.states.add(row, rowHash(row), -1, initial);
    if (found < 0) look(search, row, -1 - found);
  });
  return search;
};
