import { suite, type ClaimSpec, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Defence, Parameters } from '../../../models/hypersentry/invocation/setting.ts';
import type { FieldWrite, RegisterName } from '../../../models/platform/chipset/index.ts';
import { asTheTalkHasIt, fields, hypervisor } from './adversary.ts';
import { withUntried } from './untried.ts';

type Spec = ClaimSpec<Parameters, Defence, keyof typeof hypersentry.invariants>;

const { gates, apm, otherGpi } = fields;
const out = (register: RegisterName, field: string, ...values: readonly number[]): readonly FieldWrite[] =>
  values.map((value) => ({ register, field, value }));
const pinGates = gates.filter(({ register }) => register !== 'SMI_EN');
const common = { without: asTheTalkHasIt, capabilities: hypervisor, invariant: 'I-PICTURE' } as const;
const slide14 = 'HyperSentry slide 14: measurement is invoked only if all other bits are 0';

/**
 * A source of SMIs other than the pin: its bit in SMI_STS, by the datasheet's number, and how it is caused.
 */
interface Other {
  readonly bit: number;
  readonly says: string;
  readonly parameters: Partial<Parameters>;
  /** The length of the attack in which a trigger beside it is accepted, where the handler ignores the bit. */
  readonly length: number;
}

const GPE0_EVENT = 0x0004;

/** The sources of slide 13, by the bit of SMI_STS that tells of each, and other causes of a bit there. */
const OTHERS: { readonly [name: string]: Other } = {
  'GBL-RLS': {
    bit: 2,
    says: 'GBL_RLS with BIOS_EN',
    parameters: {
      writes: [
        ...pinGates,
        ...out('SMI_EN', 'BIOS_EN', 0, 1),
        ...out('PM1_CNT', 'GBL_RLS', 1),
        ...out('SMI_STS', 'BIOS_STS', 1),
      ],
    },
    length: 6,
  },
  SLEEP: {
    bit: 4,
    says: 'SLP_EN with SLP_SMI_EN',
    parameters: {
      writes: [...pinGates, ...out('PM1_CNT', 'SLP_EN', 1), ...out('SMI_STS', 'SLP_SMI_STS', 1)],
    },
    length: 5,
  },
  APM: {
    bit: 5,
    says: 'a write to port B2h with APMC_EN',
    parameters: { writes: [...pinGates, ...apm] },
    length: 5,
  },
  'TIMER-SOFTWARE': {
    bit: 6,
    says: 'the software SMI timer, once SWSMI_TMR_EN has started it,',
    parameters: {
      writes: [...pinGates, ...out('SMI_EN', 'SWSMI_TMR_EN', 0, 1), ...out('SMI_STS', 'SWSMI_TMR_STS', 1)],
      timers: ['software'],
    },
    length: 6,
  },
  PM1: {
    bit: 8,
    says: 'an overflow of the power management timer, enabled or not,',
    parameters: {
      registers: { PM1_STS: 0x0001 },
      writes: [...pinGates, ...out('PM1_STS', 'TMROF_STS', 1)],
    },
    length: 4,
  },
  GPE0: {
    bit: 9,
    says: 'a general purpose event that is enabled in GPE0_EN',
    parameters: {
      registers: { GPE0_STS: GPE0_EVENT, PM1_CNT: 0x0001 },
      writes: [...pinGates, ...out('GPE0_EN', 'EVENTS', 0, GPE0_EVENT), ...out('PM1_CNT', 'SCI_EN', 0, 1)],
    },
    length: 5,
  },
  'TIMER-TCO': {
    bit: 13,
    says: 'TCO_DAT_IN and the TCO timer',
    parameters: { writes: [...pinGates, ...out('TCO_DAT_IN', 'TCO_DAT_IN_VALUE', 1)], timers: ['tco'] },
    length: 5,
  },
  'TIMER-PERIODIC': {
    bit: 14,
    says: 'the periodic timer, enabled or not,',
    parameters: {
      writes: [...pinGates, ...out('SMI_EN', 'PERIODIC_EN', 0, 1), ...out('SMI_STS', 'PERIODIC_STS', 1)],
      timers: ['periodic'],
    },
    length: 5,
  },
  'GPIO-UNLOCK': {
    bit: 27,
    says: 'lifting GPIO lockdown',
    parameters: {
      layout: 'series6to9',
      writes: [...pinGates, ...out('GPIO_CNTL', 'GLE', 0), ...out('SMI_STS', 'GPIO_UNLOCK_SMI_STS', 1)],
    },
    length: 5,
  },
};

