import { describe, expect, test } from 'vitest';
import { checkModel, checkPurity, explore, searchRandomly, systemOf, type AnyModel } from 'underwatch';
import { cores } from './model.ts';
import {
  executes,
  isFree,
  isFrozen,
  isInFlight,
  latchSmi,
  releaseSmi,
  resume,
  startUp,
  takesSmi,
} from './smi.ts';
import { runningCore, type Core } from './state.ts';

const scenario = (count: number, capabilities: readonly string[] = [], more: object = {}) =>
  ({ without: [], capabilities, parameters: { cores: count, ...more } }) as const;

type Draft = { -readonly [K in keyof Core]: Core[K] };
const core = (more: Partial<Core> = {}): Draft => ({ ...runningCore, ...more });

describe('one core', () => {
  test('takes an SMI after the instruction in flight, and latches one in SMM', () => {
    const self = core();
    expect(isFree(false)(self)).toBe(true);
    latchSmi(self);
    expect([isFree(false)(self), isInFlight(self), takesSmi(self, false)]).toEqual([false, true, true]);
    self.mode = 'smm';
    self.pending = false;
    latchSmi(self);
    latchSmi(self);
    expect(self.pending).toBe(true);
    resume(self);
    expect([isInFlight(self), takesSmi(self, false)]).toEqual([false, true]);
  });

  test('that holds SMIs goes on with one pending, and takes it as soon as it lets it', () => {
    const self = core({ pending: true });
    expect([isFree(true)(self), takesSmi(self, true)]).toEqual([true, false]);
    releaseSmi(self);
    expect([isFree(false)(self), isInFlight(self), takesSmi(self, false)]).toEqual([false, false, true]);
  });

  test('that waits for a SIPI is frozen once an SMI is pended, and stays so when it is started', () => {
    const self = core({ mode: 'wait-for-SIPI' });
    expect(isFrozen(self)).toBe(false);
    latchSmi(self);
    expect([isFrozen(self), takesSmi(self, false)]).toEqual([true, false]);
    startUp(self);
    expect([isFrozen(self), takesSmi(self, false), isInFlight(self)]).toEqual([true, true, false]);
  });

  test.each<readonly [string, Partial<Core>, boolean]>([
    ['in SMM', { mode: 'smm' }, true],
    ['off', { mode: 'off' }, true],
    ['in the hypervisor', {}, false],
    ['with an instruction in flight', { pending: true }, false],
    ['in a long instruction', { pending: true, retired: true, busyMs: 1 }, false],
    ['with GIF=0', { pending: true, retired: true, hold: 'GIF=0' }, false],
  ])('%s: frozen %o, %s', (_, more, frozen) => {
    expect(isFrozen(core(more))).toBe(frozen);
  });
});

describe('cores by themselves', () => {
  test('are complete and pure', () => {
    checkModel(cores);
    checkPurity(
      systemOf(
        cores,
        scenario(2, Object.keys(cores.capabilities), { interceptsSmi: true, longestInstructionMs: 1 }),
      ),
      24,
    );
  });

  test.each([
    [1, 92],
    [2, 8_464],
    [3, 778_688],
  ])('%i cores know nothing of each other: %i states', (count, states) => {
    expect(explore(systemOf(cores, scenario(count, ['park'])), { invariants: [] }).states).toBe(states);
  });

  test('four cores at random: no law is broken, and holding SMIs back is found', () => {
    const laws = Object.keys(cores.invariants).filter(
      (id) => cores.invariants[id as 'I-SIPI'].kind !== 'recovers',
    );
    const options = { seed: 1, runs: 200, maxDepth: 30 };
    const { verdicts } = searchRandomly(systemOf(cores, scenario(4, ['park'])), {
      ...options,
      invariants: laws,
    });
    expect(laws.map((id) => verdicts[id]!.kind)).toEqual(laws.map(() => 'unresolved'));
    const held = searchRandomly(systemOf(cores, scenario(4, ['hold'])), {
      ...options,
      invariants: ['I-BOUNDARY'],
    });
    expect(held.verdicts['I-BOUNDARY']!.kind).toBe('violated');
  });
});

