import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Defence } from '../../../models/hypersentry/invocation/setting.ts';
import type { FieldWrite } from '../../../models/platform/chipset/index.ts';
import { SMI_US } from '../../../models/platform/processor/index.ts';
import { asTheTalkHasIt, fields, hypervisor } from './adversary.ts';
import { withUntried } from './untried.ts';

const { gates, sci } = fields;
const only = (register: FieldWrite['register']): readonly FieldWrite[] =>
  gates.filter((write) => write.register === register);
const deferred = {
  without: asTheTalkHasIt,
  capabilities: hypervisor,
  parameters: { writes: gates },
  expect: 'violated',
  source: 'gap G1; HyperSentry slides 10 to 14 do not consider it',
} as const;
const onlyWithout = (...without: readonly Defence[]): { readonly without: readonly Defence[] } => ({
  without,
});

// Findings of `underwatch scope` outside the scope of locked gates.
const beyond = {
  'behaviour eosWriteZeroClears': 'H-DEFER-BY-EOS, H-STEALTH-BY-EOS',
  'capability cpuMask': 'H-CLGI',
};
const sixteen = { 'cores = 16': 'more states than a trial may take; two cores are tried' };

const inverted = 'H-GPIINV-HARM: the inversion of the input is a gate itself';
const held = {
  ...beyond,
  'behaviour acpiEnGatesSmi': 'H-DEFER-BY-ACPI-EN-GATE',
  'writes GPI_INV.INV': inverted,
};