/** Sources that slide 13 does not name, with the ports and timers that they take (suite other-sources). */
const FURTHER: { readonly [name: string]: Other } = {
  MCSMI: {
    bit: 11,
    says: 'an access to port 62h with MCSMI_EN',
    parameters: { ports: [0x62], writes: [...pinGates, ...out('SMI_EN', 'MCSMI_EN', 0, 1)] },
    length: 5,
  },
  RTC: {
    bit: 8,
    says: 'the alarm of the RTC where PM1_EN enables it',
    parameters: {
      timers: ['rtc'],
      writes: [...pinGates, ...out('PM1_EN', 'RTC_EN', 0, 1), ...out('PM1_CNT', 'SCI_EN', 0, 1)],
    },
    length: 5,
  },
  SWGPE: {
    bit: 9,
    says: 'SWGPE_CTRL, which sets GPE0_STS bit 2, where GPE0_EN enables it',
    parameters: {
      writes: [
        ...pinGates,
        ...out('GPE_CNTL', 'SWGPE_CTRL', 0, 1),
        ...out('GPE0_EN', 'EVENTS', 0, GPE0_EVENT),
        ...out('PM1_CNT', 'SCI_EN', 0, 1),
      ],
    },
    length: 6,
  },
  SMBUS: {
    bit: 16,
    says: 'an SMI message to the SMBus slave, which nothing enables,',
    parameters: { timers: ['smbus'], writes: pinGates },
    length: 5,
  },
  IOTRAP: {
    bit: 21,
    says: 'an access to a port that IOTR0 traps',
    parameters: {
      ports: [0x80],
      writes: [...pinGates, ...out('IOTR0', 'IOAD', 0x80 >> 2), ...out('IOTR0', 'TRSE', 0, 1)],
    },
    length: 7,
  },
};

const both = (name: string, { bit, length, parameters, says }: Other): { readonly [id: string]: Spec } => ({
  [`PICTURE-${name}`]: {
    ...common,
    parameters,
    expect: 'holds',
    restsOn: ['checkSmiSts'],
    says: `${says} sets SMI_STS bit ${bit}, and no trigger is accepted beside it`,
    source: slide14,
  },
  [`PICTURE-${name}-IGNORED`]: {
    ...common,
    parameters: { ...parameters, ignoredSmiSts: 2 ** bit },
    expect: 'violated',
    length,
    says: `bit ${bit} decides that: a handler that looks at all bits but this one accepts`,
    source: slide14,
  },
});

const GPI_STS = 1 << 10;
const holds = { ...common, expect: 'holds' } as const;
const breaks = (...without: readonly Defence[]) =>
  ({ ...common, without: [...asTheTalkHasIt, ...without], expect: 'violated' }) as const;

/**
 * Claims on the picture of slide 14, bit by bit and check by check: the purpose of each, and the attack
 * without it.
 */
