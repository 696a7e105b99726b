import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Parameters } from '../../../models/hypersentry/invocation/setting.ts';
import type { FieldWrite } from '../../../models/platform/chipset/index.ts';
import { asTheTalkHasIt, fields } from './adversary.ts';
import { withUntried } from './untried.ts';

const out = (
  register: FieldWrite['register'],
  field: string,
  ...values: readonly number[]
): readonly FieldWrite[] => values.map((value) => ({ register, field, value }));
const MICROCONTROLLER = 0x62;
/** A port that nothing else in the model decodes. */
const TRAPPED = 0x80;
/** Commands for the keyboard controller: any program that types sends some. */
const KEYBOARD = 0x64;
const SWGPE = 1 << 2;
const legacy = out('PM1_CNT', 'SCI_EN', 0, 1);

const sources = {
  MCSMI: { ports: [MICROCONTROLLER], writes: out('SMI_EN', 'MCSMI_EN', 0, 1) },
  RTC: { timers: ['rtc'], writes: [...out('PM1_EN', 'RTC_EN', 0, 1), ...legacy] },
  SWGPE: {
    writes: [...out('GPE_CNTL', 'SWGPE_CTRL', 0, 1), ...out('GPE0_EN', 'EVENTS', 0, SWGPE), ...legacy],
  },
  SMBUS: { timers: ['smbus'], writes: [] },
  IOTRAP: {
    ports: [TRAPPED],
    writes: [...out('IOTR0', 'IOAD', TRAPPED >> 2), ...out('IOTR0', 'TRSE', 0, 1)],
  },
  LEGACY_USB: {
    ports: [KEYBOARD],
    writes: [
      ...out('SMI_EN', 'LEGACY_USB_EN', 0, 1),
      ...out('USB_LEGKEY', '64WEN', 0, 1),
      ...out('USB_LEGKEY', 'TRAPBY64W', 1),
    ],
  },
} as const;
const scopeOf = (name: keyof typeof sources): Partial<Parameters> => sources[name];

const powers = { without: asTheTalkHasIt, capabilities: ['ports', 'config', 'hide'] } as const;
const rejected = (name: keyof typeof sources) =>
  ({
    ...powers,
    parameters: scopeOf(name),
    invariant: 'I-PICTURE',
    expect: 'holds',
    restsOn: ['checkSmiSts'],
  }) as const;
const unchecked = (name: keyof typeof sources) =>
  ({
    ...powers,
    parameters: scopeOf(name),
    invariant: 'I-PICTURE',
    without: [...asTheTalkHasIt, 'checkSmiSts'],
    expect: 'violated',
  }) as const;
const slide = 'HyperSentry slide 13: HW SMI and SW SMI are distinguishable';

/**
 * Claims on sources of SMIs that slide 13 does not name, by register and bit, against the check of slide 14.
 */
