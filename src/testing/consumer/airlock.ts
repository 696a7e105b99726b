import { actionOf, defineModel, oneOf, type Model, type Setting } from 'underwatch/model';

/** An airlock, as someone who uses the package might model it. */
export interface Airlock {
  readonly inner: 'open' | 'closed';
  readonly outer: 'open' | 'closed';
}

type Defence = 'interlock';
interface Parameters {
  readonly start: 'open' | 'closed';
}
type AirlockSetting = Setting<Parameters, Defence>;

const action = actionOf<Airlock, AirlockSetting>();
const parameters: Parameters = { start: 'closed' };
const door = oneOf(['inner', 'outer']);

const actions = {
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
};

/** Two doors; with the interlock never both open. */
export const airlock: Model<Airlock, Parameters, Defence, keyof typeof actions, 'sealed'> = defineModel({
  id: 'airlock',
  says: 'an airlock with two doors',
  defences: { interlock: 'a door opens only while the other one is closed' },
  capabilities: {},
  parameters,
  accepts: { start: oneOf(['open', 'closed']) },
  initial: (setting): Airlock => ({ inner: setting.parameters.start, outer: 'closed' }),
  actions,
  invariants: {
    sealed: {
      kind: 'always',
      says: 'One of the doors is closed.',
      source: 'common sense',
      holds: ({ inner, outer }) => inner === 'closed' || outer === 'closed',
    },
  },
});
