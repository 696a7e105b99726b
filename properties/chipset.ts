import { suite, type Suite } from 'underwatch';
import { chipset } from '../models/platform/chipset/model.ts';
import { INPUT_SCOPE, LOCK_SCOPE, TIMER_SCOPE } from '../models/platform/chipset/scope.ts';

const locks = { parameters: LOCK_SCOPE, expect: 'holds' } as const;
const input = { parameters: INPUT_SCOPE, expect: 'holds' } as const;
const pin = { expect: 'holds' } as const;

/**
 * What the datasheets say of the registers themselves, for every sequence of writes, pins, timers and resets.
 */
export const chipsetLaws: Suite = suite({
  id: 'chipset',
  says: 'the register laws on which every argument about SMIs rests',
  model: chipset,
  claims: {
    'I-W1C': {
      ...pin,
      invariant: 'I-W1C',
      says: 'writing a status register sets no bit in it',
      source: 'ICH4 datasheet, SMI_STS; slide 14: status registers are non-writable',
    },
    'I-SUMMARY': {
      ...pin,
      invariant: 'I-SUMMARY',
      says: 'SMI_STS bit 10 is the sum of the GPIs that are latched, enabled and routed',
      source: 'ICH4 datasheet; confirmed on six boards',
    },
    'I-SUMMARY-GPE0': {
      ...input,
      invariant: 'I-SUMMARY-GPE0',
      says: 'SMI_STS bit 9 is the sum of the general purpose events that are set and enabled',
      source: 'ICH4 datasheet; boards with GPE0_STS set and bit 9 clear',
    },
    'I-INPUT': {
      ...input,
      invariant: 'I-INPUT',
      says: 'GP_IO_SEL is a gate of the pin: an output does not latch, whatever is driven or inverted',
      source: '6 series datasheet, ALT_GP_SMI_STS: active as an input; confirmed on six boards',
    },
    'I-EOS': {
      ...pin,
      invariant: 'I-EOS',
      says: 'no second SMI before End Of SMI',
      source: '500 series datasheet, SMI generation',
    },
    'I-PENDING': {
      ...pin,
      invariant: 'I-PENDING',
      says: 'what waits behind a gate is sent when the gate opens',
      source: '500 series datasheet, SMI generation',
    },
    'I-PENDING-ONCE': {
      ...pin,
      invariant: 'I-PENDING-ONCE',
      says: 'and it is sent once',
      source: '500 series datasheet, SMI generation',
    },
    'I-NOEN': {
      ...pin,
      invariant: 'I-NOEN',
      says: 'a GPI that is not routed and enabled raises nothing',
      source: '6 series datasheet, SMI causes',
    },
    'I-ROUTEX': {
      ...pin,
      invariant: 'I-ROUTEX',
      says: 'a GPI is an SMI or an SCI, never both',
      source: '6 series datasheet, GPI_ROUT',
    },
    'I-DLCK': {
      ...pin,
      invariant: 'I-DLCK',
      says: 'locked SMRAM is closed',
      source: '3200 and 5000P MCH datasheets, SMRAMC',
    },
    'I-OPENCLOSE': {
      invariant: 'I-OPENCLOSE',
      expect: 'violated',
      length: 2,
      says: 'nothing but good manners keeps software from opening and closing SMRAM at once',
      source: '3200 MCH datasheet: D_OPEN and D_CLS must not both be 1',
    },
    'I-FROZEN': {
      ...pin,
      invariant: 'I-FROZEN',
      says: 'SMI_LOCK freezes GBL_SMI_EN',
      source: 'coreboot, CHIPSEC; QEMU agrees',
    },
    'I-LOCKMONO': {
      ...pin,
      invariant: 'I-LOCKMONO',
      says: 'SMI_LOCK and D_LCK yield only to a reset',
      source: 'coreboot, CHIPSEC, 3200 datasheet',
    },
    'I-FROZEN-TCO': {
      ...locks,
      invariant: 'I-FROZEN',
      says: 'TCO_LOCK freezes TCO_EN',
      source: 'Lynx Point reference header; QEMU agrees',
    },
    'I-LOCKMONO-OTHERS': {
      ...locks,
      invariant: 'I-LOCKMONO',
      says: 'TCO_LOCK, ACPI_BASE_LOCK and TSEGMB.LOCK yield only to a reset',
      source: 'coreboot, CHIPSEC',
    },
    'I-SWTMR': {
      parameters: TIMER_SCOPE,
      invariant: 'I-SWTMR',
      expect: 'holds',
      says: 'a software SMI timer that was not started, was stopped or is over sets no status',
      source: '6 series datasheet, SWSMI_TMR_EN and SWSMI_TMR_STS',
    },
    'I-REVIVE': {
      ...pin,
      invariant: 'I-REVIVE',
      says: 'SMIs can be had again from every state, at the price of a reset',
      source: 'search; coreboot and CHIPSEC: locks yield to a reset',
    },
    'I-REVIVE-WITHOUT-RESET': {
      parameters: { reset: false },
      invariant: 'I-REVIVE',
      expect: 'violated',
      length: 2,
      says: 'without a reset two writes end SMIs for good: SMI_LOCK holds a GBL_SMI_EN of 0 as firmly as a 1',
      source: 'search; I-FROZEN, which holds for either value of GBL_SMI_EN',
    },
  },
});
