import { describe, expect, test } from 'vitest';
import { explore } from 'underwatch';
import { systemOf, type AnyModel, type Model } from 'underwatch/model';
import 'underwatch/vitest';
import { measurement } from '../../../models/hypersentry/measurement/model.ts';
import type {
  MeasurementDefence,
  MeasurementParameters,
  MeasurementSetting,
} from '../../../models/hypersentry/measurement/setting.ts';
import type { Measurement } from '../../../models/hypersentry/measurement/state.ts';

type ActionName = keyof typeof measurement.actions;
type InvariantName = keyof typeof measurement.invariants;
type Then = (draft: never, choice: never, setting: MeasurementSetting) => void;
type When = (state: Measurement, choice: never, setting: MeasurementSetting) => boolean;
type Draft = {
  -readonly [K in keyof Measurement]: Measurement[K] extends object
    ? { -readonly [L in keyof Measurement[K]]: Measurement[K][L] }
    : Measurement[K];
};

interface Defect {
  readonly says: string;
  readonly kills: readonly InvariantName[];
  readonly action: ActionName;
  readonly change: (original: (typeof measurement.actions)[ActionName]) => { when?: When; then?: Then };
  readonly capabilities?: readonly string[];
  readonly parameters?: Partial<MeasurementParameters>;
}

/** The original effect, and then a mistake. */
const after =
  (mistake: (draft: Draft) => void): Defect['change'] =>
  (original) => ({
    then: (draft, choice, setting) => {
      original.then(draft, choice, setting);
      mistake(draft);
    },
  });

/** The effect as if a defence were off. */
const forgetting =
  (defence: MeasurementDefence): Defect['change'] =>
  (original) => ({
    then: (draft, choice, setting) =>
      original.then(draft, choice, {
        ...setting,
        defends: (name) => name !== defence && setting.defends(name),
      }),
  });

const genuine = { kernel: 'genuine' } as const;
const twoCores = { cores: 2 } as const;

/** Mistakes that an implementer could make, each in one action, and the invariants that must notice. */
const DEFECTS: readonly Defect[] = [
  {
    says: 'the handler does not wait for the other cores',
    kills: ['I-FREEZE'],
    action: 'prepare',
    change: (original) => ({ when: ({ handler }) => handler.phase === 'gathering', then: original.then }),
    parameters: twoCores,
  },
  {
    says: 'SMI#2 does not look where it is',
    kills: ['I-CONTEXT'],
    action: 'check',
    change: forgetting('checkEntry'),
    capabilities: ['vmcs'],
  },
  {
    says: 'SMI#2 does not look at its clock',
    kills: ['I-SCRUBFREE', 'I-COMPLETE'],
    action: 'check',
    change: forgetting('boundedFallback'),
    capabilities: ['vmcs', 'hide', 'apic', 'jump'],
    // On the Core 2 class no bound gives I-SCRUBFREE: there is nothing to break.
    parameters: { processor: 'prescott' },
  },
  {
    says: 'SMI#2 forgets to hash the agent',
    kills: ['I-AGENT'],
    action: 'check',
    change: forgetting('hashEachTime'),
    capabilities: ['memory'],
  },
  {
    says: 'SMI#2 leaves the gates of the IDT',
    kills: ['I-NOPREEMPT'],
    action: 'check',
    change: forgetting('gatesInPlace'),
    capabilities: ['deviceNmi'],
  },
  {
    says: 'the agent hands over before it has measured',
    kills: ['I-OUTPUT'],
    action: 'execute',
    change: after((draft) => {
      if (draft.core.at !== 'agent') return;
      draft.core = { ...draft.core, at: 'exited', pending: true };
      draft.memory.output = 'clean';
    }),
  },
  {
    says: 'SMI#3 leaves the gates as the agent had them',
    kills: ['I-RESTORE'],
    action: 'storeOutput',
    change: after((draft) => {
      draft.memory.gates = 'agent';
    }),
    parameters: genuine,
  },
  {
    says: 'SMI#3 forgets the counter',
    kills: ['I-RESTORE'],
    action: 'storeOutput',
    change: after((draft) => {
      draft.counter = 'stopped';
    }),
    parameters: genuine,
  },
  {
    says: 'the agent leaves DR7 as it cleared it',
    kills: ['I-RESTORE'],
    action: 'execute',
    change: after(({ core }) => {
      core.breakpoints = false;
    }),
    parameters: { ...genuine, debugged: true },
  },
  {
    says: 'the agent takes a genuine hypervisor for a modified one',
    kills: ['I-NOFALSEALARM', 'I-THREE-SMIS'],
    action: 'execute',
    change: after(({ memory }) => {
      memory.output = 'modified';
    }),
    parameters: genuine,
  },
  {
    says: 'the local APIC does not send the SMI',
    kills: ['I-MEASURED', 'I-GOES-ON', 'I-DECIDABLE'],
    action: 'overflow',
    change: () => ({ when: () => false }),
    parameters: genuine,
  },
  {
    says: 'the verifier has no clock',
    kills: ['I-ALARM'],
    action: 'deadline',
    change: () => ({ when: () => false }),
    capabilities: ['vmcs'],
  },
  {
    says: 'the modification is there before SMI#1 and nobody looks',
    kills: ['I-TRANSIENT'],
    action: 'execute',
    change: after(({ memory }) => {
      if (memory.output === 'modified') memory.output = 'clean';
    }),
    parameters: { kernel: 'modified' },
  },
];

const mutant = ({ action, change }: Defect): AnyModel => {
  const original = measurement.actions[action];
  return {
    ...(measurement as Model<Measurement, MeasurementParameters, MeasurementDefence>),
    actions: { ...measurement.actions, [action]: { ...original, ...change(original) } },
  };
};

const scenarioOf = ({ capabilities = [], parameters = {} }: Defect) =>
  ({ without: [], capabilities, parameters: parameters as never }) as const;

/** Invariants that say nothing where nobody attacks. */
const vacuousWithoutAccept: readonly InvariantName[] = ['I-TRANSIENT'];

describe('every invariant of the measurement is killed by a seeded defect, and holds without it', () => {
  test.each(DEFECTS.flatMap((defect) => defect.kills.map((id) => [defect.says, id, defect] as const)))(
    '%s: %s',
    (_says, id, defect) => {
      const sound = explore(systemOf(measurement, scenarioOf(defect)), { invariants: [id] });
      expect([
        'holds',
        ...(vacuousWithoutAccept.includes(id) || id === 'I-COMPLETE' ? ['vacuous'] : []),
      ]).toContain(sound.verdicts[id]?.kind);
      const { verdicts } = explore(systemOf(mutant(defect), scenarioOf(defect)), { invariants: [id] });
      expect(verdicts[id]?.kind).toBe('violated');
    },
  );

  test('none is left out', () => {
    const killed = new Set(DEFECTS.flatMap(({ kills }) => kills));
    expect(Object.keys(measurement.invariants).filter((id) => !killed.has(id as InvariantName))).toEqual([]);
  });
});
