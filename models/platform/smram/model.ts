import { defineModel, integers, oneOf, type Model } from 'underwatch/model';
import { booted } from './boot.ts';
import { hypervisorActions } from './hypervisor.ts';
import { invariants } from './invariants.ts';
import { powerActions } from './power.ts';
import { present } from './present.ts';
import { capabilities, defences, type Defence, type Parameters } from './setting.ts';
import { smmActions } from './smm.ts';
import type { Smram } from './state.ts';

type ActionName = keyof typeof hypervisorActions | keyof typeof smmActions | keyof typeof powerActions;

const defaults: Parameters = {
  cores: 2,
  layout: 'series6to9',
  segment: 'TSEG',
  writes: [],
  moves: ['TOLUD', 'BGSM', 'REMAPBASE', 'REMAPLIMIT'],
  requests: ['nothing'],
  smramcGovernsTseg: true,
  writeBacks: 'reach SMRAM',
  remapsFirst: false,
};

/**
 * What keeps SMRAM to the SMI handler, and the handler to SMRAM: the memory controller's registers and
 * their locks, SMRR, SMBASE, caches, and a handler that is asked for services. See README.md.
 */
export const smram: Model<Smram, Parameters, Defence, ActionName, keyof typeof invariants> = defineModel({
  id: 'smram',
  says: 'SMRAM: who can write into it, read out of it, or run in its place',
  defences,
  capabilities,
  parameters: defaults,
  accepts: {
    cores: integers(1, 16),
    layout: oneOf(['ich9', 'series6to9', 'esb2-5000p']),
    segment: oneOf(['TSEG', 'A0000h']),
    writeBacks: oneOf(['reach SMRAM', 'are dropped']),
  },
  initial: booted,
  actions: { ...hypervisorActions, ...smmActions, ...powerActions },
  invariants,
  present,
});
