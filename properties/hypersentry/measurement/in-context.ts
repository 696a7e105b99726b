import { suite, type Suite } from 'underwatch';
import { measurement } from '../../../models/hypersentry/measurement/model.ts';

const genuine = { kernel: 'genuine' } as const;
const honest = { parameters: genuine, expect: 'holds', source: 'HyperSentry slides 8 and 9' } as const;
const twoCores = { ...honest, parameters: { ...genuine, cores: 2 } } as const;

/** All powers on the measuring core that concern VM exits and entries. */
const inFallback = {
  capabilities: ['vmcs', 'vmEntry', 'hide', 'apic', 'jump', 'timers', 'memory'],
  expect: 'holds',
  source: 'all defences on',
} as const;
/** All powers that can reach the agent while it runs, devices included; H-IDT covers an IDT of its own. */
const inAgent = {
  capabilities: ['memory', 'hide', 'jump', 'deviceNmi', 'interrupts', 'dr7', 'tlb', 'dma', 'timers'],
  expect: 'holds',
  source: 'all defences on',
} as const;
/** All powers of another core. */
const beside = {
  capabilities: ['park', 'hold', 'longInstruction', 'memory', 'hide', 'nmi', 'jump'],
  parameters: { cores: 2, longestInstructionMs: 1, timeoutMs: 1 },
  expect: 'holds',
  source: 'all defences on',
} as const;

/**
 * Claims on slides 8, 9 and 17: whether the measurement works, and keeps its promises with every defence on.
 */
