import { actionOf, booleans, defineModel, integers, type Model, type Setting } from '../../model/index.ts';

/** A castle: where the thief is, and what lies open. */
export interface Keep {
  readonly place: 'outside' | 'yard' | 'hall';
  readonly gate: boolean;
  readonly plank: boolean;
  readonly crown: boolean;
}

type Defence = 'bar' | 'moat' | 'guard' | 'lock' | 'lantern' | 'sign';
type KeepSetting = Setting<{ readonly force: number }, Defence>;
const action = actionOf<Keep, KeepSetting>();

/**
 * A castle of which it is known what keeps its crown. The way in is the gate, which the bar shuts, or the
 * plank over the moat, where there is none. In the hall, either the guard or the lock is enough; but by the
 * light of a lantern the lock is picked, so that a lantern does harm. The sign is asked after by a step that
 * leads nowhere.
 */
export const keep: Model<
  Keep,
  { readonly force: number },
  Defence,
  'force' | 'lay' | 'enter' | 'climb' | 'read' | 'take',
  'kept' | 'outside' | 'stays'
> = defineModel({
  id: 'keep',
  says: 'a castle',
  defences: {
    bar: 'a bar behind the gate',
    moat: 'water where a plank could lie',
    guard: 'a guard in the hall',
    lock: 'a lock on the chest',
    lantern: 'light in the hall',
    sign: 'a sign that forbids entry',
  },
  capabilities: { hands: 'carries things', tools: 'picks locks' },
  parameters: { force: 2 },
  initial: ({ defends }: KeepSetting): Keep => ({
    place: 'outside',
    gate: !defends('bar'),
    plank: false,
    crown: false,
  }),
  actions: {
    force: action({
      actor: 'thief',
      says: 'leans on the gate',
      choose: ({ parameters, defends }: KeepSetting) => ({
        how: integers(1, defends('sign') ? parameters.force : parameters.force + 1),
      }),
      when: ({ gate }, { how }, { defends }) => !gate && how === 3 && !defends('bar'),
      then: (draft) => {
        draft.gate = true;
      },
    }),
    lay: action({
      actor: 'thief',
      says: 'lays a plank',
      needs: 'hands',
      exists: ({ defends }) => !defends('moat'),
      when: ({ plank }) => !plank,
      then: (draft) => {
        draft.plank = true;
      },
    }),
    enter: action({
      actor: 'thief',
      says: 'walks through the gate',
      when: ({ gate, place }) => gate && place === 'outside',
      then: (draft) => {
        draft.place = 'yard';
      },
    }),
    climb: action({
      actor: 'thief',
      says: 'goes over the plank',
      when: ({ place, plank }) => plank && place === 'outside',
      then: (draft) => {
        draft.place = 'yard';
      },
    }),
    read: action({
      actor: 'thief',
      says: 'goes into the hall',
      choose: { slowly: booleans() },
      when: ({ place }, { slowly }, { defends }) => place === 'yard' && (!slowly || defends('sign')),
      then: (draft) => {
        draft.place = 'hall';
      },
    }),
    take: action({
      actor: 'thief',
      says: 'takes the crown',
      needs: 'tools',
      when: ({ place }, _, { defends }) =>
        place === 'hall' && !defends('guard') && (!defends('lock') || defends('lantern')),
      then: (draft) => {
        draft.crown = true;
      },
    }),
  },
  invariants: {
    kept: { kind: 'always', says: 'the crown stays', source: 'test', holds: ({ crown }) => !crown },
    outside: {
      kind: 'never-step',
      says: 'nobody comes into the yard',
      source: 'test',
      bad: (before, after) => before.place === 'outside' && after.place === 'yard',
    },
    stays: {
      kind: 'recovers',
      says: 'the crown can come back',
      source: 'test',
      good: ({ crown }) => !crown,
    },
  },
});
