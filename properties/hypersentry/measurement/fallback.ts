import { suite, type Suite } from 'underwatch';
import { measurement } from '../../../models/hypersentry/measurement/model.ts';
import type { MeasurementDefence } from '../../../models/hypersentry/measurement/setting.ts';

// Half of a round trip of 3963 cycles at 3 GHz each way, and 100 ns for an instruction whose fetch misses.
const vmExitNs = 660;
const vmEntryNs = 660;
const instructionNs = 100;
const scrubNs = 1000;
const numbers = { processor: 'prescott', vmExitNs, vmEntryNs, instructionNs, scrubNs } as const;

const exits = ['vmcs', 'hide', 'apic', 'jump'] as const;
const attack = {
  capabilities: exits,
  parameters: numbers,
  expect: 'violated',
  source: 'gap G5; HyperSentry slides 8 and 9 do not consider it',
} as const;
const forging = { ...attack, capabilities: [...exits, 'vmEntry'] } as const;
const bounded = (boundNs: number) => ({ parameters: { ...numbers, boundNs } }) as const;
const but = (
  ...without: readonly MeasurementDefence[]
): { readonly without: readonly MeasurementDefence[] } => ({ without });

/**
 * Claims on H-FALLBACK-INTERCEPT: the hypervisor owns the VM-exit controls, and the code that follows a VM
 * exit.
 */