type Recipe = (draft: never, choice: never, setting: never) => void;
const broken = (name: keyof typeof cores.actions, then: Recipe): AnyModel => ({
  ...cores,
  actions: { ...cores.actions, [name]: { ...cores.actions[name], then } },
});
const original = (name: keyof typeof cores.actions): Recipe => cores.actions[name].then;

interface Defect {
  readonly says: string;
  readonly kills: keyof typeof cores.invariants;
  readonly action: keyof typeof cores.actions;
  readonly capabilities?: readonly string[];
  readonly then: (draft: { cores: Draft[]; ghosts: { told: boolean }[] }, choice: { core: number }) => void;
}

/** Mistakes in one action each, after what it rightly does. */
const DEFECTS: readonly Defect[] = [
  {
    says: 'the latch is not cleared when the SMI is taken',
    kills: 'I-LATCH1',
    action: 'enter',
    then: (draft, { core: index }) => {
      draft.cores[index]!.pending = true;
    },
  },
  {
    says: 'an instruction retires and nobody notes it',
    kills: 'I-BOUNDARY',
    action: 'instruction',
    then: (draft, { core: index }) => {
      draft.cores[index]!.retired = false;
    },
  },
  {
    says: 'and this in the shadow of an STI, too',
    kills: 'I-BOUNDARY-PLUS-1',
    action: 'instruction',
    then: (draft, { core: index }) => {
      draft.cores[index]!.retired = false;
    },
  },
  {
    says: 'an instruction slips in after RSM',
    kills: 'I-AT-ONCE',
    action: 'rsm',
    then: (draft, { core: index }) => {
      draft.cores[index]!.retired = false;
    },
  },
  {
    says: 'an instruction slips in after STGI',
    kills: 'I-AT-ONCE',
    action: 'release',
    capabilities: ['hold'],
    then: (draft, { core: index }) => {
      draft.cores[index]!.retired = false;
    },
  },
  {
    says: 'the SMI is announced',
    kills: 'I-UNTOLD',
    action: 'broadcast',
    then: (draft) => {
      draft.ghosts[0]!.told = true;
    },
  },
  {
    says: 'the hypervisor gets the core after a SIPI',
    kills: 'I-SIPI',
    action: 'instruction',
    then: () => {},
  },
  {
    says: 'an SMI that meets a parked core never gets through',
    kills: 'I-TAKEN',
    action: 'sipi',
    then: (draft, { core: index }) => {
      draft.cores[index]!.mode = 'off';
    },
  },
  {
    says: 'RSM always goes back to the hypervisor',
    kills: 'I-RSM',
    action: 'rsm',
    then: (draft, { core: index }) => {
      draft.cores[index]!.mode = 'host';
    },
  },
  {
    says: 'an NMI gets lost in SMM',
    kills: 'I-NMI-BLOCKED',
    action: 'deliver',
    then: (draft, { core: index }) => {
      draft.cores[index]!.nmi = false;
    },
  },
];

describe('every invariant of the cores is killed by a seeded defect', () => {
  test.each(DEFECTS.map((defect) => [defect.says, defect.kills, defect] as const))(
    '%s: %s',
    (_says, id, defect) => {
      const right = original(defect.action);
      const wrong: Recipe = (draft, choice, setting) => {
        right(draft, choice, setting);
        defect.then(draft, choice);
      };
      // The one defect that is a guard: what has retired goes on.
      const model =
        id === 'I-SIPI'
          ? ({
              ...cores,
              actions: {
                ...cores.actions,
                instruction: {
                  ...cores.actions.instruction,
                  when: (state: { cores: readonly Core[] }, { core: index }: { core: number }) =>
                    executes(state.cores[index]!),
                },
              },
            } as unknown as AnyModel)
          : broken(defect.action, wrong);
      const { capabilities = ['park'] } = defect;
      const { verdicts } = explore(systemOf(model, scenario(1, capabilities)), { invariants: [id] });
      expect(verdicts[id]!.kind).toBe('violated');
      const sound = explore(systemOf(cores, scenario(1, capabilities)), { invariants: [id] });
      expect(sound.verdicts[id]!.kind).toBe('holds');
    },
  );

  test('none is left out', () => {
    const killed = new Set<string>(DEFECTS.map(({ kills }) => kills));
    expect([...killed].toSorted()).toEqual(Object.keys(cores.invariants).toSorted());
  });
});
