import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import { releaseSmi, startUp } from '../../platform/cores/index.ts';
import { endSession, extend17, hashLoader, resultOf, SEALED_TO, seize } from './session.ts';
import type { SkinitSetting } from './setting.ts';
import type { Skinit } from './state.ts';

type SessionAction = AnyAction<Skinit, SkinitSetting>;
const action = actionOf<Skinit, SkinitSetting>();

/** The loader's base: where the driver has put it, EAX without bits 15:0. */
const SLB = 0x10000;
const slbBase = (eax: number): number => (eax & 0xffff0000) >>> 0;

/** Whether the kernel executes on the boot processor. */
export const kernelExecutes = ({ runs, bsp }: Skinit): boolean => runs === 'kernel' && bsp.mode === 'host';
const slExecutes = ({ runs, bsp }: Skinit): boolean => runs === 'SL' && bsp.mode === 'host';
const skExecutes = ({ runs, bsp }: Skinit): boolean => runs === 'SK' && bsp.mode === 'host';

/**
 * The actions of SKINIT, the secure loader and the security kernel; anybody may drive the machine up to
 * SKINIT.
 */
export const sessionActions: {
  readonly [
    name in
      | 'stopAp'
      | 'skinit'
      | 'buildTables'
      | 'enableIommu'
      | 'measureKernel'
      | 'start'
      | 'startAp'
      | 'stgi'
      | 'unseal'
      | 'finish'
  ]: SessionAction;
} = {
  stopAp: action({
    actor: 'driver',
    says: 'INIT IPI: the other core waits for a SIPI',
    when: (state) => kernelExecutes(state) && state.ap.mode === 'host',
    then: (draft) => {
      draft.ap.mode = 'wait-for-SIPI';
    },
  }),
  skinit: action({
    actor: 'driver',
    says: 'SKINIT',
    choose: { eax: oneOf([SLB, SLB + 0x8000]) },
    when: kernelExecutes,
    then: (draft, { eax }, setting) => {
      const { defends } = setting;
      const block = slbBase(eax) === SLB ? draft.memory.image : 'altered';
      const handshakeFails = defends('apHandshake') && draft.ap.mode === 'host';
      draft.slDev = defends('slDev');
      draft.rInit = defends('rInit');
      // The loader is started whatever the TPM's answer (APM vol. 2, 15.27.6).
      hashLoader(draft, handshakeFails || block === 'altered' ? 'other SL' : 'SL', setting);
      draft.ghost.launched = true;
      if (block === 'altered') return;
      draft.bsp.hold = 'GIF=0';
      draft.runs = 'SL';
      draft.iommu = 'off';
      draft.tablesBuilt = false;
      draft.kernelMeasured = false;
      draft.hasNonce = draft.verifier !== 'idle';
      draft.executes =
        draft.mapping === 'other frames' && !defends('pagingOff') ? 'other code' : 'what was measured';
    },
  }),
  buildTables: action({
    actor: 'loader',
    says: 'builds the tables of the IOMMU, on a stack in its 64 KiB',
    when: (state, _, { defends }) =>
      slExecutes(state) && !state.tablesBuilt && (defends('protectsFirst') || state.kernelMeasured),
    then: (draft, _, { defends }) => {
      if (draft.memory.scratch === 'altered' && !defends('scratchCleared')) draft.executes = 'other code';
      draft.memory.tables = 'genuine';
      draft.tablesBuilt = true;
    },
  }),
  enableIommu: action({
    actor: 'loader',
    says: 'has the IOMMU read its tables',
    when: (state) => slExecutes(state) && state.tablesBuilt && state.iommu === 'off',
    then: (draft) => {
      draft.iommu = draft.memory.tables === 'genuine' ? 'blocks' : 'open';
    },
  }),
  measureKernel: action({
    actor: 'loader',
    says: 'extends PCR 17 with the kernel, at locality 2',
    when: (state, _, { defends }) =>
      slExecutes(state) && !state.kernelMeasured && (!defends('protectsFirst') || state.iommu !== 'off'),
    then: (draft, _, setting) => {
      const isGenuine = draft.memory.kernel === 'genuine';
      extend17(draft, isGenuine ? 'SK' : 'other SK', setting);
      draft.kernelMeasured = true;
      // The measured code is started, whatever it is.
      if (!isGenuine) seize(draft);
    },
  }),
  start: action({
    actor: 'loader',
    says: 'jumps to the kernel that it measured',
    when: (state) => slExecutes(state) && state.kernelMeasured && state.iommu !== 'off',
    then: (draft) => {
      if (draft.memory.image === 'altered') draft.executes = 'other code';
      draft.runs = 'SK';
    },
  }),
  startAp: action({
    actor: 'security kernel',
    says: 'SIPI: the other core starts, with GIF = 0',
    when: (state) => skExecutes(state) && state.ap.mode === 'wait-for-SIPI',
    then: (draft, _, { defends }) => {
      const isMeasured = defends('apCodeMeasured') || draft.memory.apCode === 'genuine';
      draft.apRuns = isMeasured ? 'session' : 'adversary';
      startUp(draft.ap);
      draft.ap.hold = 'GIF=0';
    },
  }),
  stgi: action({
    actor: 'security kernel',
    says: 'STGI: what was held pending is taken',
    exists: ({ defends }) => !defends('smisHeld'),
    when: (state) => skExecutes(state) && state.bsp.hold === 'GIF=0',
    then: (draft) => {
      draft.bsp.hold = 'none';
      releaseSmi(draft.bsp);
    },
  }),
  unseal: action({
    actor: 'security kernel',
    says: 'has the TPM unseal its secret',
    when: (state) => skExecutes(state) && state.secret === 'sealed' && state.tpm.pcr17 === SEALED_TO,
    then: (draft) => {
      draft.secret = 'in memory';
    },
  }),
  finish: action({
    actor: 'security kernel',
    says: 'erases its secret, extends PCR 17 with its result, gives the machine back',
    when: skExecutes,
    then: (draft, _, setting) => {
      const { memory, executes, hasNonce } = draft;
      const isUntampered = memory.kernel === 'genuine' && executes === 'what was measured';
      draft.ghost.session = isUntampered ? 'untampered' : 'tampered';
      draft.ghost.afterChallenge = hasNonce;
      draft.toldResult = true;
      endSession(draft, resultOf(hasNonce, setting), setting);
    },
  }),
};