export const fallback: Suite = suite({
  id: 'fallback',
  says: 'slide 9: a cache miss right after the VM exit brings SMI#2; refuted: the VM exit itself can stop the counter',
  model: measurement,
  claims: {
    'H-FALLBACK-INTERCEPT': {
      ...attack,
      ...but('boundedFallback'),
      invariant: 'I-COMPLETE',
      length: 18,
      says: 'the exit stops the counter; the hypervisor hides, sends itself an SMI, jumps to the host entry, and is taken for SMI#2',
    },
    'H-FALLBACK-INTERCEPT-SCRUBFREE': {
      ...attack,
      ...but('boundedFallback'),
      invariant: 'I-SCRUBFREE',
      length: 10,
      says: 'any number of instructions retire between SMI#1 and SMI#2',
    },
    'H-FALLBACK-MISSING': {
      ...attack,
      capabilities: ['vmcs'],
      invariant: 'I-ALARM',
      expect: 'holds',
      restsOn: ['verifierDeadline'],
      says: 'if it leaves it at that, SMI#2 never comes, and the verifier misses an output',
      source: 'gap G5, defence: a missing SMI#2 is a failure',
    },
    'H-FALLBACK-MISSING-UNNOTICED': {
      ...attack,
      ...but('verifierDeadline'),
      capabilities: ['vmcs'],
      invariant: 'I-DECIDABLE',
      length: 6,
      says: 'without a deadline it waits for ever',
    },
    'H-FALLBACK-SCRUB-BOUND': {
      ...attack,
      ...bounded(vmExitNs + scrubNs + 2 * instructionNs - 1),
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: ['checkEntry', 'checkCr3', 'boundedFallback', 'refuseOverlap'],
      says: 'hiding needs an exit, the time to hide, the SMI and the jump; a bound of one nanosecond less is enough against it',
    },
    'H-FALLBACK-SCRUB-BOUND-TOO-LAX': {
      ...attack,
      ...bounded(vmExitNs + scrubNs + 2 * instructionNs),
      invariant: 'I-COMPLETE',
      length: 18,
      says: 'that nanosecond more is not',
    },
    'H-FALLBACK-SCRUB-ENTRY-UNCHECKED': {
      ...attack,
      ...but('checkEntry'),
      parameters: { ...numbers, overflowsEarly: false, boundNs: vmExitNs + scrubNs + instructionNs },
      invariant: 'I-COMPLETE',
      length: 17,
      says: 'against hiding, the check of RIP is worth one instruction: the jump',
    },
    'H-FALLBACK-SCRUB-ENTRY-UNCHECKED-BOUND': {
      ...attack,
      ...but('checkEntry'),
      parameters: { ...numbers, overflowsEarly: false, boundNs: vmExitNs + scrubNs + instructionNs - 1 },
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: ['checkCr3', 'boundedFallback'],
      says: 'the other side of that threshold',
    },
    'H-FALLBACK-FORGED-GUEST': {
      ...forging,
      ...bounded(vmExitNs + vmEntryNs),
      invariant: 'I-CONTEXT',
      length: 10,
      says: "RIP and CR3 say nothing of VMX root mode: a VM entry to the host entry's address, with the hypervisor's CR3 over nested paging, passes",
      source: 'search; SDM 34.14.1: root or non-root is kept inside the processor',
    },
    'H-FALLBACK-FORGED-GUEST-BOUND': {
      ...forging,
      ...bounded(vmExitNs + vmEntryNs - 1),
      invariant: 'I-CONTEXT',
      expect: 'holds',
      restsOn: ['checkEntry', 'checkCr3', 'boundedFallback', 'refuseOverlap'],
      says: 'so the bound has to be below one VM exit and one VM entry, whatever hiding takes',
      source: 'search',
    },
    'H-FALLBACK-FORGED-GUEST-HARM': {
      ...forging,
      ...but('boundedFallback'),
      invariant: 'I-COMPLETE',
      length: 16,
      says: 'the agent then measures what nested paging shows it',
      source: 'search',
    },
    'H-FALLBACK-SCRUBFREE-BOUND': {
      ...forging,
      ...bounded(vmExitNs + 2 * instructionNs - 1),
      invariant: 'I-SCRUBFREE',
      expect: 'holds',
      restsOn: ['boundedFallback'],
      says: 'for no more than one instruction to retire, the bound must not leave room for two',
      source: 'gap G5',
    },
    'H-FALLBACK-SCRUBFREE-BOUND-TOO-LAX': {
      ...forging,
      ...bounded(vmExitNs + 2 * instructionNs),
      invariant: 'I-SCRUBFREE',
      length: 10,
      says: 'the other side of that threshold',
      source: 'gap G5',
    },
    'H-FALLBACK-BOUND-HONEST': {
      ...attack,
      ...bounded(vmExitNs + instructionNs),
      capabilities: [],
      parameters: { ...numbers, kernel: 'genuine', boundNs: vmExitNs + instructionNs },
      invariant: 'I-NOFALSEALARM',
      expect: 'holds',
      restsOn: ['checkEntry'],
      says: 'an honest machine needs an exit and the instruction in flight; how far its times differ is what `processors` is about',
      source: 'search',
    },
    'H-FALLBACK-BOUND-TOO-TIGHT': {
      ...attack,
      capabilities: [],
      parameters: { ...numbers, kernel: 'genuine', boundNs: vmExitNs + instructionNs - 1 },
      invariant: 'I-NOFALSEALARM',
      length: 10,
      says: 'and a bound below that reports it',
      source: 'search',
    },
    'H-FALLBACK-TSC': {
      ...attack,
      capabilities: [...exits, 'tsc'],
      parameters: { ...numbers, clock: 'TSC' },
      invariant: 'I-COMPLETE',
      length: 19,
      says: 'a bound that is measured with the time-stamp counter is none: WRMSR sets it',
      source: 'search; SDM vol. 3, IA32_TIME_STAMP_COUNTER is writable',
    },
    'H-FALLBACK-DECOY': {
      ...attack,
      ...but('checkCr3'),
      invariant: 'I-COMPLETE',
      length: 16,
      says: 'in no time at all: HOST_CR3 leads to clean copies, HOST_RIP to a jump to the known entry, and the jump is the one instruction in flight',
      source: 'search; gap G5 has RIP and the bound as the defence',
    },
    'H-FALLBACK-EARLY-GUEST': {
      ...attack,
      ...but('checkEntry'),
      invariant: 'I-CONTEXT',
      length: 8,
      says: 'the flush makes the injected instruction miss, too: without the check of RIP an SMI#2 that comes then finds a guest with that CR3',
      source: 'search; SDM vol. 3, performance counters count in guests as well',
    },
    'H-FALLBACK-EARLY-PRESET': {
      ...forging,
      ...but('checkEntry'),
      parameters: { ...numbers, overflowsEarly: false },
      invariant: 'I-CONTEXT',
      expect: 'holds',
      restsOn: ['checkCr3', 'boundedFallback'],
      says: 'redundant, if the preset lets that one miss pass, with CR3 and the bound',
      source: 'search',
    },
    'H-FALLBACK-OVERLAP': {
      ...attack,
      ...but('refuseOverlap'),
      invariant: 'I-CONTEXT',
      length: 8,
      says: 'a guest whose code lies at the address of the host entry: the injected instruction is where SMI#2 wants to see RIP',
      source: 'search',
    },
    'H-FALLBACK-OVERLAP-PRESET': {
      ...forging,
      ...but('refuseOverlap'),
      parameters: { ...numbers, overflowsEarly: false },
      invariant: 'I-CONTEXT',
      expect: 'holds',
      restsOn: ['checkCr3', 'boundedFallback'],
      says: 'that too needs a counter that overflows at the injected instruction',
      source: 'search',
    },
  },
});
