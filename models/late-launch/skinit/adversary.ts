import { match } from 'ts-pattern';
import { actionOf, oneOf, type AnyAction, type Domain } from 'underwatch/model';
import { ALL_ONES, chain, mayExtend, resetTpm, ZERO } from '../../platform/tpm/localities.ts';
import type { Answer } from '../verifier.ts';
import { kernelExecutes } from './launch.ts';
import {
  adversaryExecutes,
  deviceReaches,
  expected,
  extend0,
  extend17,
  hashLoader,
  resultOf,
  SEALED_TO,
} from './session.ts';
import type { SkinitSetting } from './setting.ts';
import type { Frame, Skinit } from './state.ts';

type AdversaryAction = AnyAction<Skinit, SkinitSetting>;
const action = actionOf<Skinit, SkinitSetting>();

const frames = ({ parameters }: SkinitSetting): Domain<Frame> => oneOf(parameters.frames);

/**
 * Whether the frame is used before its writer has another chance to write it.
 */
const isUsed = ({ tablesBuilt, runs, iommu }: Skinit, frame: Frame): boolean =>
  match(frame)
    .with('image', () => runs !== 'SK')
    .with('scratch', () => runs === 'kernel' || (runs === 'SL' && !tablesBuilt))
    .with('tables', () => runs === 'SL' && tablesBuilt && iommu === 'off')
    .with('kernel', 'apCode', () => true)
    .exhaustive();

/** The adversary's actions on the machine, in ring 0 and below. */
export const hostActions: {
  readonly [
    name in 'store' | 'load' | 'reload' | 'dma' | 'dmaRead' | 'remap' | 'emulate' | 'infect'
  ]: AdversaryAction;
} = {
  store: action({
    actor: 'adversary',
    says: 'stores to memory',
    needs: 'store',
    choose: (setting: SkinitSetting) => ({ frame: frames(setting) }),
    when: (state, { frame }, setting) =>
      state.memory[frame] === 'genuine' && isUsed(state, frame) && adversaryExecutes(state, setting),
    then: (draft, { frame }) => {
      draft.memory[frame] = 'altered';
    },
  }),
  load: action({
    actor: 'adversary',
    says: 'loads the secret from memory',
    needs: 'store',
    when: (state, _, setting) =>
      state.secret === 'in memory' && !state.secretRead && adversaryExecutes(state, setting),
    then: (draft) => {
      draft.secretRead = true;
    },
  }),
  reload: action({
    actor: 'driver',
    says: 'loads loader and kernel into memory again',
    needs: 'store',
    when: (state) =>
      kernelExecutes(state) && (state.memory.image === 'altered' || state.memory.kernel === 'altered'),
    then: (draft) => {
      draft.memory.image = 'genuine';
      draft.memory.kernel = 'genuine';
    },
  }),
  dma: action({
    actor: 'device',
    says: 'writes memory',
    needs: 'dma',
    choose: (setting: SkinitSetting) => ({ frame: frames(setting) }),
    when: (state, { frame }, setting) =>
      state.memory[frame] === 'genuine' && isUsed(state, frame) && deviceReaches(state, frame, setting),
    then: (draft, { frame }) => {
      draft.memory[frame] = 'altered';
    },
  }),
  dmaRead: action({
    actor: 'device',
    says: 'reads the secret from memory',
    needs: 'dma',
    when: (state, _, setting) =>
      state.secret === 'in memory' && !state.secretRead && deviceReaches(state, 'kernel', setting),
    then: (draft) => {
      draft.secretRead = true;
    },
  }),
  remap: action({
    actor: 'kernel',
    says: 'has the addresses of the loader lead to other frames',
    needs: 'paging',
    when: (state) => kernelExecutes(state) && state.mapping === 'its own frames',
    then: (draft) => {
      draft.mapping = 'other frames';
    },
  }),
  emulate: action({
    actor: 'VMM',
    says: 'answers SKINIT by running a copy of loader and kernel in its guest, and gives their result',
    needs: 'vmm',
    when: (state) => kernelExecutes(state) && !state.toldResult,
    then: (draft) => {
      draft.toldResult = true;
    },
  }),
  infect: action({
    actor: 'kernel',
    says: 'puts a handler of its own into SMRAM',
    needs: 'smram',
    when: (state, _, { defends }) => kernelExecutes(state) && state.smm === 'handler' && !defends('smmLock'),
    then: (draft) => {
      draft.smm = 'adversary';
    },
  }),
};

