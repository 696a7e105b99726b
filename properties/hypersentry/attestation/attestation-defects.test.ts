import type { Draft } from 'immer';
import { explore } from 'underwatch';
import { systemOf } from 'underwatch/model';
import { describe, expect, test } from 'vitest';
import { attestation } from '../../../models/hypersentry/attestation/model.ts';
import type { Capability, Defence, Parameters } from '../../../models/hypersentry/attestation/setting.ts';
import type { Attestation } from '../../../models/hypersentry/attestation/state.ts';
import { nonceOf } from '../../../models/hypersentry/attestation/messages.ts';
import { PCR_RESET } from '../../../models/platform/tpm/index.ts';
import { learn, privateHalf, sign } from '../../../models/platform/crypto/index.ts';
import { ignoring, mutantOf, type AnyThen } from '../../testing/mutants.ts';

type InvariantName = keyof typeof attestation.invariants;

interface Defect {
  readonly says: string;
  readonly kills: readonly InvariantName[];
  readonly action: keyof typeof attestation.actions;
  readonly spoil: (original: AnyThen) => AnyThen;
  readonly without?: readonly Defence[];
  readonly capabilities?: readonly Capability[];
  readonly parameters?: Partial<Parameters>;
}

const afterwards =
  (change: (draft: Draft<Attestation>) => void) =>
  (original: AnyThen): AnyThen =>
  (draft, choice, setting) => {
    original(draft, choice, setting);
    change(draft);
  };

const inTheMiddle: readonly Capability[] = ['network', 'oracle', 'compromise', 'hide', 'swallow'];

/** Mistakes that an implementer could make, each in one action, and the invariants that must notice. */
const DEFECTS: readonly Defect[] = [
  {
    says: 'the verifier forgets its nonces and the names of triggers',
    kills: ['I-FRESH-TRIGGER', 'I-TRUE'],
    action: 'judge',
    spoil: ignoring('nonceCheck', 'namesTrigger'),
    capabilities: inTheMiddle,
  },
  {
    says: 'the verifier forgets to check signatures',
    kills: ['I-GENUINE'],
    action: 'judge',
    spoil: ignoring('signatureCheck'),
    capabilities: inTheMiddle,
  },
  {
    says: 'the verifier takes any TPM',
    kills: ['I-QUOTE', 'I-BOUND'],
    action: 'judge',
    spoil: ignoring('aikBinding'),
    capabilities: ['network', 'otherMachine'],
  },
  {
    says: 'the handler prints its key into the answer',
    kills: ['I-KEY'],
    action: 'attest',
    spoil: afterwards((draft) => {
      draft.known = learn(draft.known, privateHalf('K_smm')) as typeof draft.known;
    }),
  },
  {
    says: 'the firmware resets the PCR before it extends it with the key',
    kills: ['I-EXTONLY'],
    action: 'generateKey',
    spoil: () => (draft) => {
      const state: Draft<Attestation> = draft;
      state.pcr = PCR_RESET as typeof state.pcr;
      state.boot = 'key measured';
    },
  },
  {
    says: 'the handler signs what it had before it has measured',
    kills: ['I-FRESH'],
    action: 'prepare',
    spoil: (original) => (draft, choice, setting) => {
      const state: Draft<Attestation> = draft;
      const { stored, nonce } = state.smm;
      original(draft, choice, setting);
      if (nonce !== null || stored === null) return;
      state.network.toVerifier = {
        kind: 'signed',
        key: 'K_smm',
        body: {
          kind: 'tuple',
          parts: [
            { kind: 'atom', name: stored.output },
            { kind: 'atom', name: `n${state.smm.nonce}` },
          ],
        },
        origin: `${stored.afterTriggers}.${stored.afterNonces}`,
      };
    },
    without: ['namesTrigger', 'signsOnce'],
    parameters: { schedule: 'nonce, then trigger' },
  },
  {
    says: 'the BMC tells the host of a trigger',
    kills: ['I-UNANNOUNCED'],
    action: 'trigger',
    spoil: afterwards((draft) => {
      draft.ghost.announced = true;
    }),
  },
  {
    says: 'the handler loses what it measured',
    kills: ['I-NOALARM', 'I-ANSWERED', 'I-HONEST-RUN'],
    action: 'measure',
    spoil: afterwards((draft) => {
      draft.smm.stored = null;
    }),
  },
  {
    says: 'more statements are read than the model has places for',
    kills: ['I-REPLAYABLE'],
    action: 'lock',
    spoil: afterwards((draft) => {
      const many = Array.from({ length: 13 }, (_, index) => sign('K_adv', nonceOf(index), 'nowhere'));
      draft.known = learn(draft.known, ...many) as typeof draft.known;
    }),
  },
  {
    says: 'the verifier never finds that its time is over',
    kills: ['I-DECIDABLE'],
    action: 'overdue',
    spoil: () => () => {},
    capabilities: ['network'],
  },
];

const scenarioOf = ({ without = [], capabilities = [], parameters = {} }: Defect) => ({
  without,
  capabilities,
  parameters: parameters as never,
});

describe('every invariant about attestation is killed by a seeded defect, and holds without it', () => {
  test.each(DEFECTS.flatMap((defect) => defect.kills.map((id) => [defect.says, id, defect] as const)))(
    '%s: %s',
    (_says, id, defect) => {
      const sound = explore(systemOf(attestation, scenarioOf(defect)), { invariants: [id] });
      expect(sound.verdicts[id]?.kind).toBe('holds');
      const mutant = mutantOf(attestation, defect.action, defect.spoil);
      const { verdicts } = explore(systemOf(mutant, scenarioOf(defect)), { invariants: [id] });
      expect(verdicts[id]?.kind).toBe('violated');
    },
  );

  test('none is left out', () => {
    const killed = new Set<string>(DEFECTS.flatMap(({ kills }) => kills));
    expect(Object.keys(attestation.invariants).filter((id) => !killed.has(id))).toEqual([]);
  });
});
