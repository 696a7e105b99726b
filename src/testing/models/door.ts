import { actionOf, defineModel, integers, suite, type Model, type Setting, type Suite } from 'underwatch';

/** A door with a lock and an alarm: the smallest thing that can be broken into. */
export interface Door {
  readonly lock: { readonly set: boolean; readonly picked: boolean };
  readonly alarm: { readonly on: boolean; readonly rings: boolean };
  readonly open: boolean;
}

interface Built {
  readonly lock: boolean;
  readonly alarm: boolean;
}

type Defence = 'steel';
type Invariant = 'shut' | 'unnoticed' | 'opens' | 'bell' | 'quiet';
const action = actionOf<Door, Setting<Built, Defence>>();
const parameters: Built = { lock: false, alarm: true };

/** The door as a model: two steps open it when the lock is not set, or not of steel and picked. */
export const door: Model<Door, Built, Defence, string, Invariant> = defineModel({
  id: 'door',
  says: 'a door with a lock and an alarm',
  defences: { steel: 'the lock cannot be picked' },
  capabilities: { hands: 'can push', pick: 'has a pick' },
  parameters,
  initial: ({ parameters: built }): Door => ({
    lock: { set: built.lock, picked: false },
    alarm: { on: built.alarm, rings: false },
    open: false,
  }),
  actions: {
    pick: action({
      actor: 'burglar',
      says: 'picks the lock',
      needs: 'pick',
      when: (state) => state.lock.set && !state.lock.picked,
      then: (draft, _, { defends }) => {
        draft.lock.picked = !defends('steel');
      },
    }),
    push: action({
      actor: 'burglar',
      says: 'pushes the door',
      needs: 'hands',
      when: (state) => !state.open && (!state.lock.set || state.lock.picked),
      then: (draft) => {
        draft.open = true;
      },
    }),
    ring: action({
      actor: 'alarm',
      says: 'rings',
      when: (state) => state.open && state.alarm.on && !state.alarm.rings,
      then: (draft) => {
        draft.alarm.rings = true;
      },
    }),
  },
  invariants: {
    shut: { kind: 'always', says: 'The door is never open.', source: 'the owner', holds: (s) => !s.open },
    unnoticed: {
      kind: 'always',
      says: 'An open door has an alarm that is on.',
      source: 'the insurance',
      holds: (s) => !s.open || s.alarm.on,
    },
    opens: {
      kind: 'sometimes',
      says: 'The door can be opened.',
      source: 'the owner',
      witness: (s) => s.open,
    },
    bell: {
      kind: 'always',
      says: 'A bell that rings belongs to an open door.',
      source: 'the insurance',
      given: (s) => s.alarm.rings,
      holds: (s) => s.open,
    },
    quiet: {
      kind: 'sometimes',
      says: 'The alarm can ring.',
      source: 'the neighbours',
      witness: (s) => s.alarm.rings,
    },
  },
  present: {
    step: (name) => ({ pick: 'picks the lock; quietly #1', push: 'pushes the door', ring: undefined })[name],
    value: (path, value) => (path === 'open' ? (value === true ? 'wide open' : 'shut') : undefined),
  },
});

