import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { FieldWrite } from '../../../models/platform/chipset/index.ts';
import { asTheTalkHasIt, fields, hypervisor } from './adversary.ts';
import { eosCleared, otherGates } from './left-out.ts';
import { withUntried } from './untried.ts';

const { gates, apm } = fields;
const only = (register: FieldWrite['register']): readonly FieldWrite[] =>
  gates.filter((write) => write.register === register);
const lost = {
  without: asTheTalkHasIt,
  capabilities: hypervisor,
  expect: 'violated',
  invariant: 'I-LIVENESS',
} as const;

/** Claims on availability: the attacks that are always possible, and that the verifier at least notices. */
export const availability: Suite = suite({
  id: 'availability',
  says: 'slide 13: blocking cannot be prevented on existing hardware; so it must be visible',
  model: hypersentry,
  claims: withUntried({
    'H-BLOCK': {
      ...lost,
      parameters: { writes: gates },
      length: 4,
      says: 'a closed gate swallows the trigger: no answer in time',
      source: 'HyperSentry slides 11 to 13',
    },
    'H-BLOCK-NOTICED': {
      ...lost,
      parameters: { writes: gates },
      invariant: 'I-NOTICED',
      expect: 'holds',
      restsOn: ['verifierDeadline'],
      says: 'and the missing answer raises an alarm',
      source: 'HyperSentry slide 13',
    },
    'H-BLOCK-UNNOTICED': {
      ...lost,
      without: [...asTheTalkHasIt, 'verifierDeadline'],
      parameters: { writes: gates },
      invariant: 'I-NOTICED',
      says: 'without a deadline nobody notices',
      source: 'HyperSentry slide 13',
    },
    'H-BLOCK-DECIDABLE': {
      ...lost,
      parameters: { writes: gates },
      invariant: 'I-DECIDABLE',
      expect: 'holds',
      restsOn: ['verifierDeadline'],
      says: 'whatever the hypervisor does to the gates, the verifier can still come to a decision',
      source: 'HyperSentry slide 13',
    },
    'H-BLOCK-FOR-EVER': {
      ...lost,
      without: [...asTheTalkHasIt, 'verifierDeadline'],
      parameters: { writes: gates },
      invariant: 'I-DECIDABLE',
      length: 3,
      says: 'without a deadline one instruction in flight is enough to make it wait for ever: the SMI is rejected, its latch is cleared, and no second pulse comes',
      source: 'HyperSentry slide 13; SDM vol. 3, SMIs are taken at instruction boundaries',
    },
    'H-BLOCK-LATE': {
      ...lost,
      parameters: { writes: gates },
      invariant: 'I-INTIME',
      expect: 'holds',
      restsOn: ['verifierDeadline'],
      says: 'an answer that comes after the deadline is not taken',
      source: 'HyperSentry slide 13',
    },
    'H-BLOCK-LATE-TAKEN': {
      ...lost,
      without: [...asTheTalkHasIt, 'verifierDeadline'],
      parameters: { writes: gates },
      invariant: 'I-INTIME',
      length: 11,
      says: 'without a deadline it is',
      source: 'HyperSentry slide 13',
    },
    'H-W1C': {
      ...lost,
      without: ['boundedLatency'],
      parameters: { writes: only('ALT_GP_SMI_STS') },
      length: 7,
      says: 'even with the gates locked: the one instruction in flight clears the latch, and the handler finds no reason for the SMI',
      source: 'catalogue, H-W1C; SDM vol. 3, SMIs are taken at instruction boundaries',
    },
    'H-STORM': {
      ...lost,
      without: ['boundedLatency'],
      parameters: { writes: apm },
      length: 7,
      says: 'an SMI of its own beside the trigger, and slide 14 rejects both',
      source: 'gap G7',
    },
    'H-STORM-HARMLESS': {
      ...lost,
      without: ['boundedLatency'],
      parameters: { writes: apm },
      invariant: 'I-COMPLETE',
      expect: 'holds',
      idle: ['config'],
      leavesOut: { ...otherGates, ...eosCleared },
      restsOn: [['checkSmiSts', 'checkAltGpSmiSts']],
      says: 'availability is all that is lost',
      source: 'gap G7: availability, not integrity',
    },
  }),
});
