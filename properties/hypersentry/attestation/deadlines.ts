import { suite, type Suite } from 'underwatch';
import { attestation } from '../../../models/hypersentry/attestation/model.ts';
import { measurement } from '../../../models/hypersentry/measurement/model.ts';

/**
 * A machine with a core in an instruction of two milliseconds, for which the handler waits, and 35 ms for the
 * agent.
 */
const slow = { cores: 2, longestInstructionMs: 2, timeoutMs: 2, kernel: 'genuine' } as const;
const honest = {
  invariant: 'I-NOFALSEALARM',
  capabilities: ['longInstruction'],
  source: 'HyperSentry slide 18: 35 ms; SDM 34.17.2: a core in a long instruction is waited for',
} as const;
/** A hypervisor that has its VM exits stop the counter; it needs no other power. */
const keeps = { capabilities: ['vmcs'], parameters: { deadlineMs: 35 } } as const;

/** Claims on the verifier's deadline for a measurement, as a clock. */
export const measurementDeadlines: Suite = suite({
  id: 'measurement-deadline',
  says: "the verifier's deadline for a measurement is a clock: what an honest machine needs, and that a hypervisor cannot outlast it",
  model: measurement,
  claims: {
    'MEASURE-DEADLINE': {
      ...honest,
      parameters: { ...slow, deadlineMs: 37 },
      expect: 'holds',
      restsOn: ['checkEntry'],
      says: '37 ms from SMI#1 on are enough for 35 ms of measuring and a core that comes 2 ms later',
    },
    'MEASURE-DEADLINE-LESS': {
      ...honest,
      parameters: { ...slow, deadlineMs: 36 },
      expect: 'violated',
      says: '36 ms are not: an honest machine is reported',
    },
    'MEASURE-DEADLINE-VARIES': {
      invariant: 'I-NOFALSEALARM',
      parameters: { kernel: 'genuine', measureMostMs: 36, deadlineMs: 35 },
      expect: 'violated',
      says: 'nor may measuring take a millisecond more than the deadline: slide 18 gives one figure and no range',
      source: 'HyperSentry slide 18: 35 ms',
    },
    'MEASURE-DEADLINE-DECIDABLE': {
      ...keeps,
      invariant: 'I-DECIDABLE',
      expect: 'holds',
      restsOn: ['verifierDeadline'],
      says: 'a hypervisor that keeps the core cannot keep the verifier from a decision',
      source: 'HyperSentry slides 11 to 13: blocking must be visible; catalogue, G5',
    },
    'MEASURE-DEADLINE-NONE': {
      ...keeps,
      without: ['verifierDeadline'],
      invariant: 'I-DECIDABLE',
      expect: 'violated',
      says: 'without the deadline it can',
      source: 'HyperSentry slides 11 to 13: blocking must be visible; catalogue, G5',
    },
  },
});

const asDrawn = ['namesTrigger', 'signsOnce'] as const;
/**
 * The times of an answer that comes at once, or after it was sent again: TCP waits a second for that (RFC
 * 6298, 2.1).
 */
const answers = { rounds: 1, answerLeastMs: 1, answerMostMs: 1001 } as const;
/** The same for the command to the BMC: ipmitool's -N over lanplus. */
const triggers = { rounds: 1, schedule: 'nonce, then trigger', outOfBandMostMs: 1000 } as const;
const patient = { invariant: 'I-NOALARM', capabilities: [], expect: 'holds' } as const;
const TCP = 'RFC 6298, 2.1: one second before the first retransmission; HyperSentry slide 16';
const IPMI = 'ipmitool manual, -N: 1 s over lanplus before it asks again; HyperSentry slide 18: 35 ms';

/** Claims on the verifier's deadline for an answer, as a clock. */
export const attestationDeadlines: Suite = suite({
  id: 'attestation-deadline',
  says: "the verifier's deadline for an answer is a clock: what an honest machine on an honest network needs, by the schedule",
  model: attestation,
  claims: {
    'ATTEST-DEADLINE': {
      ...patient,
      without: asDrawn,
      parameters: { ...answers, deadlineMs: 1001 },
      restsOn: [],
      says: 'drawn after the measurement, as on slide 16, an output needs one retransmission: 1001 ms',
      source: TCP,
    },
    'ATTEST-DEADLINE-LESS': {
      invariant: 'I-NOALARM',
      without: asDrawn,
      parameters: { ...answers, deadlineMs: 1000 },
      expect: 'violated',
      says: 'with one millisecond less an honest machine is reported',
      source: TCP,
    },
    'ATTEST-DEADLINE-NONCE-FIRST': {
      ...patient,
      parameters: { ...triggers, deadlineMs: 1035 },
      restsOn: [],
      says: 'with the nonce before the trigger the clock runs over the BMC and the measurement: 1035 ms',
      source: IPMI,
    },
    'ATTEST-DEADLINE-NONCE-FIRST-LESS': {
      invariant: 'I-NOALARM',
      parameters: { ...triggers, deadlineMs: 1034 },
      expect: 'violated',
      says: 'not 1034',
      source: IPMI,
    },
    'ATTEST-DEADLINE-RETRY': {
      invariant: 'I-NOALARM',
      without: asDrawn,
      parameters: { ...answers, retries: 3, deadlineMs: 1000 },
      expect: 'violated',
      says: 'further attempts help against bad luck only: each may be late',
      source: TCP,
    },
  },
});
