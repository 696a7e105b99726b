import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../models/hypersentry/model.ts';
import { asTheTalkHasIt, fields, hypervisor } from './adversary.ts';

const { gates, inversion } = fields;
const pch = { layout: 'series6to9', writes: [...gates, ...inversion] } as const;
const enableOnly = gates.filter(({ register }) => register === 'ALT_GP_SMI_EN');
const withDevice = { capabilities: ['ports', 'apic', 'hide', 'device'], parameters: { writes: enableOnly } } as const;

/** Triggers that nobody asked for, and registers that are not the chipset's. */
export const fabrication: Suite = suite({
  id: 'fabrication',
  says: 'claimed on slide 14: the status registers are non-writable, so only the BMC can make the picture; refuted in three ways',
  model: hypersentry,
  claims: {
    'H-GPIINV': {
      invariant: 'I-ORIGIN',
      without: [...asTheTalkHasIt, 'gpioLockdown'],
      capabilities: hypervisor,
      parameters: pch,
      expect: 'violated',
      length: 3,
      says: 'inverting the input sets the latch without the BMC',
      source: 'gap G2; GPI_INV feeds the latches on all six real boards',
    },
    'H-GPIINV-ESB2': {
      invariant: 'I-ORIGIN',
      without: asTheTalkHasIt,
      capabilities: hypervisor,
      parameters: { writes: [...gates, ...inversion] },
      expect: 'violated',
      length: 3,
      says: "on HyperSentry's own chipset class there is no GPIO lockdown to set",
      source: 'gap G2; GLE exists from the PCH on',
    },
    'H-GPIINV-LOCKED': {
      invariant: 'I-ORIGIN',
      without: asTheTalkHasIt,
      capabilities: hypervisor,
      parameters: pch,
      expect: 'holds',
      says: 'GPIO lockdown closes it',
      source: 'gap G2, defence: GLE',
    },
    'H-GPIINV-HARM': {
      invariant: 'I-COMPLETE',
      without: ['gpioLockdown', 'boundedLatency'],
      capabilities: hypervisor,
      parameters: pch,
      expect: 'violated',
      length: 10,
      says: 'and without it, a deferred trigger is possible even with all gates locked: the inversion is a gate itself',
      source: 'found by the search; not in the catalogue',
    },
    'H-GPIINV-BOUNDED': {
      invariant: 'I-ORIGIN',
      without: ['gpioLockdown', 'gpiGateLock'],
      capabilities: hypervisor,
      parameters: pch,
      expect: 'violated',
      length: 8,
      says: 'the bound does not restore the origin: after a genuine pulse the handler accepts an inversion that follows within the bound',
      source: 'found by the search; not in the catalogue',
    },
    'H-BMC-INBAND': {
      invariant: 'I-ORIGIN',
      without: [...asTheTalkHasIt, 'bmcRefusesInBand'],
      capabilities: [...hypervisor, 'kcs'],
      parameters: { writes: gates },
      expect: 'violated',
      length: 4,
      says: 'a watchdog pre-timeout armed over KCS pulses the very pin',
      source: 'gap G3; IPMI Set Watchdog Timer, pre-timeout interrupt 001b',
    },
    'H-BMC-INBAND-REFUSED': {
      invariant: 'I-ORIGIN',
      without: asTheTalkHasIt,
      capabilities: [...hypervisor, 'kcs'],
      parameters: { writes: gates },
      expect: 'holds',
      says: 'a BMC that refuses the command closes it',
      source: 'gap G3, defence: dedicated pin or firewall',
    },
    'H-BMC-INBAND-UNSOLICITED': {
      invariant: 'I-COMPLETE',
      without: ['boundedLatency', 'bmcRefusesInBand', 'solicitedOnly'],
      capabilities: [...hypervisor, 'kcs'],
      parameters: { writes: gates },
      expect: 'violated',
      length: 10,
      says: 'if the verifier also takes a measurement that it did not ask for, the harm is complete: measured while hidden, reported later',
      source: 'gap G3; catalogue: only useful if the verifier accepts unsolicited measurements',
    },
    'H-PMBASE': {
      invariant: 'I-ORIGIN',
      without: [...asTheTalkHasIt, 'acpiBaseLock', 'rereadBase'],
      ...withDevice,
      expect: 'violated',
      length: 9,
      says: 'the block is moved away, a device answers at the old address, and the handler believes it',
      source: 'gap G8',
    },
    'H-PMBASE-LOCKED': {
      invariant: 'I-ORIGIN',
      without: [...asTheTalkHasIt, 'rereadBase'],
      ...withDevice,
      expect: 'holds',
      says: 'ACPI_BASE_LOCK closes it',
      source: 'gap G8, defence: ACPI_BASE_LOCK',
    },
    'H-PMBASE-REREAD': {
      invariant: 'I-ORIGIN',
      without: [...asTheTalkHasIt, 'acpiBaseLock'],
      ...withDevice,
      expect: 'holds',
      says: 'so does a handler that reads the base again',
      source: 'gap G8, defence: re-read the base through CF8h/CFCh',
    },
  },
});
