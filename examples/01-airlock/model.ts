import { actionOf, defineModel, oneOf } from 'underwatch/model';

const base = {
  defences: { interlock: 'a door opens only while the other one is closed' },
  parameters: {},
  initial: () => ({ inner: 'closed', outer: 'closed' }),
};
const action = actionOf(base);
const door = oneOf(['inner', 'outer']);

/** Two doors; with the interlock never both open. */
export const airlock = defineModel({
  ...base,
  id: 'airlock',
  says: 'an airlock with two doors',
  capabilities: {},
  actions: {
    open: action({
      actor: 'crew',
      says: 'opens a door',
      choose: { door },
      when: (state, choice, { defends }) =>
        state[choice.door] === 'closed' &&
        (!defends('interlock') || state[choice.door === 'inner' ? 'outer' : 'inner'] === 'closed'),
      then: (draft, choice) => {
        draft[choice.door] = 'open';
      },
    }),
    close: action({
      actor: 'crew',
      says: 'closes a door',
      choose: { door },
      when: (state, choice) => state[choice.door] === 'open',
      then: (draft, choice) => {
        draft[choice.door] = 'closed';
      },
    }),
  },
  invariants: {
    sealed: {
      kind: 'always',
      says: 'One of the doors is closed.',
      source: 'common sense',
      holds: ({ inner, outer }) => inner === 'closed' || outer === 'closed',
    },
  },
});
