import type { Setting } from 'underwatch/model';

/**
 * A small device: program memory that is read in random order, data memory beside it, and a verifier with a
 * clock.
 */
export interface Device {
  readonly verifier: 'idle' | 'waiting' | 'accepted' | 'rejected';
  readonly program: 'genuine' | 'altered';
  readonly data: 'genuine' | 'altered';
  /** Where the words that the malware overwrote can still be had while it is in place. */
  readonly originals: 'nowhere' | 'free' | 'packed' | 'data';
  readonly sum: 'none' | 'right' | 'wrong';
  /** Cycles since the challenge; one beyond the limit stands for all later ones. */
  readonly elapsedCycles: number;
}

/** What a scenario may change: cycles, and thousandths of a cycle of one read. */
export type Parameters = {
  /** Reads: n ln n for 128 KiB (N10). */
  readonly reads: number;
  /** 23 cycles a read; 3 more for the conditional that redirects one: 13 % (N9, lecture notes on SWATT). */
  readonly readMilliCycles: number;
  readonly redirectMilliCycles: number;
  /** Taking a word out of packed code. No figure is published: at least as much as a conditional. */
  readonly unpackMilliCycles: number;
  /** The cost of exchanging the altered words with those in data memory. */
  readonly swapCycles: number;
  readonly slackCycles: number;
};

/** Defences of the device, each of which can be switched off. */
export const defences = {
  noise: 'free program memory is filled with noise that the verifier knows',
  measuresData: 'data memory is set to a known state and measured as well',
  limit: 'an answer that comes too late is rejected',
} as const;

export type Defence = keyof typeof defences;

/** The adversary's powers. */
export const capabilities = {
  store: 'keeps what he overwrites in memory that is free',
  pack: 'compresses the genuine code and keeps it beside the malware',
  rop: 'runs by return addresses on the stack, on the genuine code alone',
} as const;

export type DeviceSetting = Setting<Parameters, Defence>;