export const inContext: Suite = suite({
  id: 'in-context',
  says: 'slides 8, 9 and 17: verifiable, deterministic, in context; true with every defence on, of which the talk names some',
  model: measurement,
  claims: {
    'MEASURE-THREE-SMIS': {
      ...honest,
      invariant: 'I-THREE-SMIS',
      restsOn: [],
      says: 'slide 9: prepare, VM exit, verify, run, store; the guest goes on as if nothing had been',
    },
    'MEASURE-RESTORE': {
      ...twoCores,
      parameters: { ...genuine, cores: 2, debugged: true },
      invariant: 'I-RESTORE',
      capabilities: [],
      restsOn: [],
      says: 'guest and host are as before, interrupted anywhere, with IF set or clear, on a debugged machine',
    },
    'MEASURE-NOFALSEALARM': {
      ...twoCores,
      invariant: 'I-NOFALSEALARM',
      capabilities: [],
      restsOn: ['checkEntry'],
      says: 'a genuine hypervisor is accepted',
    },
    'MEASURE-GOES-ON': {
      ...twoCores,
      invariant: 'I-GOES-ON',
      capabilities: [],
      restsOn: [],
      says: 'nothing waits for ever',
    },
    'MEASURE-FINDS': {
      ...honest,
      parameters: { cores: 2 },
      invariant: 'I-OUTPUT',
      capabilities: [],
      restsOn: [['checkEntry', 'checkCr3']],
      says: 'a modification that nobody hides is found, by the agent and nobody else',
    },
    'MEASURE-RESTORE-BY-REASON': {
      ...honest,
      parameters: { ...genuine, finishesExit: 'by reason' },
      invariant: 'I-RESTORE',
      expect: 'violated',
      length: 14,
      says: 'slide 9, refuted for a hypervisor that finishes exits by their reason: it skips an instruction of the guest, because the exit is still that of the injected one',
      source: 'search; SDM vol. 3, VM-exit information is in the VMCS, which SMM does not see',
    },
    'MEASURE-HOST-REFUSED': {
      ...honest,
      parameters: { ...genuine, acceptsHost: false },
      invariant: 'I-NOFALSEALARM',
      expect: 'violated',
      length: 8,
      says: 'an SMI#2 that insists on the host entry cannot measure an interrupted hypervisor: the injected instruction exits from guests only',
      source: 'search; HyperSentry slide 8: SMI may hit guest or hypervisor',
    },
    'FULL-FALLBACK-CONTEXT': {
      ...inFallback,
      invariant: 'I-CONTEXT',
      restsOn: ['checkEntry', 'checkCr3', 'boundedFallback', 'refuseOverlap'],
      says: 'the agent runs in host mode with the CR3 known from boot',
    },
    'FULL-FALLBACK-SCRUBFREE': {
      ...inFallback,
      invariant: 'I-SCRUBFREE',
      expect: 'violated',
      says: 'not on a Core 2: a bound that spares the slowest honest exit leaves the fastest one time for a second instruction',
      source: 'FALLBACK-CORE2-HONEST, FALLBACK-CORE2-SCRUBFREE-MOST',
    },
    'FULL-FALLBACK-COMPLETE': {
      ...inFallback,
      invariant: 'I-COMPLETE',
      restsOn: [
        'checkEntry',
        'checkCr3',
        'boundedFallback',
        'refuseOverlap',
        'hashEachTime',
        'checkMapping',
        ['checkExit', 'clearOutput'],
      ],
      says: 'no modification passes',
    },
    'FULL-FALLBACK-OUTPUT': {
      ...inFallback,
      invariant: 'I-OUTPUT',
      restsOn: [
        'checkEntry',
        'checkCr3',
        'boundedFallback',
        'refuseOverlap',
        'hashEachTime',
        'checkMapping',
        ['checkExit', 'clearOutput'],
      ],
      says: 'no output that the agent did not compute',
    },
    'FULL-AGENT-AGENT': {
      ...inAgent,
      invariant: 'I-AGENT',
      restsOn: ['hashEachTime', 'checkMapping', 'blockDma'],
      says: 'what is executed is what was hashed',
    },
    'FULL-AGENT-NOPREEMPT': {
      ...inAgent,
      invariant: 'I-NOPREEMPT',
      restsOn: ['hashEachTime', 'checkMapping', 'gatesInPlace', 'blockDma', ['checkEntry', 'checkCr3']],
      says: 'nobody interrupts it and gains by it',
    },
    'FULL-AGENT-COMPLETE': {
      ...inAgent,
      invariant: 'I-COMPLETE',
      restsOn: [
        'hashEachTime',
        'checkMapping',
        'gatesInPlace',
        'blockDma',
        ['checkExit', 'clearOutput'],
        ['checkEntry', 'checkCr3'],
      ],
      says: 'no modification passes',
    },
    'FULL-AGENT-OUTPUT': {
      ...inAgent,
      invariant: 'I-OUTPUT',
      restsOn: [
        'hashEachTime',
        'checkMapping',
        'gatesInPlace',
        'blockDma',
        ['checkExit', 'clearOutput'],
        ['checkEntry', 'checkCr3'],
      ],
      says: 'no output that the agent did not compute',
    },
    'FULL-BESIDE-FREEZE': {
      ...beside,
      invariant: 'I-FREEZE',
      restsOn: ['failClosed'],
      says: 'no other core does anything',
    },
    'FULL-BESIDE-AGENT': {
      ...beside,
      invariant: 'I-AGENT',
      restsOn: ['failClosed', 'hashEachTime', 'checkMapping'],
      says: 'so none alters the agent',
    },
    'FULL-BESIDE-NOPREEMPT': {
      ...beside,
      invariant: 'I-NOPREEMPT',
      restsOn: ['failClosed', 'hashEachTime', 'checkMapping', 'gatesInPlace', ['checkEntry', 'checkCr3']],
      says: 'or takes the core from it',
    },
    'FULL-BESIDE-SCRUBFREE': {
      ...beside,
      invariant: 'I-SCRUBFREE',
      restsOn: ['failClosed'],
      says: 'or scrubs for the one that is measured',
    },
    'FULL-BESIDE-COMPLETE': {
      ...beside,
      invariant: 'I-COMPLETE',
      restsOn: [
        'failClosed',
        'boundedRendezvous',
        'hashEachTime',
        'checkMapping',
        'gatesInPlace',
        ['checkEntry', 'checkCr3'],
      ],
      says: 'and no modification passes',
    },
    'H-TRANSIENT': {
      ...inAgent,
      capabilities: ['hide'],
      invariant: 'I-TRANSIENT',
      expect: 'violated',
      length: 15,
      says: 'what is taken out before SMI#1 is not found, whatever is defended: slide 19 leaves that to later work',
      source: 'catalogue, H-TRANSIENT',
    },
  },
});
