import type { Setting } from 'underwatch/model';

/** Parameters that a scenario of this model may change. */
export type Parameters = {
  /** Measurements that the verifier wants, one after the other. */
  readonly rounds: number;
  /** How often, in all, the verifier asks again when an answer is missing, before it raises an alarm. */
  readonly retries: number;
  /** The order of trigger and nonce. Slide 16: trigger first, out of band, then the nonce, in band. */
  readonly schedule: 'trigger, then nonce' | 'nonce, then trigger';
  /**
   * Times: from the BMC's command to its edge, from there to the output, and from a request to its answer.
   */
  readonly outOfBandLeastMs: number;
  readonly outOfBandMostMs: number;
  readonly measureLeastMs: number;
  readonly measureMostMs: number;
  readonly answerLeastMs: number;
  readonly answerMostMs: number;
  /**
   * The verifier's deadline for an output, counted from its request, or from the trigger if that came last.
   * Null: longer than honest parts take, so it has passed only when nothing is on its way any more.
   */
  readonly deadlineMs: number | null;
  /** The hypervisor's state when the protocol starts. */
  readonly kernel: 'genuine' | 'modified';
  /** The handler that the firmware loaded, measured and gave the key to. */
  readonly handler: 'Handler' | 'another handler';
  /** Whether the adversary kept a quote of an earlier boot, and the key that was in SMRAM then. */
  readonly oldBoot: boolean;
};

/** Mechanisms that can be switched off, each alone. */
export const defences = {
  quoteCheck: 'the verifier accepts only a quote under an attestation identity key of a TPM',
  quoteNonce: 'the verifier accepts only a quote with the nonce of its challenge',
  handlerCheck: 'the verifier accepts only a quote that names the handler it knows',
  aikBinding: 'the verifier knows which attestation identity key belongs to the machine it means',
  signatureCheck: 'the verifier accepts only an output under the key that the quote named',
  nonceCheck: 'the verifier accepts only an output with the nonce of its request',
  deadline: 'the verifier does not wait for ever',
  signsOnce: 'hypothetical: the handler forgets an output once it has signed it',
  namesTrigger:
    'hypothetical: the BMC hands the number of the trigger to the handler, which signs it with the output; the verifier compares it',
  bmcRefusesInBand: 'the BMC takes no command over KCS that drives the pin',
} as const;

export type Defence = keyof typeof defences;

/** The adversary's powers. None is an attack; attacks are composed of them. */
export const capabilities = {
  network:
    'sits in the middle of the in-band path: takes messages off it, and puts on it what it knows or can put together',
  oracle: 'asks the handler and the TPM itself, as any software on the machine can',
  compromise: 'gets into the hypervisor, at any time after boot',
  hide: 'takes its modification out and puts it back',
  swallow:
    'as the hypervisor, makes a trigger come to nothing: clears its latch, closes a gate, or storms the handler with SMIs',
  kcs: 'as the hypervisor, sends commands to the BMC over its in-band interface',
  smram: 'has an attack on SMRAM that works, and reads the key (what the model `smram` is about)',
  tpmReset: 'resets the TPM alone, and extends its registers as it likes',
  otherMachine: 'has another machine with a genuine TPM and a genuine HyperSentry',
} as const;

export type Capability = keyof typeof capabilities;
export type AttestationSetting = Setting<Parameters, Defence>;
