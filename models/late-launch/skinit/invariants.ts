import type { Invariant } from 'underwatch/model';
import { beganAtOnes, chain, ZERO } from '../../platform/tpm/localities.ts';
import { SEALED_TO } from './session.ts';
import type { SkinitSetting } from './setting.ts';
import type { Skinit } from './state.ts';

const LOADER = chain(ZERO, 'SL');
const APM = 'APM vol. 2, 15.27';
const accepted = ({ verifier }: Skinit): boolean => verifier === 'accepted';

/** The invariants of a late launch by SKINIT. */
export const invariants: {
  readonly [
    id in
      | 'I-PCR17'
      | 'I-PCRVAL'
      | 'I-LAUNCHDMA'
      | 'I-MASK'
      | 'I-UNTAMPERED'
      | 'I-LAUNCH-FRESH'
      | 'I-LAUNCH-HERE'
      | 'I-LAUNCH-SECRET'
      | 'I-LAUNCH-FIRMWARE'
      | 'I-LAUNCH-TOLD'
      | 'I-LAUNCH-NOW'
      | 'I-LAUNCH-ACCEPTED'
      | 'I-LAUNCH-AGAIN'
  ]: Invariant<Skinit, SkinitSetting>;
} = {
  'I-PCR17': {
    kind: 'always',
    says: 'If the chain of PCR 17 begins at 0, the processor has executed SKINIT since the TPM was reset.',
    source: `${APM}.5; TPM 1.2, localities`,
    given: ({ tpm }) => !beganAtOnes(tpm.pcr17),
    holds: ({ ghost }) => ghost.launched,
  },
  'I-PCRVAL': {
    kind: 'always',
    says: 'While PCR 17 shows loader and kernel and the session runs, the genuine ones execute.',
    source: `${APM}, verifiable start-up`,
    given: ({ tpm, runs, kernelMeasured }) => tpm.pcr17 === SEALED_TO && runs !== 'kernel' && kernelMeasured,
    holds: ({ memory, executes, runs }) =>
      (memory.image === 'genuine' || runs === 'SK') &&
      memory.kernel === 'genuine' &&
      executes === 'what was measured',
  },
  'I-LAUNCHDMA': {
    kind: 'never-step',
    says: 'Nothing is written to the 64 KiB of the loader while it executes and PCR 17 shows it.',
    source: `${APM}.6 step 2 and 15.24.8, secure initialization support`,
    given: ({ runs, tpm }) => runs === 'SL' && tpm.pcr17 === LOADER,
    bad: (before, after) =>
      before.runs === 'SL' &&
      before.tpm.pcr17 === LOADER &&
      ((before.memory.image === 'genuine' && after.memory.image === 'altered') ||
        (before.memory.scratch === 'genuine' && after.memory.scratch === 'altered')),
  },
  'I-MASK': {
    kind: 'always',
    says: 'While GIF is 0 no SMI is taken, and what is pending stays so.',
    source: `${APM}.6, pending interrupts`,
    given: ({ bsp }) => bsp.hold === 'GIF=0',
    holds: ({ bsp }) => bsp.mode !== 'smm',
  },
  'I-UNTAMPERED': {
    kind: 'always',
    says: 'What the verifier accepts was a run of the genuine loader and kernel, to its end, untampered.',
    source: `${APM}, verifiable start-up; McCune et al. 2008`,
    given: accepted,
    holds: ({ answer }) => answer?.session === 'untampered',
  },
  'I-LAUNCH-FRESH': {
    kind: 'always',
    says: 'It began after the challenge.',
    source: 'McCune et al. 2008',
    given: accepted,
    holds: ({ answer }) => answer?.afterChallenge === true,
  },
  'I-LAUNCH-HERE': {
    kind: 'always',
    says: 'The quote is of the machine that was asked.',
    source: 'Parno, HotSec 2008',
    given: accepted,
    holds: ({ answer }) => answer?.from !== 'another machine',
  },
  'I-LAUNCH-SECRET': {
    kind: 'always',
    says: 'What is sealed to loader and kernel nobody else reads.',
    source: 'McCune et al. 2008',
    given: ({ secret, secretRead }) => secret === 'in memory' || secretRead,
    holds: ({ secretRead }) => !secretRead,
  },
  'I-LAUNCH-FIRMWARE': {
    kind: 'always',
    says: 'A machine with altered firmware is not accepted.',
    source: 'Kauer 2007',
    given: ({ answer }) => answer !== null,
    holds: ({ verifier }, { parameters }) => verifier !== 'accepted' || parameters.firmware === 'genuine',
  },
  'I-LAUNCH-TOLD': {
    kind: 'always',
    says: 'A kernel that was given the result of a session has had one.',
    source: 'the blog post of 2005: a VMM deceives its guest',
    given: ({ toldResult }) => toldResult,
    holds: ({ ghost }) => ghost.session !== 'none',
  },
  'I-LAUNCH-NOW': {
    kind: 'always',
    says: 'When a quote is accepted, what it shows still lies in memory.',
    source: 'deduced; TPM 1.2, TPM_Quote: registers, not memory',
    given: accepted,
    holds: ({ memory }) => memory.image === 'genuine' && memory.kernel === 'genuine',
  },
  'I-LAUNCH-ACCEPTED': {
    kind: 'sometimes',
    says: 'A session can come to its end and be accepted.',
    source: `${APM}; the mechanism works at all`,
    witness: ({ verifier, ghost }) => verifier === 'accepted' && ghost.session === 'untampered',
  },
  'I-LAUNCH-AGAIN': {
    kind: 'recovers',
    says: 'Whatever PCR 17 was extended with, another launch can be accepted.',
    source: 'TPM 1.2, localities: SKINIT resets PCR 17',
    given: ({ verifier }) => verifier === 'challenged',
    good: accepted,
  },
};
