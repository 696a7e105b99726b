import type { Draft } from 'immer';
import { explore } from 'underwatch';
import { systemOf } from 'underwatch/model';
import 'underwatch/vitest';
import { describe, expect, test } from 'vitest';
import { skinit } from '../../models/late-launch/skinit/model.ts';
import type { Skinit } from '../../models/late-launch/skinit/state.ts';
import { ignoring, mutantOf, type AnyThen } from '../testing/mutants.ts';

type Id = keyof typeof skinit.invariants;

interface Defect {
  readonly says: string;
  readonly kills: readonly Id[];
  readonly action: keyof typeof skinit.actions;
  readonly spoil: (original: AnyThen) => AnyThen;
  readonly capabilities?: readonly string[];
  readonly without?: readonly string[];
  readonly firmware?: 'altered';
}

const afterwards =
  (change: (draft: Draft<Skinit>, before: Skinit) => void) =>
  (original: AnyThen): AnyThen =>
  (draft, choice, setting) => {
    const before = JSON.parse(JSON.stringify(draft)) as Skinit;
    original(draft, choice, setting);
    change(draft, before);
  };
const nothing = (): AnyThen => () => {};

/** Mistakes of a processor, a TPM, a loader, a kernel and a verifier, each in one action. */
const DEFECTS: readonly Defect[] = [
  {
    says: 'SKINIT forgets SL_DEV_EN',
    kills: ['I-LAUNCHDMA', 'I-PCRVAL', 'I-UNTAMPERED'],
    action: 'skinit',
    spoil: ignoring('slDev'),
    capabilities: ['dma'],
  },
  {
    says: 'SKINIT does not look at the other core',
    kills: ['I-LAUNCHDMA', 'I-PCRVAL', 'I-UNTAMPERED'],
    action: 'skinit',
    spoil: ignoring('apHandshake'),
    capabilities: ['store'],
  },
  {
    says: 'an SMI is taken at once, whatever GIF is',
    kills: ['I-MASK'],
    action: 'smi',
    spoil: afterwards((draft) => {
      draft.bsp.mode = 'smm';
    }),
    capabilities: ['smi'],
  },
  {
    says: 'SMM is entered with GIF = 0, and an SMI handler could execute STGI',
    kills: ['I-MASK'],
    action: 'enterSmm',
    spoil: afterwards((draft) => {
      draft.bsp.hold = 'GIF=0';
    }),
    capabilities: ['smi'],
  },
  {
    says: 'a reset leaves PCR 17 at 0, as it does PCR 0',
    kills: ['I-PCR17', 'I-UNTAMPERED'],
    action: 'resetTpm',
    spoil: afterwards((draft) => {
      draft.tpm.pcr17 = '0';
    }),
    capabilities: ['tpm', 'tpmReset'],
    without: ['integratedTpm'],
  },
  {
    says: 'an extend at locality 2 begins anew',
    kills: ['I-PCR17'],
    action: 'extend',
    spoil: afterwards((draft) => {
      draft.tpm.pcr17 = 'H(0 | SL)';
    }),
    capabilities: ['tpm'],
  },
  {
    says: 'the verifier accepts any quote',
    kills: ['I-UNTAMPERED', 'I-LAUNCH-FRESH'],
    action: 'judge',
    spoil: afterwards((draft, { answer }) => {
      draft.answer = answer;
      draft.verifier = 'accepted';
    }),
  },
  {
    says: 'and of any machine',
    kills: ['I-LAUNCH-HERE'],
    action: 'judge',
    spoil: ignoring('aikBinding'),
    capabilities: ['otherMachine'],
  },
  {
    says: 'another machine has the same key',
    kills: ['I-LAUNCH-HERE'],
    action: 'showOther',
    spoil: afterwards((draft) => {
      draft.answer!.key = 'AIK';
    }),
    capabilities: ['otherMachine'],
  },
  {
    says: 'the verifier does not look at PCR 0',
    kills: ['I-LAUNCH-FIRMWARE'],
    action: 'judge',
    spoil: ignoring('srtmCheck'),
    firmware: 'altered',
  },
  {
    says: 'the quote is of a static PCR that it should be of',
    kills: ['I-LAUNCH-FIRMWARE'],
    action: 'showOwn',
    spoil: afterwards((draft) => {
      draft.answer!.pcr0 = 'H(0 | firmware)';
    }),
    firmware: 'altered',
  },
  {
    says: 'the session does not cap PCR 17',
    kills: ['I-LAUNCH-SECRET'],
    action: 'finish',
    spoil: afterwards((draft, { tpm }) => {
      draft.tpm.pcr17 = tpm.pcr17;
    }),
    capabilities: ['tpm'],
  },
  {
    says: 'the session leaves its secret in memory',
    kills: ['I-LAUNCH-SECRET'],
    action: 'finish',
    spoil: afterwards((draft, { secret }) => {
      draft.secret = secret;
    }),
    capabilities: ['store'],
  },
  {
    says: 'the session extends PCR 17 with the nonce that is to come',
    kills: ['I-LAUNCH-FRESH'],
    action: 'finish',
    spoil: (original) => (draft, choice, setting) => {
      const state: Draft<Skinit> = draft;
      const { hasNonce } = state;
      state.hasNonce = true;
      original(draft, choice, setting);
      state.ghost.afterChallenge = hasNonce;
    },
  },
  {
    says: 'the loader hands a result out',
    kills: ['I-LAUNCH-TOLD'],
    action: 'start',
    spoil: afterwards((draft) => {
      draft.toldResult = true;
    }),
  },
  {
    says: 'so does SKINIT',
    kills: ['I-LAUNCH-TOLD'],
    action: 'skinit',
    spoil: afterwards((draft) => {
      draft.toldResult = true;
    }),
  },
  {
    says: 'the loader unpacks itself over itself',
    kills: ['I-LAUNCH-NOW'],
    action: 'buildTables',
    spoil: afterwards((draft) => {
      draft.memory.image = 'altered';
    }),
    capabilities: ['tpm'],
  },
  {
    says: 'the kernel erases itself',
    kills: ['I-LAUNCH-NOW'],
    action: 'finish',
    spoil: afterwards((draft) => {
      draft.memory.kernel = 'altered';
    }),
  },
  {
    says: 'the verifier never decides',
    kills: ['I-LAUNCH-ACCEPTED', 'I-LAUNCH-AGAIN'],
    action: 'judge',
    spoil: nothing,
  },
  {
    says: 'SKINIT extends PCR 17 and does not reset it',
    kills: ['I-LAUNCH-ACCEPTED', 'I-LAUNCH-AGAIN'],
    action: 'skinit',
    spoil: afterwards((draft) => {
      draft.tpm.pcr17 = '-1…';
    }),
  },
];

const scenarioOf = ({ capabilities = [], firmware, without = [] }: Defect) => ({
  without,
  capabilities,
  parameters: firmware === undefined ? {} : { firmware },
});

const verdictsOf = (model: Parameters<typeof systemOf>[0], { kills, ...defect }: Defect) => {
  const { verdicts } = explore(systemOf(model, scenarioOf({ kills, ...defect })), {
    invariants: kills,
  });
  return kills.map((id) => verdicts[id]?.kind);
};

describe('each invariant about a launch by SKINIT is killed by two seeded defects', () => {
  test.each(DEFECTS.map((defect) => [defect.says, defect] as const))('%s', (_says, defect) => {
    expect(verdictsOf(skinit, defect)).toEqual(defect.kills.map(() => 'holds'));
    const mutant = mutantOf(skinit, defect.action, defect.spoil);
    expect(verdictsOf(mutant, defect)).toEqual(defect.kills.map(() => 'violated'));
  });

  test('none is left out', () => {
    const killers = (id: Id) => DEFECTS.filter(({ kills }) => kills.includes(id));
    const ids = Object.keys(skinit.invariants) as readonly Id[];
    expect(ids.filter((id) => killers(id).length < 2)).toEqual([]);
  });
});
