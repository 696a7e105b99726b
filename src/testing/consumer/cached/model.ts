import { actionOf, defineModel, integers, type Setting } from 'underwatch/model';
import { count, turn } from './table.ts';

interface Dials {
  readonly dials: readonly number[];
}

const action = actionOf<Dials, Setting<object, never>>();

/** Dials that take more than a hundred thousand positions. */
export const lock = defineModel({
  id: 'lock',
  says: 'dials that turn',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Dials => ({ dials: Array.from({ length: count }, () => 0) }),
  actions: {
    turn: action({
      actor: 'someone',
      says: 'turns a dial',
      choose: { dial: integers(0, count - 1) },
      then: (draft, { dial }) => {
        draft.dials[dial] = (draft.dials[dial]! + turn) % 7;
      },
    }),
  },
  invariants: {
    small: {
      kind: 'always',
      says: 'No dial is nine.',
      source: 'arithmetic',
      holds: ({ dials }) => dials[0]! < 9,
    },
    shut: {
      kind: 'always',
      says: 'The lock is shut.',
      source: 'hope',
      holds: ({ dials }) => !(dials[0] === 3 && dials[1] === 2),
    },
  },
});
