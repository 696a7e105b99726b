import { defineModel, oneOf, type Model } from 'underwatch/model';
import { runningCore } from '../../platform/cores/index.ts';
import { ALL_ONES } from '../../platform/tpm/localities.ts';
import { hostActions, tpmActions } from './adversary.ts';
import { invariants } from './invariants.ts';
import { sessionActions } from './launch.ts';
import { platformActions } from './platform.ts';
import { bootedPcr0 } from './session.ts';
import { capabilities, defences, type Defence, type Parameters, type SkinitSetting } from './setting.ts';
import type { Skinit } from './state.ts';

type ActionName =
  | keyof typeof sessionActions
  | keyof typeof platformActions
  | keyof typeof hostActions
  | keyof typeof tpmActions;

const defaults: Parameters = {
  firmware: 'genuine',
  frames: ['image', 'scratch', 'kernel', 'tables', 'apCode'],
};

const initial = (setting: SkinitSetting): Skinit => ({
  bsp: runningCore,
  ap: runningCore,
  apRuns: 'adversary',
  rInit: false,
  initPending: false,
  slDev: false,
  iommu: 'off',
  memory: { image: 'genuine', scratch: 'genuine', kernel: 'genuine', tables: 'genuine', apCode: 'genuine' },
  mapping: 'its own frames',
  smm: setting.parameters.firmware === 'altered' ? 'adversary' : 'handler',
  runs: 'kernel',
  executes: 'what was measured',
  hasNonce: false,
  tablesBuilt: false,
  kernelMeasured: false,
  tpm: { pcr0: bootedPcr0(setting), pcr17: ALL_ONES, busy: false },
  secret: 'sealed',
  secretRead: false,
  toldResult: false,
  verifier: 'idle',
  answer: null,
  ghost: { launched: false, session: 'none', afterChallenge: false },
});

/**
 * The model of a late launch by SKINIT, from a possibly compromised kernel to a quote that a verifier
 * accepts. See ../README.md.
 */
export const skinit: Model<Skinit, Parameters, Defence, ActionName, keyof typeof invariants> = defineModel({
  id: 'skinit',
  says: 'a late launch by SKINIT: from a kernel that may be anybody’s to a quote that a verifier accepts',
  defences,
  capabilities,
  parameters: defaults,
  accepts: { firmware: oneOf(['genuine', 'altered']) },
  initial,
  actions: { ...sessionActions, ...platformActions, ...hostActions, ...tpmActions },
  invariants,
  present: { hidden: ['ghost'] },
});
