import { canonical, Fault, isEnabled, stepOf, type Instance, type State } from '../../model/index.ts';
import type { Search } from './search.ts';
import { readRow } from './store.ts';

// Which states are looked at: the first ones, and then the more rarely, the more there are.
const ALWAYS = 16;
const GROWTH = 1.25;
// How many instances are tried in each state after the first; their turn comes in other states.
const INSTANCES_AT_ONCE = 8;

/** The instance as the model has it, in text. */
const plainly = ({ system }: Search, state: State, instance: Instance): string =>
  isEnabled(system, state, instance) ? canonical(stepOf(system, state, instance)) : 'not enabled';

/** The instance as it was learned, in text. */
const learned = ({ space }: Search, index: number, row: Uint32Array): string => {
  const effect = space.effect(index, row);
  if (effect === undefined) return 'not enabled';
  const next = Uint32Array.from(row);
  for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
  return canonical(space.decode(next));
};

/**
 * Holds what was learned against the model as it stands, in one state: instances are run with plain
 * immer and compared with their look-up. Throws UW104 on any difference, which means that the
 * model is not pure (or that learning is wrong, which the standing tests would have found).
 */
const selfCheck = (search: Search, index: number): void => {
  const { space, store, system } = search;
  const row = new Uint32Array(store.layout.slots.length);
  readRow(store, index, row);
  const state = space.decode(row);
  const count = index === 0 ? system.instances.length : Math.min(INSTANCES_AT_ONCE, system.instances.length);
  for (let turn = 0; turn < count; turn += 1) {
    const position = (index * INSTANCES_AT_ONCE + turn) % system.instances.length;
    const instance = system.instances[position]!;
    const expected = learned(search, position, row);
    const got = plainly(search, state, instance);
    if (expected === got) continue;
    throw new Fault('UW104', {
      where: `model ${system.model.id}, action ${instance.key}`,
      expected: expected.slice(0, 300),
      got: got.slice(0, 300),
      likely: 'the action reads or keeps something that is not in the state',
      next: 'move what it reads into the state, or into a choice of the actor',
    });
  }
};

/** Checks those of the states from number `from` to `to` whose turn it is. */
export const selfCheckIn = (search: Search, from: number, to: number): void => {
  for (let index = from; index < to && index < ALWAYS; index += 1) selfCheck(search, index);
  for (let index = ALWAYS; index < to; index = Math.ceil(index * GROWTH)) {
    if (index >= from) selfCheck(search, index);
  }
};