/** Claims about the door all of which come out as expected, each verdict among them. */
export const doorSuite: Suite = suite({
  id: 'door',
  says: 'what a burglar can do',
  model: door,
  claims: {
    'DOOR-OPEN': {
      invariant: 'shut',
      capabilities: ['hands'],
      expect: 'violated',
      length: 1,
      says: 'a door that is not locked opens',
      source: 'experience',
    },
    'DOOR-PICKED': {
      invariant: 'shut',
      without: ['steel'],
      capabilities: ['hands', 'pick'],
      parameters: { lock: true },
      expect: 'violated',
      length: 2,
      says: 'a lock that is not of steel is picked',
      source: 'experience',
    },
    'DOOR-STEEL': {
      invariant: 'shut',
      capabilities: ['hands', 'pick'],
      idle: ['hands'],
      parameters: { lock: true },
      expect: 'holds',
      says: 'a lock of steel keeps the door shut',
      source: 'the locksmith',
    },
    'DOOR-OPENS': {
      invariant: 'opens',
      capabilities: ['hands'],
      expect: 'holds',
      says: 'the owner gets in',
      source: 'experience',
    },
    'DOOR-BELL': {
      invariant: 'bell',
      capabilities: ['hands'],
      parameters: { alarm: false },
      expect: 'vacuous',
      says: 'without an alarm nothing is said of its bell',
      source: 'logic',
    },
    'DOOR-QUIET': {
      invariant: 'quiet',
      capabilities: ['hands'],
      parameters: { alarm: false },
      expect: 'violated',
      says: 'an alarm that is off never rings',
      source: 'logic',
    },
    'DOOR-SHORT': {
      invariant: 'unnoticed',
      without: ['steel'],
      capabilities: ['hands', 'pick'],
      parameters: { lock: true },
      limits: { maxDepth: 1 },
      expect: 'unresolved',
      says: 'one step is too short a look',
      source: 'logic',
    },
  },
});

/** Claims none of which comes out as expected: one the other way round, one with another length. */
export const wrongSuite: Suite = suite({
  id: 'wrong',
  says: 'what is not so',
  model: door,
  claims: {
    'WRONG-SHUT': {
      invariant: 'shut',
      capabilities: ['hands'],
      expect: 'holds',
      says: 'it stays shut',
      source: 'hope',
    },
    'WRONG-LENGTH': {
      invariant: 'shut',
      without: ['steel'],
      capabilities: ['hands', 'pick'],
      parameters: { lock: true },
      expect: 'violated',
      length: 3,
      says: 'it takes three steps',
      source: 'hope',
    },
  },
});

const counting = actionOf<{ readonly dials: readonly number[] }, Setting<object, never>>();

/** A safe with a hundred million positions: no search of it ends within a test. */
export const longSuite: Suite = suite({
  id: 'long',
  says: 'a search that takes long',
  model: defineModel({
    id: 'safe',
    says: 'eight dials of ten',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => ({ dials: [0, 0, 0, 0, 0, 0, 0, 0] }),
    actions: {
      turn: counting({
        actor: 'burglar',
        says: 'turns a dial',
        choose: { dial: integers(0, 7) },
        then: (draft, { dial }) => {
          draft.dials[dial] = ((draft.dials[dial] ?? 0) + 1) % 10;
        },
      }),
    },
    invariants: {
      closed: {
        kind: 'always',
        says: 'No dial shows ten.',
        source: 'arithmetic',
        holds: ({ dials }) => !dials.includes(10),
      },
      moves: {
        kind: 'always',
        says: 'The first dial stays.',
        source: 'hope',
        holds: ({ dials }) => dials[0] === 0,
      },
    },
  }),
  claims: {
    'SAFE-MOVES': {
      invariant: 'moves',
      expect: 'violated',
      length: 1,
      says: 'dials turn',
      source: 'experience',
    },
    'SAFE-CLOSED': { invariant: 'closed', expect: 'holds', says: 'it stays closed', source: 'arithmetic' },
  },
});

const failing = actionOf<{ readonly at: number }, Setting<object, never>>();

/** A model whose action throws in its second state. */
export const faultySuite: Suite = suite({
  id: 'faulty',
  says: 'a model with a mistake',
  model: defineModel({
    id: 'faulty',
    says: 'throws in its second state',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => ({ at: 0 }),
    actions: {
      go: failing({
        actor: 'author',
        says: 'goes on',
        then: (draft) => {
          if (draft.at === 1) throw new RangeError('no further');
          draft.at += 1;
        },
      }),
    },
    invariants: { fine: { kind: 'always', says: 'All is well.', source: 'hope', holds: () => true } },
  }),
  claims: { FAULTY: { invariant: 'fine', expect: 'holds', says: 'all is well', source: 'hope' } },
});
