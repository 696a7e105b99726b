import { actionOf, booleans, defineModel, integers, type Model, type Setting } from '../../../model/index.ts';

/** A vault: how far the thief has come, and what he took. */
export interface Vault {
  readonly inside: boolean;
  readonly open: boolean;
  readonly steps: number;
  readonly loot: boolean;
}

type Defence = 'wall' | 'lock' | 'guard' | 'alarm' | 'dog' | 'camera' | 'sign';
type VaultSetting = Setting<{ readonly patience: number }, Defence>;
type InvariantName = 'kept' | 'out' | 'shut' | 'seen' | 'taken' | 'leads-back';
const action = actionOf<Vault, VaultSetting>();

/**
 * A vault of which it is known what keeps it: nobody comes in while there is the wall; the door opens only
 * where lock and guard are both gone, and only in the dark of a camera that is off; the dog is an action that
 * exists only where it is off; the sign is never looked at.
 */
export const vault: Model<
  Vault,
  { readonly patience: number },
  Defence,
  'enter' | 'open' | 'wait' | 'take' | 'distract',
  InvariantName
> = defineModel({
  id: 'vault',
  says: 'a vault',
  defences: {
    wall: 'a wall',
    lock: 'a lock',
    guard: 'a guard',
    alarm: 'an alarm that nothing heeds',
    dog: 'a dog',
    camera: 'a camera',
    sign: 'a sign',
  },
  capabilities: { hands: 'opens doors' },
  parameters: { patience: 3 },
  initial: ({ defends }: VaultSetting): Vault => ({
    inside: !defends('wall'),
    open: false,
    steps: 0,
    loot: false,
  }),
  actions: {
    enter: action({
      actor: 'thief',
      says: 'walks in',
      when: ({ inside }, _, { defends }) => !inside && !defends('wall'),
      then: (draft) => {
        draft.inside = true;
      },
    }),
    open: action({
      actor: 'thief',
      says: 'opens the door',
      needs: 'hands',
      choose: { gently: booleans() },
      when: ({ open }, { gently }, { defends }) => !open && gently && !defends('lock') && !defends('guard'),
      then: (draft) => {
        draft.open = true;
      },
    }),
    wait: action({
      actor: 'time',
      says: 'passes',
      choose: ({ parameters }: VaultSetting) => ({ by: integers(1, parameters.patience) }),
      when: ({ steps }, { by }, { parameters }) => steps + by <= parameters.patience,
      then: (draft, { by }, { defends }) => {
        draft.steps += defends('alarm') ? by : 1;
      },
    }),
    take: action({
      actor: 'thief',
      says: 'takes the loot',
      when: ({ inside, open }) => inside && open,
      then: (draft) => {
        draft.loot = true;
      },
    }),
    distract: action({
      actor: 'dog',
      says: 'is not there, and the door stands open',
      exists: ({ defends }) => !defends('dog') && !defends('camera'),
      when: ({ open }) => !open,
      then: (draft) => {
        draft.open = true;
      },
    }),
  },
  invariants: {
    kept: { kind: 'always', says: 'the loot stays', source: 'test', holds: ({ loot }) => !loot },
    out: { kind: 'always', says: 'nobody comes in', source: 'test', holds: ({ inside }) => !inside },
    shut: {
      kind: 'never-step',
      says: 'the door stays shut',
      source: 'test',
      bad: (before, after) => !before.open && after.open,
    },
    seen: {
      kind: 'always',
      says: 'with the camera on, all is seen',
      source: 'test',
      given: (_, { defends }) => defends('camera'),
      holds: () => true,
    },
    taken: { kind: 'sometimes', says: 'time can pass', source: 'test', witness: ({ steps }) => steps === 3 },
    'leads-back': {
      kind: 'recovers',
      says: 'the door is shut, or can be',
      source: 'test',
      good: ({ open }) => !open,
    },
  },
});
