import type { ChipsetPlatform } from '../behaviour.ts';
import { bits } from '../fields.ts';
import type { ChipsetState, LatchedSource } from '../state.ts';

/** The bits of SMI_STS (and of SMI_EN, for sources that latch) by name. */
export const statusMask = (...names: readonly string[]): number =>
  names.reduce((sum, name) => sum | bits('SMI_STS', name).mask, 0);

/** Sources that latch in SMI_STS and have their enable at the same bit of SMI_EN. */
const LATCHED_NAMES: readonly LatchedSource[] = [
  'BIOS_STS',
  'SLP_SMI_STS',
  'APM_STS',
  'SWSMI_TMR_STS',
  'MCSMI_STS',
  'TCO_STS',
  'PERIODIC_STS',
  'SMBUS_SMI_STS',
  'GPIO_UNLOCK_SMI_STS',
];

const LATCHED = statusMask(...LATCHED_NAMES);
const TCO = statusMask('TCO_STS');
/** The source that raises an SMI whatever SMI_EN says: table 5-25 has no enable for it (pch6). */
const UNGATED = statusMask('SMBUS_SMI_STS');
const SCI_EN = bits('PM1_CNT', 'SCI_EN').mask;

// PM1_STS bits that raise an SMI while SCI_EN=0; GBL_STS raises only the SCI (ich2, table 5-40).
const PM1_SMI = ['TMROF_STS', 'PWRBTN_STS', 'RTC_STS'].reduce(
  (sum, name) => sum | bits('PM1_STS', name).mask,
  0,
);
const PM1_SCI = PM1_SMI | bits('PM1_STS', 'GBL_STS').mask;
/** TCO1_STS bits that raise an SMI. */
export const TCO1_SMI: number = 0x058b;
const TCO2_SMI = 0x0010;
const GPE0_EVENTS = bits('GPE0_STS', 'EVENTS').mask;

/** The destinations that GPI_ROUT can give a GPI. */
export const ROUTES: { readonly none: 0; readonly smi: 1; readonly sci: 2; readonly nmi: 3 } = {
  none: 0,
  smi: 1,
  sci: 2,
  nmi: 3,
};

/** The GPIs that GPI_ROUT routes there; bit n for GPI n. */
export const routedTo = (rout: number, route: number): number => {
  let gpis = 0;
  for (let gpi = 0; gpi < 16; gpi += 1) if (((rout >>> (2 * gpi)) & 3) === route) gpis |= 1 << gpi;
  return gpis;
};

/** The GPIs that raise an SMI: latched, enabled and routed there; bit n for GPI n. */
export const gpiSmis = (chip: ChipsetState): number => {
  const enabled = chip.ALT_GP_SMI_STS & chip.ALT_GP_SMI_EN;
  return enabled === 0 ? 0 : enabled & routedTo(chip.GPI_ROUT, ROUTES.smi);
};

const gpiScis = (chip: ChipsetState, { behaviour }: ChipsetPlatform): number => {
  const enabled = (chip.GPE0_STS & chip.GPE0_EN) >>> 16;
  if (enabled === 0 || !behaviour.gpiSciNeedsRoute) return enabled;
  return enabled & routedTo(chip.GPI_ROUT, ROUTES.sci);
};

/** Whether a TCO event that can raise an SMI is latched: the value of TCO_STS where it is a summary. */
const tcoPending = (chip: ChipsetState): boolean =>
  (chip.TCO1_STS & TCO1_SMI) !== 0 || (chip.TCO2_STS & TCO2_SMI) !== 0;

const CTSS = bits('TRSR', 'CTSS').mask;
/** Whether an I/O trap raises an SMI: the value of MONITOR_STS. */
const trapped = ({ TRSR }: ChipsetState): boolean => (TRSR & CTSS) !== 0;

const LEGACY_USB = statusMask('LEGACY_USB_STS');
/** Whether an access to port 60h or 64h is latched and enabled: the value of LEGACY_USB_STS. */
const legacyUsb = ({ USB_LEGKEY }: ChipsetState): boolean => (USB_LEGKEY & (USB_LEGKEY >>> 8) & 0xf) !== 0;
const legacyUsbSmi = (chip: ChipsetState): boolean => (chip.SMI_EN & LEGACY_USB) !== 0 && legacyUsb(chip);

const SUMMARIES = statusMask('LEGACY_USB_STS', 'PM1_STS_REG', 'GPE0_STS', 'GPI_STS', 'MONITOR_STS');

/** The latched bits of a value read from SMI_STS; the rest are summaries of other registers. */
export const latchedStatus = (smiSts: number): number => (smiSts & ~SUMMARIES) >>> 0;

