import { describe, expect, test } from 'vitest';
import { explore } from 'underwatch';
import { systemOf, type AnyModel, type Model } from 'underwatch/model';
import 'underwatch/vitest';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import { platformOf, propagate } from '../../../models/hypersentry/invocation/platform.ts';
import { writeRegister } from '../../../models/platform/chipset/index.ts';
import type {
  Capability,
  Defence,
  HyperSentrySetting,
  Parameters,
} from '../../../models/hypersentry/invocation/setting.ts';
import type { HyperSentry } from '../../../models/hypersentry/invocation/state.ts';
import { fields, hypervisor } from './adversary.ts';

type ActionName = keyof typeof hypersentry.actions;
type InvariantName = keyof typeof hypersentry.invariants;
type AnyEffect = {
  when?: (state: HyperSentry, choice: never, setting: HyperSentrySetting) => boolean;
  then?: (draft: never, choice: never, setting: HyperSentrySetting) => void;
};

interface Defect {
  readonly says: string;
  readonly kills: readonly InvariantName[];
  readonly action: ActionName;
  readonly change: (original: (typeof hypersentry.actions)[ActionName]) => AnyEffect;
  readonly without?: readonly Defence[];
  readonly capabilities?: readonly Capability[];
  readonly parameters?: Partial<Parameters>;
}

type Draft = {
  -readonly [K in keyof HyperSentry]: HyperSentry[K] extends object
    ? { -readonly [L in keyof HyperSentry[K]]: HyperSentry[K][L] }
    : HyperSentry[K];
};
const edit =
  (change: (draft: Draft) => void) =>
  (draft: never): void =>
    change(draft);
// A bound that leaves room for the slowest entry and an instruction in flight.
const genuine = { kernel: 'genuine', promptUs: 16 } as const;
const gates = { writes: fields.gates } as const;

