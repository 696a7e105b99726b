import type { Invariant } from 'underwatch/model';
import { fieldValue } from '../chipset/index.ts';
import { hypervisorRuns } from './hypervisor.ts';
import type { SmramSetting } from './setting.ts';
import type { Smram } from './state.ts';

type Claim = Invariant<Smram, SmramSetting>;

/** The invariants that HyperSentry, and all other code in SMM, takes for granted. */
export const invariants: {
  readonly 'I-SMRAM': Claim;
  readonly 'I-HANDLER': Claim;
  readonly 'I-KEY': Claim;
  readonly 'I-SMRR': Claim;
  readonly 'I-LOCKED': Claim;
  readonly 'I-AVAILABLE': Claim;
  readonly 'I-SERVES': Claim;
} = {
  'I-SMRAM': {
    kind: 'always',
    says: 'The handler in SMRAM is the one that the firmware put there.',
    source: 'HyperSentry slide 5: SMRAM can be locked; the SMI handler is trusted',
    holds: ({ memory }) => memory.smram === 'handler',
  },
  'I-HANDLER': {
    kind: 'always',
    says: "Nothing but the firmware's handler runs in SMM.",
    source: 'HyperSentry slide 5: an SMI is handled only by the handler in SMRAM',
    given: ({ cores }) => cores.some(({ runs }) => runs !== 'hypervisor' && runs !== 'entry'),
    holds: ({ cores }) => cores.every(({ runs }) => runs !== 'adversary in SMM'),
  },
  'I-KEY': {
    kind: 'always',
    says: 'The hypervisor does not learn the private key that SMRAM holds.',
    source: 'HyperSentry slides 15 and 16: the private key is in SMRAM',
    holds: ({ keyRead }) => !keyRead,
  },
  'I-SMRR': {
    kind: 'always',
    says: 'While the hypervisor runs, no cache holds a line of SMRAM that did not come from the firmware.',
    source: 'SDM vol. 3, SMRR: outside SMM the range is not cached and not accessible',
    holds: (state) => !hypervisorRuns(state) || state.cores.every(({ line }) => line !== 'adversary'),
  },
  'I-LOCKED': {
    kind: 'always',
    says: 'Whenever the operating system runs, SMRAM is locked.',
    source: 'SMM lock-down by the firmware before the operating system starts; CHIPSEC, module smm',
    given: ({ power }) => power === 'on',
    holds: ({ chipset }) => fieldValue('SMRAMC', chipset.SMRAMC, 'D_LCK') === 1,
  },
  'I-AVAILABLE': {
    kind: 'always',
    says: 'The machine is not brought down from within SMM.',
    source: 'not claimed by anyone: a machine check stops an attack at the price of the machine',
    holds: ({ power }) => power !== 'halted',
  },
  'I-SERVES': {
    kind: 'sometimes',
    says: 'The handler can run, do what it is asked for, and leave SMM.',
    source: 'HyperSentry slides 5 and 9',
    witness: ({ cores }) => cores.every(({ runs }) => runs === 'done'),
  },
};
