import { defineModel, integers, oneOf, type Model } from 'underwatch/model';
import { QUIET_BMC } from '../../platform/bmc/index.ts';
import { PCR_RESET } from '../../platform/tpm/index.ts';
import { hostActions, networkActions } from './adversary.ts';
import { invariants } from './invariants.ts';
import { machineActions } from './machine.ts';
import { knownAtBoot } from './messages.ts';
import { present } from './present.ts';
import { capabilities, defences, type AttestationSetting, type Defence, type Parameters } from './setting.ts';
import type { Attestation } from './state.ts';
import { verifierActions } from './verifier.ts';

type ActionName =
  | keyof typeof verifierActions
  | keyof typeof machineActions
  | keyof typeof networkActions
  | keyof typeof hostActions;

const defaults: Parameters = {
  rounds: 2,
  retries: 0,
  schedule: 'trigger, then nonce',
  outOfBandLeastMs: 1,
  outOfBandMostMs: 1,
  measureLeastMs: 35,
  measureMostMs: 35,
  answerLeastMs: 1,
  answerMostMs: 1,
  deadlineMs: null,
  kernel: 'genuine',
  handler: 'Handler',
  oldBoot: false,
};

const initial = (setting: AttestationSetting): Attestation => ({
  boot: 'reset',
  pcr: PCR_RESET,
  smm: { stored: null, nonce: null },
  kernel: setting.parameters.kernel,
  bmc: QUIET_BMC,
  network: { toTarget: null, toVerifier: null },
  verifier: {
    phase: 'start',
    key: null,
    rounds: 0,
    triggers: 0,
    nonces: 0,
    retriesLeft: setting.parameters.retries,
    waitedMs: 0,
  },
  known: knownAtBoot(setting),
  ghost: {
    quote: 'none',
    output: 'none',
    cleanSinceTrigger: true,
    acceptedTruly: true,
    announced: false,
  },
});

/**
 * The model of HyperSentry's attestation: measured boot, the quote that hands K_smm to the verifier, triggers
 * out of band, requests and signed outputs in band. The network belongs to the adversary. See README.md.
 */
export const attestation: Model<Attestation, Parameters, Defence, ActionName, keyof typeof invariants> =
  defineModel({
    id: 'attestation',
    says: "HyperSentry's attestation: from measured boot to a signed output that the verifier accepts",
    defences,
    capabilities,
    parameters: defaults,
    accepts: {
      rounds: integers(1, 16),
      retries: integers(0, 16),
      schedule: oneOf(['trigger, then nonce', 'nonce, then trigger']),
      kernel: oneOf(['genuine', 'modified']),
      handler: oneOf(['Handler', 'another handler']),
    },
    initial,
    actions: { ...machineActions, ...verifierActions, ...networkActions, ...hostActions },
    invariants,
    present,
  });
