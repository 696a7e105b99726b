import type { Draft } from 'immer';
import { actionOf, defineModel, type AnyAction, type Invariant, type Model } from 'underwatch/model';
import {
  capabilities,
  defences,
  type Defence,
  type Device,
  type DeviceSetting,
  type Parameters,
} from './state.ts';

type Step = AnyAction<Device, DeviceSetting>;
const action = actionOf<Device, DeviceSetting>();

const loopCycles = (milliCycles: number, { parameters }: DeviceSetting): number =>
  Math.ceil((parameters.reads * milliCycles) / 1000);

const limitCycles = (setting: DeviceSetting): number =>
  loopCycles(setting.parameters.readMilliCycles, setting) + setting.parameters.slackCycles;

const spend = (draft: Draft<Device>, cycles: number, setting: DeviceSetting): void => {
  draft.elapsedCycles = Math.min(draft.elapsedCycles + cycles, limitCycles(setting) + 1);
};

/** The cost of a read: more where altered words are hidden behind others. */
const readMilliCycles = ({ originals, program }: Device, { parameters }: DeviceSetting): number => {
  if (program === 'genuine' || originals === 'nowhere') return parameters.readMilliCycles;
  const more = originals === 'packed' ? parameters.unpackMilliCycles : parameters.redirectMilliCycles;
  return parameters.readMilliCycles + more;
};

const sumIsRight = ({ data, originals, program }: Device, { defends }: DeviceSetting): boolean =>
  (program === 'genuine' || originals !== 'nowhere') && (data === 'genuine' || !defends('measuresData'));

const infected = ({ program, verifier }: Device): boolean => verifier === 'idle' && program === 'altered';

const actions: {
  readonly keepInFree: Step;
  readonly keepInData: Step;
  readonly pack: Step;
  readonly challenge: Step;
  readonly hide: Step;
  readonly compute: Step;
  readonly restore: Step;
} = {
  keepInFree: action({
    actor: 'adversary',
    says: 'has kept the overwritten words in free program memory',
    needs: 'store',
    exists: ({ defends }) => !defends('noise'),
    when: (state) => infected(state) && state.originals === 'nowhere',
    then: (draft) => {
      draft.originals = 'free';
    },
  }),
  keepInData: action({
    actor: 'adversary',
    says: 'has kept the overwritten words in data memory',
    needs: 'store',
    when: (state) => infected(state) && state.originals === 'nowhere',
    then: (draft) => {
      draft.originals = 'data';
      draft.data = 'altered';
    },
  }),
  pack: action({
    actor: 'adversary',
    says: 'has compressed the genuine code, which makes room for the malware beside it',
    needs: 'pack',
    when: (state) => infected(state) && state.originals === 'nowhere',
    then: (draft) => {
      draft.originals = 'packed';
    },
  }),
  challenge: action({
    actor: 'verifier',
    says: 'sends a seed and starts its clock',
    when: ({ verifier }) => verifier === 'idle',
    then: (draft) => {
      draft.verifier = 'waiting';
    },
  }),
  hide: action({
    actor: 'adversary',
    says: 'exchanges the malware with the overwritten words: it is in data memory now, a chain of return addresses with it',
    needs: 'rop',
    when: ({ originals, program, verifier }) =>
      verifier === 'waiting' && program === 'altered' && originals === 'data',
    then: (draft, _, setting) => {
      spend(draft, setting.parameters.swapCycles, setting);
      draft.program = 'genuine';
    },
  }),
  compute: action({
    actor: 'device',
    says: 'reads program memory in the order of the seed, and answers',
    when: ({ verifier }) => verifier === 'waiting',
    then: (draft, _, setting) => {
      spend(draft, loopCycles(readMilliCycles(draft, setting), setting), setting);
      draft.sum = sumIsRight(draft, setting) ? 'right' : 'wrong';
      const inTime = draft.elapsedCycles <= limitCycles(setting) || !setting.defends('limit');
      draft.verifier = draft.sum === 'right' && inTime ? 'accepted' : 'rejected';
      draft.elapsedCycles = 0;
    },
  }),
  restore: action({
    actor: 'adversary',
    says: 'puts the malware back',
    needs: 'rop',
    when: ({ data, program, verifier }) =>
      verifier === 'accepted' && program === 'genuine' && data === 'altered',
    then: (draft) => {
      draft.program = 'altered';
    },
  }),
};

type Claim = Invariant<Device, DeviceSetting>;
const CCS = 'Castelluccia, Francillon, Perito, Soriente, CCS 2009; Seshadri et al., SWATT, Oakland 2004';

const invariants: { readonly 'I-DEVICE': Claim; readonly 'I-DEVICE-HONEST': Claim } = {
  'I-DEVICE': {
    kind: 'always',
    says: 'A device that is accepted has no malware in its program memory.',
    source: CCS,
    given: ({ verifier }) => verifier === 'accepted',
    holds: ({ program }) => program === 'genuine',
  },
  'I-DEVICE-HONEST': {
    kind: 'sometimes',
    says: 'A device can be accepted.',
    source: CCS,
    witness: ({ verifier }) => verifier === 'accepted',
  },
};

const parameters: Parameters = {
  reads: 1_544_487,
  readMilliCycles: 23_000,
  redirectMilliCycles: 3000,
  unpackMilliCycles: 3000,
  swapCycles: 10_000,
  slackCycles: 1_000_000,
};

const initial = (program: Device['program']): Device => ({
  verifier: 'idle',
  program,
  data: 'genuine',
  originals: 'nowhere',
  sum: 'none',
  elapsedCycles: 0,
});

const simple: { readonly [action: string]: string } = {
  keepInFree: 'has kept the overwritten words in free program memory',
  keepInData: 'has kept the overwritten words in data memory',
  pack: 'has compressed the genuine code beside the malware',
  challenge: 'sends a seed and starts its clock',
  restore: 'puts the malware back',
};

const number = (value: number): string => value.toLocaleString('en-US');

const stepText = (name: string, state: Device, setting: DeviceSetting): string | undefined => {
  if (name === 'hide')
    return `moves the malware to data memory: ${number(setting.parameters.swapCycles)} cycles`;
  if (name !== 'compute') return simple[name];
  const cycles = state.elapsedCycles + loopCycles(readMilliCycles(state, setting), setting);
  return `${number(setting.parameters.reads)} reads: ${number(cycles)} of ${number(limitCycles(setting))} cycles, ${sumIsRight(state, setting) ? 'right' : 'wrong'}`;
};

/**
 * SWATT's kind of attestation, on which Pioneer's idea was tried first: a device whose program memory is read
 * in random order, within a time that leaves no room for a conditional. Both a genuine and an infected device
 * are looked at.
 */
export const swatt: Model<Device, Parameters, Defence, keyof typeof actions, keyof typeof invariants> =
  defineModel({
    id: 'swatt',
    says: 'a small device attested by software: program memory read in random order against the clock',
    defences,
    capabilities,
    parameters,
    initial: () => [initial('genuine'), initial('altered')],
    actions,
    invariants,
    present: {
      step: (name, _, state, setting) => stepText(name, state, setting),
      hidden: ['elapsedCycles'],
    },
  });