/** SMI_STS as software reads it: the latched bits and the summaries. */
export const smiStatus = (chip: ChipsetState, { behaviour }: ChipsetPlatform): number => {
  if (!behaviour.smiStsLatches) return chip.SMI_STS;
  const pm1 = chip.PM1_STS & PM1_SMI & (behaviour.pm1SummaryNeedsEnable ? chip.PM1_EN : PM1_SMI);
  const gpe0 = chip.GPE0_STS & chip.GPE0_EN & GPE0_EVENTS;
  let value = latchedStatus(chip.SMI_STS);
  if (!behaviour.tcoStsIsW1c) value = tcoPending(chip) ? value | TCO : value & ~TCO;
  if (legacyUsb(chip)) value |= LEGACY_USB;
  if (pm1 !== 0) value |= statusMask('PM1_STS_REG');
  if (gpe0 !== 0) value |= statusMask('GPE0_STS');
  if (gpiSmis(chip) !== 0) value |= statusMask('GPI_STS');
  if (trapped(chip)) value |= statusMask('MONITOR_STS');
  return value >>> 0;
};

const latchedSources = (chip: ChipsetState, { behaviour }: ChipsetPlatform): number => {
  const enabled = (chip.SMI_EN & ~UNGATED) | UNGATED;
  if (behaviour.tcoStsIsW1c) return chip.SMI_STS & enabled & LATCHED;
  return ((chip.SMI_STS & LATCHED & ~TCO) | (tcoPending(chip) ? TCO : 0)) & enabled;
};

// ACPI events raise an SMI only while the operating system has not taken them over (pch6, note 1).
const acpiSmi = (status: number, enable: number, chip: ChipsetState): boolean =>
  (status & enable) !== 0 && (chip.PM1_CNT & SCI_EN) === 0;
const pm1Smi = (chip: ChipsetState): boolean => acpiSmi(chip.PM1_STS & PM1_SMI, chip.PM1_EN, chip);
const gpe0Smi = (chip: ChipsetState): boolean => acpiSmi(chip.GPE0_STS & GPE0_EVENTS, chip.GPE0_EN, chip);

const gpiNames = (gpis: number): readonly string[] =>
  Array.from({ length: 16 }, (_, gpi) => gpi)
    .filter((gpi) => (gpis & (1 << gpi)) !== 0)
    .map((gpi) => `GPI${gpi}`);

/**
 * The enabled sources that raise an SMI now: names of SMI_STS bits, and GPI0 … GPI15. The gates GBL_SMI_EN
 * and EOS are not looked at.
 */
export const smiSources = (chip: ChipsetState, platform: ChipsetPlatform): readonly string[] => {
  if (!platform.behaviour.smiStsLatches) return [];
  const latched = latchedSources(chip, platform);
  return [
    ...LATCHED_NAMES.filter((name) => (latched & statusMask(name)) !== 0),
    ...(legacyUsbSmi(chip) ? ['LEGACY_USB_STS'] : []),
    ...(pm1Smi(chip) ? ['PM1_STS_REG'] : []),
    ...(gpe0Smi(chip) ? ['GPE0_STS'] : []),
    ...(trapped(chip) ? ['MONITOR_STS'] : []),
    ...gpiNames(gpiSmis(chip)),
  ];
};

/** Whether any enabled source raises an SMI; the same as `smiSources`, without the names. */
export const isAsked = (chip: ChipsetState, platform: ChipsetPlatform): boolean =>
  platform.behaviour.smiStsLatches &&
  (latchedSources(chip, platform) !== 0 ||
    gpiSmis(chip) !== 0 ||
    pm1Smi(chip) ||
    gpe0Smi(chip) ||
    trapped(chip) ||
    legacyUsbSmi(chip));

/**
 * The enabled events that reach the operating system as an SCI: names of PM1_STS bits, GPE0_STS for events
 * 15:0, and GPI0 … GPI15.
 */
export const sciSources = (chip: ChipsetState, platform: ChipsetPlatform): readonly string[] => {
  if ((chip.PM1_CNT & SCI_EN) === 0) return [];
  const pm1 = chip.PM1_STS & chip.PM1_EN & PM1_SCI;
  return [
    ...['TMROF_STS', 'GBL_STS', 'PWRBTN_STS', 'RTC_STS'].filter(
      (name) => (pm1 & bits('PM1_STS', name).mask) !== 0,
    ),
    ...((chip.GPE0_STS & chip.GPE0_EN & GPE0_EVENTS) === 0 ? [] : ['GPE0_STS']),
    ...gpiNames(gpiScis(chip, platform)),
  ];
};

/** Whether the operating system is interrupted by an SCI. */
export const sciActive = (chip: ChipsetState, platform: ChipsetPlatform): boolean =>
  sciSources(chip, platform).length > 0;

/** Whether the operating system is interrupted by an NMI for a GPI: latched, enabled and routed there. */
export const nmiActive = (chip: ChipsetState): boolean => {
  const enabled = chip.GPI_NMI_STS & chip.GPI_NMI_EN;
  return enabled !== 0 && (enabled & routedTo(chip.GPI_ROUT, ROUTES.nmi)) !== 0;
};