export const picture: Suite = suite({
  id: 'picture',
  says: 'slide 14, bit by bit and check by check: each holds with it, and is attacked without it alone',
  model: hypersentry,
  claims: withUntried({
    ...Object.fromEntries(
      Object.entries({ ...OTHERS, ...FURTHER }).flatMap(([name, other]) => Object.entries(both(name, other))),
    ),
    'PICTURE-GPE0-DISABLED': {
      ...common,
      invariant: 'I-HONEST-RUN',
      capabilities: [],
      parameters: { kernel: 'genuine', registers: { GPE0_STS: GPE0_EVENT } },
      expect: 'holds',
      restsOn: [],
      says: 'an event that GPE0_EN does not enable leaves bit 9 alone: the trigger is accepted',
      source: 'ICH4 datasheet, SMI_STS bit 9; boards with GPE0_STS set and bit 9 clear',
    },
    'PICTURE-GPE0-ENABLED': {
      ...common,
      invariant: 'I-HONEST-RUN',
      capabilities: [],
      parameters: {
        kernel: 'genuine',
        registers: { GPE0_STS: GPE0_EVENT, GPE0_EN: GPE0_EVENT, PM1_CNT: 0x0001 },
      },
      expect: 'violated',
      says: 'one that it enables keeps an honest machine from being measured, until someone clears it',
      source: 'search; ICH4 datasheet, SMI_STS bit 9',
    },
    'PICTURE-OTHERGPI': {
      ...holds,
      restsOn: ['checkAltGpSmiSts', ['checkSmiEn', 'smiLock'], ['checkAltGpSmiEn', 'checkSmiSts']],
      parameters: { writes: [...gates, ...otherGpi], otherGpis: [1] },
      says: 'another pin sets bit 1 of ALT_GP_SMI_STS and nothing else that is looked at; no trigger is accepted beside it',
      source: slide14,
    },
    'PICTURE-OTHERGPI-UNCHECKED': {
      ...breaks('checkAltGpSmiSts'),
      parameters: { writes: [...gates, ...otherGpi], otherGpis: [1] },
      length: 5,
      says: 'the check of ALT_GP_SMI_STS decides that: SMI_STS is the same for all pins',
      source: slide14,
    },
    'PICTURE-APM-UNCHECKED': {
      ...breaks('checkSmiSts'),
      parameters: { writes: [...pinGates, ...apm] },
      length: 5,
      says: 'the check of SMI_STS decides about every other source: ALT_GP_SMI_STS does not show them',
      source: slide14,
    },
    'PICTURE-GBL-SMI-EN': {
      ...holds,
      restsOn: ['checkSmiEn', ['checkSmiSts', 'checkAltGpSmiSts']],
      without: [...asTheTalkHasIt, 'smiLock'],
      parameters: { writes: gates },
      says: 'with GBL_SMI_EN free, an SMI that comes while it is 0 is not accepted',
      source: 'HyperSentry slide 14, SMI_EN bit 0',
    },
    'PICTURE-GBL-SMI-EN-UNCHECKED': {
      ...breaks('smiLock', 'checkSmiEn'),
      parameters: { writes: gates },
      length: 5,
      says: 'the check of SMI_EN decides that: an SMI IPI comes all the same',
      source: 'HyperSentry slide 14, SMI_EN bit 0',
    },
    'PICTURE-GPI-STS': {
      ...holds,
      restsOn: ['checkGpiRout', 'checkAltGpSmiEn', 'checkAltGpSmiSts', ['checkSmiEn', 'smiLock']],
      parameters: { writes: gates, ignoredSmiSts: GPI_STS },
      says: 'a handler that checks route, enable and latch of the pin need not look at SMI_STS bit 10, their sum',
      source: 'search; formula of SMI_STS bit 10',
    },
    'PICTURE-GPI-ROUT-UNCHECKED': {
      ...breaks('checkGpiRout'),
      parameters: { writes: gates, ignoredSmiSts: GPI_STS },
      length: 5,
      says: 'but then the check of GPI_ROUT decides: without it a pin that is not routed to SMI is accepted',
      source: 'search; formula of SMI_STS bit 10',
    },
    'PICTURE-ALT-GP-SMI-EN-UNCHECKED': {
      ...breaks('checkAltGpSmiEn'),
      parameters: { writes: gates, ignoredSmiSts: GPI_STS },
      length: 5,
      says: 'and so does that of ALT_GP_SMI_EN',
      source: 'search; formula of SMI_STS bit 10',
    },
  }),
});