/** Mistakes that an implementer could make, each in one action, and the invariants that must notice. */
const DEFECTS: readonly Defect[] = [
  {
    says: 'the handler accepts whatever comes',
    kills: ['I-ORIGIN', 'I-PICTURE'],
    action: 'judge',
    change: () => ({
      then: edit((draft) => {
        draft.handler.phase = 'accepted';
      }),
    }),
    capabilities: ['apic'],
  },
  {
    says: 'the handler accepts whatever comes, a blocked trigger or not',
    kills: ['I-NOTFAKED'],
    action: 'judge',
    change: () => ({
      then: edit((draft) => {
        draft.handler.phase = 'accepted';
      }),
    }),
    without: ['boundedLatency', 'gpiGateLock'],
    capabilities: ['ports', 'apic', 'hide'],
    parameters: { ...gates, followsEdge: true },
  },
  {
    says: 'the handler accepts whatever comes, and the verifier gets an answer before its pulse',
    kills: ['I-OWN'],
    action: 'judge',
    change: () => ({
      then: edit((draft) => {
        draft.handler.phase = 'accepted';
      }),
    }),
    capabilities: ['apic'],
    parameters: genuine,
  },
  {
    says: 'the verifier never raises an alarm',
    kills: ['I-NOTICED', 'I-DECIDABLE'],
    action: 'alarm',
    change: () => ({ when: () => false }),
    without: ['gpiGateLock', 'boundedLatency'],
    capabilities: hypervisor,
    parameters: gates,
  },
  {
    says: 'the handler forgets how old the edge is',
    kills: ['I-PROMPT', 'I-SCRUBFREE', 'I-COMPLETE'],
    action: 'judge',
    change: (original) => ({
      then: (draft, choice, setting) =>
        original.then(draft, choice, {
          ...setting,
          defends: (name) => name !== 'boundedLatency' && setting.defends(name),
        }),
    }),
    without: ['gpiGateLock'],
    capabilities: hypervisor,
    parameters: gates,
  },
  {
    says: 'the measurement does not look',
    kills: ['I-COMPLETE'],
    action: 'finish',
    change: (original) => ({
      then: (draft, choice, setting) => {
        const state: Draft = draft;
        const { kernel } = state;
        state.kernel = 'hidden';
        original.then(draft, choice, setting);
        state.kernel = kernel;
      },
    }),
    capabilities: ['hide'],
  },
  {
    says: 'the hypervisor goes on while an SMI is pending',
    kills: ['I-SCRUBFREE'],
    action: 'hide',
    change: (original) => ({
      when: ({ kernel, cores }) => kernel === 'modified' && cores.some(({ mode }) => mode === 'host'),
      then: original.then,
    }),
    without: ['boundedLatency'],
    capabilities: ['hide'],
  },
  {
    says: 'a poll in flight is counted as one that can still act',
    kills: ['I-STEALTH'],
    action: 'poll',
    change: () => ({
      when: ({ ghost, cores }) =>
        ghost.edgeInLatch && cores.some(({ mode, retired }) => mode === 'host' && !retired),
      then: edit((draft) => {
        draft.ghost.sawTrigger = true;
      }),
    }),
    capabilities: ['poll'],
  },
  {
    says: 'the verifier takes every output for a bad one',
    kills: ['I-NOFALSEALARM', 'I-HONEST-RUN'],
    action: 'collect',
    change: () => ({
      then: edit((draft) => {
        draft.verifier.phase = 'alarmed';
      }),
    }),
    parameters: genuine,
  },
  {
    says: "the BMC forgets the verifier's command",
    kills: ['I-LIVENESS', 'I-HONEST-RUN', 'I-NOFALSEALARM'],
    action: 'pulse',
    change: () => ({
      then: edit((draft) => {
        draft.bmc.commanded = false;
      }),
    }),
    parameters: genuine,
  },
  {
    says: 'the handler rejects every SMI',
    kills: ['I-HONEST-RUN', 'I-LIVENESS', 'I-ACCEPTABLE'],
    action: 'judge',
    change: () => ({
      then: edit((draft) => {
        draft.handler.phase = 'rejected';
      }),
    }),
    parameters: genuine,
  },
  {
    says: 'the handler does not come back from SMM',
    kills: ['I-ANSWERED', 'I-HONEST-RUN', 'I-GOES-ON'],
    action: 'finish',
    change: () => ({ when: () => false }),
    parameters: genuine,
  },
  {
    says: 'the handler never sets EOS',
    kills: ['I-LIVENESS'],
    action: 'finish',
    change: (original) => ({
      then: (draft, choice, setting) => {
        original.then(draft, choice, setting);
        const { chipset }: Draft = draft;
        writeRegister(chipset, platformOf(setting), 'ALT_GP_SMI_STS', 0xffff);
        (chipset as { SMI_EN: number }).SMI_EN &= ~0b10;
      },
    }),
    parameters: { ...genuine, requests: 2 },
  },
  {
    says: 'the handler never clears TCO1_STS',
    kills: ['I-AGAIN'],
    action: 'finish',
    change: (original) => ({
      then: (draft, choice, setting) => {
        const { TCO1_STS } = (draft as Draft).chipset;
        original.then(draft, choice, setting);
        const { chipset }: Draft = draft;
        (chipset as { TCO1_STS: number }).TCO1_STS = TCO1_STS;
        writeRegister(chipset, platformOf(setting), 'TCO1_STS', 0);
        propagate(draft, setting);
      },
    }),
    parameters: { ...genuine, requests: 2, timers: ['tco'] },
  },
  {
    says: 'the verifier accepts an answer after its deadline',
    kills: ['I-INTIME'],
    action: 'collect',
    change: (original) => ({
      when: ({ verifier, handler }) =>
        verifier.phase === 'waiting' && handler.output !== 'none' && handler.phase === 'outside',
      then: original.then,
    }),
    without: ['gpiGateLock', 'boundedLatency'],
    capabilities: hypervisor,
    parameters: gates,
  },
];

const mutant = ({ action, change }: Defect): AnyModel => {
  const original = hypersentry.actions[action];
  const changed = { ...original, ...change(original) };
  return {
    ...(hypersentry as Model<HyperSentry, Parameters, Defence>),
    actions: { ...hypersentry.actions, [action]: changed },
  };
};

const scenarioOf = ({ without = [], capabilities = [], parameters = {} }: Defect) =>
  ({ without, capabilities, parameters: parameters as never }) as const;

describe('every invariant is killed by a seeded defect, and holds without it', () => {
  test.each(DEFECTS.flatMap((defect) => defect.kills.map((id) => [defect.says, id, defect] as const)))(
    '%s: %s',
    (_says, id, defect) => {
      expect(systemOf(hypersentry, scenarioOf(defect))).toUphold(id);
      const { verdicts } = explore(systemOf(mutant(defect), scenarioOf(defect)), { invariants: [id] });
      expect(verdicts[id]?.kind).toBe('violated');
    },
  );

  test('none is left out', () => {
    const killed = new Set(DEFECTS.flatMap(({ kills }) => kills));
    expect(Object.keys(hypersentry.invariants).filter((id) => !killed.has(id as InvariantName))).toEqual([]);
  });
});
