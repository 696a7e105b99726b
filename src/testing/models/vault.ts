import { actionOf, booleans, defineModel, oneOf, type Model, type Setting } from '../../model/index.ts';

/** A vault behind two bolts, with a lamp that nobody looks at. */
export interface Vault {
  readonly open: boolean;
  readonly bolts: { readonly upper: boolean; readonly lower: boolean };
  readonly lamp: boolean;
  readonly paint: number;
}

type Thing = 'upper' | 'lower' | 'lamp' | 'paint' | 'door';
/** One thing that a burglar may set. A type, not an interface: it is a choice. */
export type Touch = { readonly thing: Thing; readonly value: boolean };
/** The parts that a burglar may touch, and how the vault is made. */
export interface VaultParameters {
  readonly touches: readonly Touch[];
  readonly hinges: number;
  readonly rusty: boolean;
}
type Defence = 'door' | 'alarm';
type VaultSetting = Setting<VaultParameters, Defence>;

const action = actionOf<Vault, VaultSetting>();
const both = (thing: Thing): readonly Touch[] => [
  { thing, value: false },
  { thing, value: true },
];
const own: VaultParameters = { touches: both('upper'), hinges: 2, rusty: false };

const actions = {
  touch: action({
    actor: 'burglar',
    says: 'sets something',
    needs: 'hands',
    exists: ({ parameters }) => parameters.touches.length > 0,
    choose: ({ parameters }: VaultSetting) => ({ touch: oneOf(parameters.touches) }),
    when: (state, { touch }) =>
      touch.thing === 'lamp'
        ? state.lamp !== touch.value
        : touch.thing !== 'door' || state.open !== touch.value,
    then: (draft, { touch }) => {
      if (touch.thing === 'lamp') draft.lamp = touch.value;
      else if (touch.thing === 'paint') draft.paint = (draft.paint + (touch.value ? 1 : 2)) % 3;
      else if (touch.thing === 'door') draft.open = touch.value;
      else draft.bolts[touch.thing] = touch.value;
    },
  }),
  pull: action({
    actor: 'burglar',
    says: 'pulls at the door',
    when: ({ bolts }) => !bolts.upper && !bolts.lower,
    then: (draft) => {
      draft.open = true;
    },
  }),
  look: action({
    actor: 'burglar',
    says: 'looks by the light of the lamp',
    needs: 'eyes',
    choose: { left: booleans() },
    when: ({ lamp }) => lamp,
    then: () => {},
  }),
};

/** The door is open only if both bolts are back. */
export const vault: Model<Vault, VaultParameters, Defence, 'touch' | 'pull' | 'look', 'shut'> = defineModel({
  id: 'vault',
  says: 'a vault with two bolts',
  defences: { door: 'there is a door', alarm: 'there is an alarm' },
  capabilities: { hands: 'touches things', eyes: 'looks' },
  parameters: own,
  universe: () => ({
    touches: {
      upper: both('upper'),
      lower: both('lower'),
      lamp: both('lamp'),
      paint: both('paint'),
      door: both('door'),
    },
  }),
  initial: ({ defends }): Vault => ({
    open: !defends('door'),
    bolts: { upper: true, lower: true },
    lamp: false,
    paint: 0,
  }),
  actions,
  invariants: {
    shut: { kind: 'always', says: 'The door is shut.', source: 'common sense', holds: ({ open }) => !open },
  },
});