export const otherSources: Suite = suite({
  id: 'other-sources',
  says: 'slide 13: a fake SMI shows its source; the sources that an open platform has beside those of the suite fake-smi',
  model: hypersentry,
  claims: withUntried({
    'H-FAKE-MCSMI': {
      ...rejected('MCSMI'),
      idle: ['config'],
      says: 'an access to port 62h sets SMI_STS bit 11 and is not accepted, alone or beside a trigger',
      source: `${slide}; 6 series datasheet, table 5-25: access microcontroller 62h/66h`,
    },
    'H-FAKE-MCSMI-UNCHECKED': {
      ...unchecked('MCSMI'),
      length: 5,
      says: 'without the check of SMI_STS it is accepted beside a trigger',
      source: slide,
    },
    'H-FAKE-RTC': {
      ...rejected('RTC'),
      idle: ['config'],
      says: 'the alarm of the RTC sets PM1_STS bit 10, which SMI_STS bit 8 sums up',
      source: `${slide}; ICH10 datasheet, RTC_STS`,
    },
    'H-FAKE-RTC-UNCHECKED': {
      ...unchecked('RTC'),
      length: 5,
      says: 'without the check of SMI_STS it is accepted beside a trigger',
      source: slide,
    },
    'H-FAKE-SWGPE': {
      ...rejected('SWGPE'),
      idle: ['config'],
      says: 'a general purpose event by software sets GPE0_STS bit 2, which SMI_STS bit 9 sums up where it is enabled',
      source: `${slide}; 6 series datasheet, table 5-25: software generated GPE`,
    },
    'H-FAKE-SWGPE-UNCHECKED': {
      ...unchecked('SWGPE'),
      length: 6,
      says: 'without the check of SMI_STS it is accepted beside a trigger',
      source: slide,
    },
    'H-FAKE-SMBUS': {
      ...rejected('SMBUS'),
      idle: ['config', 'ports'],
      says: 'an SMI message to the SMBus slave sets SMI_STS bit 16; nothing enables or disables it',
      source: `${slide}; 6 series datasheet, table 5-25: SMBus slave SMI message`,
    },
    'H-FAKE-SMBUS-UNCHECKED': {
      ...unchecked('SMBUS'),
      length: 5,
      says: 'without the check of SMI_STS it is accepted beside a trigger',
      source: slide,
    },
    'H-IOTRAP': {
      ...rejected('IOTRAP'),
      says: 'an access to a port that IOTR0 traps sets TRSR, which SMI_STS bit 21 sums up',
      source: `${slide}; catalogue, H-IOTRAP; Lynx Point reference header, IO_TRAP_0 and TRSR`,
    },
    'H-IOTRAP-UNCHECKED': {
      ...unchecked('IOTRAP'),
      length: 7,
      says: 'without the check of SMI_STS it is accepted beside a trigger',
      source: slide,
    },
    'H-FAKE-LEGACY-USB': {
      ...rejected('LEGACY_USB'),
      says: 'an access to port 64h that USB_LEGKEY traps shows in SMI_STS bit 3, an OR of what is latched and enabled there',
      source: `${slide}; UHCI design guide, legacy support register; 6 series datasheet, table 5-25: legacy USB`,
    },
    'H-FAKE-LEGACY-USB-UNCHECKED': {
      ...unchecked('LEGACY_USB'),
      length: 6,
      says: 'without the check of SMI_STS it is accepted beside a trigger',
      source: slide,
    },
    'H-REROUTE-NMI': {
      ...powers,
      parameters: {
        layout: 'series6to9',
        writes: [...out('GPI_ROUT', 'GPI0', 0b01, 0b11), ...out('GPI_NMI_EN', 'GPI0', 0, 1)],
      },
      invariant: 'I-STEALTH',
      expect: 'violated',
      length: 5,
      says: 'routed to NMI, the pin interrupts the hypervisor itself, with no SCI enabled',
      source:
        'HyperSentry slide 11; 6 series datasheet: GPI_ROUT 11; Lynx Point reference header, GPIO_NMI_EN',
    },
    'H-REROUTE-NMI-DEFER': {
      ...powers,
      parameters: {
        layout: 'series6to9',
        hidesOnSight: true,
        writes: [...out('GPI_ROUT', 'GPI0', 0b01, 0b11), ...out('GPI_NMI_EN', 'GPI0', 0, 1)],
      },
      invariant: 'I-COMPLETE',
      expect: 'violated',
      length: 12,
      says: 'and it hides on that interrupt and routes the pin back',
      source: 'gap G1 through the NMI route',
    },
    'H-REROUTE-RESERVED': {
      ...powers,
      parameters: {
        writes: fields.gates
          .filter(({ register }) => register === 'GPI_ROUT')
          .concat(out('GPI_ROUT', 'GPI0', 0b11)),
      },
      invariant: 'I-STEALTH',
      expect: 'holds',
      restsOn: [],
      idle: ['ports'],
      leavesOut: { 'capability poll': 'H-STEALTH: who looks at the latch needs no interrupt' },
      says: "on HyperSentry's chipset that route is reserved: it blocks, and tells nobody",
      source: 'ICH9 and earlier: GPI_ROUT 11 is reserved',
    },
  }),
});
