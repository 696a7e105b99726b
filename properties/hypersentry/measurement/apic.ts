import { suite, type Suite } from 'underwatch';
import { measurement } from '../../../models/hypersentry/measurement/model.ts';
import type { ApicWrite, MeasurementDefence } from '../../../models/hypersentry/measurement/setting.ts';

const field = (
  register: ApicWrite['register'],
  name: string,
  ...values: readonly number[]
): readonly ApicWrite[] => values.map((value) => ({ register, field: name, value }));
const globalEnable = field('IA32_APIC_BASE', 'EN', 0, 1);
const base = field('IA32_APIC_BASE', 'BASE', 0xfed00, 0xfee00);
const softwareEnable = field('SVR', 'EN', 0, 1);
const entry = [...field('LVT_PMC', 'MASK', 0, 1), ...field('LVT_PMC', 'MODE', 0b010, 0b100)];
const priority = field('TPR', 'PRIORITY', 0, 0xff);
const all = [...globalEnable, ...base, ...softwareEnable, ...entry, ...priority];

const but = (
  ...without: readonly MeasurementDefence[]
): { readonly without: readonly MeasurementDefence[] } => ({ without });
const scope = (...writes: readonly (readonly ApicWrite[])[]) =>
  ({ parameters: { apicWrites: writes.flat() } }) as const;
const slide = 'HyperSentry slide 6: how to prevent or detect intervention, "reprogram APIC"';
const common = { capabilities: ['lapic', 'apic', 'jump', 'hide'], source: slide } as const;
const open = { ...common, ...but('boundedFallback', 'ownsApic'), invariant: 'I-COMPLETE' } as const;

/**
 * Claims on slide 6's own example, reprogramming the APIC, against SMI#2 of slide 9, which the local APIC is
 * to send.
 */
export const apicSuite: Suite = suite({
  id: 'apic',
  says: 'slide 6: the hypervisor may reprogram the APIC; slide 9: the APIC sends SMI#2',
  model: measurement,
  claims: {
    'H-APIC-SVR': {
      ...open,
      ...scope(softwareEnable),
      expect: 'violated',
      length: 19,
      says: 'with SVR.EN clear the LVT entry that SMI#1 programs stays masked: the overflow brings nothing, the hypervisor hides, and an SMI of its own at the host entry passes for SMI#2',
    },
    'H-APIC-GLOBAL': {
      ...open,
      ...scope(globalEnable),
      expect: 'violated',
      length: 20,
      says: 'with IA32_APIC_BASE.EN clear there is no APIC to program; it is enabled again to send the SMI',
    },
    'H-APIC-BASE': {
      ...open,
      ...scope(base),
      expect: 'violated',
      length: 19,
      says: 'with the registers moved, what SMI#1 stores at FEE00340h goes to memory',
    },
    'H-APIC-LVT': {
      ...open,
      ...scope(entry),
      idle: ['apic', 'jump'],
      expect: 'holds',
      restsOn: [['checkEntry', 'checkCr3']],
      says: 'masking the entry beforehand, or another delivery mode, is undone by SMI#1, and afterwards it is too late',
    },
    'H-APIC-TPR': {
      ...open,
      ...scope(priority),
      idle: ['apic', 'jump'],
      expect: 'holds',
      restsOn: [['checkEntry', 'checkCr3']],
      says: 'the task priority keeps no SMI back',
      source: 'SDM vol. 3A, 10.8.3.1: SMIs, NMIs and INIT pass by IRR and ISR',
    },
    'H-APIC-SCRUBFREE': {
      ...open,
      ...scope(softwareEnable),
      invariant: 'I-SCRUBFREE',
      expect: 'violated',
      length: 11,
      says: 'any number of instructions retire between SMI#1 and what passes for SMI#2',
    },
    'H-APIC-OWNED': {
      ...open,
      ...but('boundedFallback'),
      ...scope(all),
      idle: ['apic', 'jump'],
      expect: 'holds',
      restsOn: ['ownsApic', ['checkEntry', 'checkCr3']],
      says: 'a handler that sets IA32_APIC_BASE and SVR before it programs the entry closes it, without any bound',
      source: 'found by the search; SMI#1 runs on the very core, whose MSR nobody else can write',
    },
    'H-APIC-BOUNDED': {
      ...open,
      ...but('ownsApic'),
      ...scope(all),
      expect: 'holds',
      restsOn: ['boundedFallback', ['checkEntry', 'checkCr3']],
      says: 'so does the bound on the time from SMI#1 to SMI#2',
      source: 'gap G5, defence: bounded fallback',
    },
    'H-APIC-MISSING': {
      ...common,
      ...but('ownsApic'),
      ...scope(softwareEnable),
      capabilities: ['lapic'],
      invariant: 'I-ALARM',
      expect: 'holds',
      restsOn: ['verifierDeadline'],
      says: 'if it leaves it at that, SMI#2 never comes, and the verifier misses an output',
    },
    'H-APIC-MISSING-UNNOTICED': {
      ...common,
      ...but('ownsApic', 'verifierDeadline'),
      ...scope(softwareEnable),
      capabilities: ['lapic'],
      invariant: 'I-DECIDABLE',
      expect: 'violated',
      length: 2,
      says: 'without a deadline it waits for ever',
    },
    'H-APIC-NO-IPI': {
      ...open,
      ...scope(field('IA32_APIC_BASE', 'EN', 0)),
      idle: ['apic'],
      expect: 'holds',
      restsOn: [['checkEntry', 'checkCr3']],
      says: 'who disables it globally and cannot enable it again sends no SMI of his own either',
      source: 'SDM vol. 3A, 10.4.3: on the 3-wire bus only a reset enables it again',
    },
  },
});