const sessionOf = ({ ghost }: Skinit): Pick<Answer, 'session' | 'afterChallenge'> => ({
  session: ghost.session,
  afterChallenge: ghost.afterChallenge,
});

const busOpen = ({ defends }: SkinitSetting): boolean => !defends('integratedTpm');

/** The adversary's actions on the TPM and on the network. */
export const tpmActions: {
  readonly [
    name in 'extend' | 'occupy' | 'unsealToo' | 'resetTpm' | 'sendHash' | 'showOwn' | 'showOld' | 'showOther'
  ]: AdversaryAction;
} = {
  extend: action({
    actor: 'adversary',
    says: 'extends a PCR at locality 2',
    needs: 'tpm',
    choose: (setting: SkinitSetting) => ({
      pcr: oneOf(['pcr0', 'pcr17']),
      value: oneOf(['firmware', 'SL', 'SK', resultOf(true, setting)]),
    }),
    when: (state, { pcr, value }, setting) =>
      mayExtend(pcr, 2) &&
      (pcr === 'pcr0') === (value === 'firmware') &&
      !state.tpm[pcr].endsWith('…') &&
      adversaryExecutes(state, setting),
    then: (draft, { pcr, value }, setting) => {
      if (pcr === 'pcr0') extend0(draft, value, setting);
      else extend17(draft, value, setting);
    },
  }),
  occupy: action({
    actor: 'kernel',
    says: 'requests a locality of the TPM, and keeps it',
    needs: 'occupy',
    when: (state) => kernelExecutes(state) && !state.tpm.busy,
    then: (draft) => {
      draft.tpm.busy = true;
    },
  }),
  unsealToo: action({
    actor: 'adversary',
    says: 'has the TPM unseal the secret',
    needs: 'tpm',
    when: (state, _, setting) =>
      state.tpm.pcr17 === SEALED_TO && !state.secretRead && adversaryExecutes(state, setting),
    then: (draft) => {
      draft.secretRead = true;
    },
  }),
  resetTpm: action({
    actor: 'adversary',
    says: 'pulls the reset of the TPM',
    needs: 'tpmReset',
    when: ({ tpm }, _, setting) => busOpen(setting) && (tpm.pcr0 !== ZERO || tpm.pcr17 !== ALL_ONES),
    then: (draft) => {
      resetTpm(draft.tpm);
      draft.ghost.launched = false;
    },
  }),
  sendHash: action({
    actor: 'adversary',
    says: 'sends TPM_HASH_START, DATA and END with the genuine loader, on the bus',
    needs: 'interposer',
    when: (state, _, setting) => busOpen(setting) && !state.tpm.busy,
    then: (draft, _, setting) => {
      hashLoader(draft, 'SL', setting);
    },
  }),
  showOwn: action({
    actor: 'kernel',
    says: 'shows a quote of the TPM of this machine',
    when: (state) => kernelExecutes(state) && state.verifier === 'challenged' && state.answer === null,
    then: (draft) => {
      const { pcr0, pcr17 } = draft.tpm;
      draft.answer = { key: 'AIK', pcr0, pcr17, nonce: 'n', from: 'this machine', ...sessionOf(draft) };
    },
  }),
  showOld: action({
    actor: 'kernel',
    says: 'shows the quote that it kept',
    needs: 'oldQuote',
    when: (state) => kernelExecutes(state) && state.verifier === 'challenged' && state.answer === null,
    then: (draft, _, setting) => {
      const { pcr0 } = expected(setting);
      const pcr17 = chain(SEALED_TO, resultOf(false, setting));
      draft.answer = {
        key: 'AIK',
        pcr0,
        pcr17,
        nonce: 'old',
        from: 'an earlier session',
        ...sessionOf(draft),
      };
    },
  }),
  showOther: action({
    actor: 'kernel',
    says: 'passes the challenge on to another machine, and its quote back',
    needs: 'otherMachine',
    when: (state) => kernelExecutes(state) && state.verifier === 'challenged' && state.answer === null,
    then: (draft, _, setting) => {
      draft.answer = {
        key: 'other AIK',
        ...expected(setting),
        nonce: 'n',
        from: 'another machine',
        ...sessionOf(draft),
      };
    },
  }),
};