/** Claims on H-DEFER: hold the genuine trigger back at a gate, hide, let it through. */
export const deferral: Suite = suite({
  id: 'deferral',
  says: 'claimed on slide 17: stealthy invocation is guaranteed by hardware, or fakes are detectable; refuted: the SMI is genuine, and late',
  model: hypersentry,
  claims: withUntried({
    'H-DEFER': {
      ...deferred,
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'claimed on slide 14; refuted: a modified hypervisor masks the pin, hides, unmasks, and is accepted as clean',
    },
    'H-DEFER-ON-SIGHT': {
      ...deferred,
      parameters: { writes: gates, hidesOnSight: true },
      invariant: 'I-COMPLETE',
      length: 11,
      says: 'the same by a hypervisor that hides only once it has seen the trigger: one poll more',
    },
    'H-DEFER-PROMPT': {
      ...deferred,
      parameters: { writes: gates, promptUs: SMI_US.most + 1 },
      invariant: 'I-PROMPT',
      length: 7,
      says: 'the accepted trigger is older than any honest one',
    },
    'H-DEFER-SCRUBFREE': {
      ...deferred,
      invariant: 'I-SCRUBFREE',
      length: 7,
      says: 'hypervisor instructions retire between pin and freeze',
    },
    'H-DEFER-2-CORES': {
      ...deferred,
      parameters: { writes: gates, cores: 2 },
      invariant: 'I-COMPLETE',
      length: 11,
      says: 'the same on two cores',
    },
    'H-DEFER-BY-ALT-GP-SMI-EN': {
      ...deferred,
      parameters: { writes: only('ALT_GP_SMI_EN') },
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'the enable of the pin alone is gate enough; no lock covers it',
    },
    'H-DEFER-BY-GPI-ROUT': {
      ...deferred,
      parameters: { layout: 'series6to9', writes: only('GPI_ROUT') },
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'so is the routing of the pin, because ALT_GP_SMI_STS latches whatever it says (real boards)',
    },
    'H-DEFER-BY-GPI-ROUT-UNLATCHED': {
      ...deferred,
      parameters: { writes: only('GPI_ROUT'), behaviour: { altStsLatchesUnrouted: false } },
      invariant: 'I-COMPLETE',
      expect: 'holds',
      idle: ['ports'],
      leavesOut: {
        'writes ALT_GP_SMI_EN.GPI0': 'H-DEFER-BY-ALT-GP-SMI-EN',
        'writes GPI_INV.INV': inverted,
        'capability cpuMask': 'H-CLGI',
      },
      restsOn: [['checkSmiSts', 'checkAltGpSmiSts']],
      says: 'on a chipset that latches only what is routed to SMI, a closed route loses the trigger instead',
      source:
        'contradiction in the sources (altStsLatchesUnrouted); the boards from ICH9 on latch, of ESB2 nothing is known',
    },
    'H-DEFER-BY-GBL-SMI-EN': {
      ...deferred,
      ...onlyWithout('boundedLatency', 'smiLock'),
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'so is GBL_SMI_EN, if SMI_LOCK is not set, even with the other two gates frozen',
    },
    'H-DEFER-GATES-LOCKED': {
      ...deferred,
      ...onlyWithout('boundedLatency'),
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: ['smiLock', 'restoreDecode', 'gpiGateLock', ['checkSmiSts', 'checkAltGpSmiSts']],
      says: 'with GBL_SMI_EN, ALT_GP_SMI_EN and GPI_ROUT locked, which no chipset can do, and a handler that sets ACPI_EN again, nothing can be held back there, if EOS cannot be cleared by writing 0 and ACPI_EN = 0 stops the decoding alone',
      source: 'gap G1, defence: lock all gates; every other writable field is tried by `underwatch scope`',
      leavesOut: held,
      untried: sixteen,
    },
    'H-DEFER-WITHOUT-SMI-LOCK': {
      ...deferred,
      ...onlyWithout('boundedLatency', 'gpiGateLock', 'smiLock'),
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'SMI_LOCK changes nothing as long as the other gates are open: not even the length of the attack',
    },
    'H-DEFER-BY-BOUND-ALONE': {
      ...deferred,
      ...onlyWithout('checkGle', 'gpiGateLock'),
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'of what the talk leaves off, the signed time of the edge alone stops H-DEFER, and lets no other attack by these fields through',
      source: 'gap G1, defence: bounded trigger-to-handler time',
    },
    'H-DEFER-BOUNDED': {
      ...deferred,
      ...onlyWithout('gpiGateLock', 'smiLock', 'restoreDecode'),
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'a signed time of the edge, checked by the handler, closes it for every writable field, ACPI_EN among them, if it may reject honest triggers as well (BOUND-NONE)',
      source: 'gap G1, defence: bounded trigger-to-handler time',
    },
    'H-DEFER-BOUNDED-WORST-CASE': {
      ...deferred,
      ...onlyWithout('gpiGateLock', 'smiLock', 'restoreDecode'),
      parameters: { writes: gates, behaviour: { eosWriteZeroClears: true, acpiEnGatesSmi: true } },
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'and so it does where EOS can be cleared and ACPI_EN stops the SMIs',
      source: 'gap G1, with what no source settles at its worst',
    },
    'H-CLGI': {
      ...deferred,
      ...onlyWithout('boundedLatency'),
      capabilities: [...hypervisor, 'cpuMask'],
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'every chipset gate locked is not enough if the cores can hold SMIs pending: GIF=0 on AMD, after SENTER on Intel',
      source: 'catalogue, H-CLGI and D-MLE-SMIMASK',
    },
    'H-CLGI-BOUNDED': {
      ...deferred,
      ...onlyWithout('gpiGateLock'),
      capabilities: [...hypervisor, 'cpuMask'],
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'the bound covers that gate too',
      source: 'catalogue, H-CLGI: latency bound',
    },
    'H-DEFER-TO-NEXT': {
      ...deferred,
      parameters: { writes: gates, requests: 2 },
      invariant: 'I-OWN',
      length: 13,
      says: 'a trigger that was held back beyond its own request answers the next one, before that one has been pulsed',
      source: 'HyperSentry slide 18: requests are periodic; found by the search',
    },
    'H-DEFER-TO-NEXT-BOUNDED': {
      ...deferred,
      ...onlyWithout('gpiGateLock'),
      parameters: { writes: gates, requests: 2 },
      invariant: 'I-OWN',
      expect: 'holds',
      restsOn: ['boundedLatency', 'solicitedOnly'],
      says: 'the bound on the age of the edge refuses it, as long as the verifier takes only what it asked for',
      source: 'gap G1, defence: bounded trigger-to-handler time',
    },
    'H-DEFER-TO-NEXT-UNSOLICITED': {
      ...deferred,
      ...onlyWithout('gpiGateLock', 'solicitedOnly'),
      parameters: { writes: gates, requests: 2 },
      invariant: 'I-OWN',
      length: 10,
      says: 'if it takes any measurement, one that was made after the request had run out answers the next request',
      source: 'search',
    },
    'H-STEALTH': {
      ...deferred,
      invariant: 'I-STEALTH',
      length: 4,
      says: 'claimed on slide 17; refuted: behind a closed gate the hypervisor reads the latch at its leisure',
      source: 'gap G1; HyperSentry slide 4: measurement is triggered stealthily',
    },
    'H-STEALTH-GATES-LOCKED': {
      ...deferred,
      ...onlyWithout('boundedLatency'),
      invariant: 'I-STEALTH',
      expect: 'holds',
      restsOn: ['smiLock', 'restoreDecode', 'gpiGateLock'],
      says: 'with these gates locked and ACPI_EN set again by the handler there is no time to read anything in, if EOS cannot be cleared by writing 0 and ACPI_EN = 0 stops the decoding alone',
      source: 'HyperSentry slide 4; every other writable field is tried by `underwatch scope`',
      leavesOut: beyond,
      untried: sixteen,
    },
    'H-SHADOW-SCRUBFREE': {
      ...deferred,
      ...onlyWithout('boundedLatency'),
      capabilities: [...hypervisor, 'shadow'],
      parameters: { writes: [] },
      invariant: 'I-SCRUBFREE',
      length: 6,
      says: 'with nothing to write at all an STI in flight makes room for one instruction more',
      source: 'SDM vol. 3B, 25.2; catalogue, I-SCRUBFREE: +1 after STI or MOV SS',
    },
    'H-SHADOW-HARMLESS': {
      ...deferred,
      ...onlyWithout('boundedLatency'),
      capabilities: [...hypervisor, 'shadow'],
      invariant: 'I-COMPLETE',
      expect: 'holds',
      leavesOut: held,
      restsOn: ['smiLock', 'restoreDecode', 'gpiGateLock', ['checkSmiSts', 'checkAltGpSmiSts']],
      says: 'which is too little to hide in, with the gates locked',
      source: 'SDM vol. 3B, 25.2',
    },
    'H-REROUTE-SCI': {
      ...deferred,
      capabilities: ['ports', 'config', 'hide'],
      parameters: { writes: [...only('GPI_ROUT'), ...sci] },
      invariant: 'I-STEALTH',
      length: 6,
      says: 'routed to SCI, the pin interrupts the hypervisor itself',
      source: 'HyperSentry slide 11; 6 series datasheet, GPI_ROUT',
    },
    'H-REROUTE-SCI-DEFER': {
      ...deferred,
      capabilities: ['ports', 'config', 'hide'],
      parameters: { writes: [...only('GPI_ROUT'), ...sci], hidesOnSight: true },
      invariant: 'I-COMPLETE',
      length: 13,
      says: 'and it may hide on that interrupt and route the pin back',
      source: 'gap G1 through the SCI route',
    },
  }),
});
