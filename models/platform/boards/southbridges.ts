import type {
  BiosFlag,
  BlockRegister,
  ConfigRegister,
  FlagRule,
  SouthbridgeLayout,
  SouthbridgeLock,
} from './layout.ts';

const lpc = (name: string, offset: number, widthBits: 8 | 16 | 32): ConfigRegister => ({
  name,
  device: '00:1f.0',
  offset,
  widthBits,
});
const pmc = (name: string, offset: number): ConfigRegister => ({
  name,
  device: '00:1f.2',
  offset,
  widthBits: 32,
});
const at = (offset: number, name: string): BlockRegister => ({ name, offset });
const wordAt = (offset: number, name: string): BlockRegister => ({ name, offset, widthBits: 16 });
const bit = (register: string, number: number, says: string): FlagRule => ({
  kind: 'bit',
  register,
  bit: number,
  says,
});

// D31:F0 from ICH9 to the 9 series. Sources: Intel ICH9, ICH10 and 5 to 9 series datasheets, chapter on
// the LPC bridge; coreboot (southbridge/intel/common, i82801ix, ibexpeak, bd82x6x, lynxpoint).
const lpcBridge: readonly ConfigRegister[] = [
  lpc('PMBASE', 0x40, 32),
  lpc('ACPI_CNTL', 0x44, 8),
  lpc('GPIOBASE', 0x48, 32),
  lpc('GPIO_CNTL', 0x4c, 8),
  lpc('GEN_PMCON_1', 0xa0, 16),
  lpc('GEN_PMCON_LOCK', 0xa6, 8),
  lpc('GPIO_ROUT', 0xb8, 32),
  lpc('BIOS_CNTL', 0xdc, 8),
  lpc('RCBA', 0xf0, 32),
];

const fixedPower = [wordAt(0x00, 'PM1_STS'), wordAt(0x02, 'PM1_EN'), at(0x04, 'PM1_CNT')];
const smiRegisters = [at(0x30, 'SMI_EN'), at(0x34, 'SMI_STS')];
const tcoRegisters = [wordAt(0x64, 'TCO1_STS'), wordAt(0x66, 'TCO2_STS'), wordAt(0x68, 'TCO1_CNT')];

// The ACPI I/O block. Sources: the same datasheets; coreboot's pmutil.h.
const acpiBlock: readonly BlockRegister[] = [
  ...fixedPower,
  at(0x20, 'GPE0_STS'),
  at(0x24, 'GPE0_STS_HI'),
  at(0x28, 'GPE0_EN'),
  at(0x2c, 'GPE0_EN_HI'),
  ...smiRegisters,
  wordAt(0x38, 'ALT_GP_SMI_EN'),
  wordAt(0x3a, 'ALT_GP_SMI_STS'),
  ...tcoRegisters,
];

const gpioBlock: readonly BlockRegister[] = [
  at(0x00, 'GPIO_USE_SEL'),
  at(0x04, 'GP_IO_SEL'),
  at(0x0c, 'GP_LVL'),
  at(0x2c, 'GPI_INV'),
];

const smiLock = 'freezes GBL_SMI_EN, and itself, until reset';
const acpiBaseLock = 'freezes PMBASE until reset';
const gle = bit('GPIO_CNTL', 0, 'makes the GPIO configuration read-only; clearing it raises an SMI');

// SMI_LOCK, TCO_LOCK, ACPI_BASE_LOCK: the same datasheets; coreboot; CHIPSEC's register names. GLE: Intel
// 6 series datasheet, section on GPIO lockdown. BILD: coreboot (RCBA GCS bit 0).
const lpcLocks: { readonly [lock in SouthbridgeLock]: FlagRule } = {
  SMI_LOCK: bit('GEN_PMCON_1', 4, smiLock),
  TCO_LOCK: bit('TCO1_CNT', 12, 'freezes TCO_EN until reset'),
  ACPI_BASE_LOCK: bit('GEN_PMCON_LOCK', 1, acpiBaseLock),
  GLE: gle,
  BILD: bit('GCS', 0, 'freezes where the boot block is fetched from until reset'),
  // The SPI host interface is at RCBA+3800h; of the double word at its 04h the low half is HSFS. Sources:
  // Intel ICH9 to 9 series datasheets.
  FLOCKDN: bit('HSFS', 15, 'freezes the protected ranges of the BIOS flash until reset'),
};

// BIOSWE, BLE: the same datasheets. SMM_BWP: Intel 6 series datasheet and later, CHIPSEC.
const lpcBios: { readonly [flag in BiosFlag]: FlagRule } = {
  BIOSWE: bit('BIOS_CNTL', 0, 'lets software write to the BIOS flash'),
  BLE: bit('BIOS_CNTL', 1, 'makes the setting of BIOSWE raise a TCO SMI'),
  SMM_BWP: bit('BIOS_CNTL', 5, 'lets the BIOS flash be written only while every core is in SMM'),
};

const classic = (
  generation: string,
  ids: SouthbridgeLayout['ids'],
  differences: Partial<SouthbridgeLayout> = {},
): SouthbridgeLayout => ({
  generation,
  ids,
  config: lpcBridge,
  pmbase: acpiBlock,
  gpio: gpioBlock,
  rcba: [at(0x3410, 'GCS'), at(0x3804, 'HSFS')],
  tco: [],
  pwrm: [],
  locks: lpcLocks,
  bios: lpcBios,
  gpiToSmi: 'alt-gp-smi',
  ...differences,
});

// ICH7 and 631xESB/632xESB (ESB2): SMI_LOCK is there, GPIO lockdown and the lock of PMBASE are not; GPE0 has
// 32 bits, at other offsets. Sources: Intel ICH7 and 631xESB/632xESB datasheets, LPC bridge and power
// management I/O registers.
const beforeIch9 = (generation: string, ids: SouthbridgeLayout['ids']): SouthbridgeLayout =>
  classic(generation, ids, {
    config: lpcBridge.filter(({ name }) => name !== 'GEN_PMCON_LOCK'),
    pmbase: [
      ...fixedPower,
      at(0x28, 'GPE0_STS'),
      at(0x2c, 'GPE0_EN'),
      ...smiRegisters,
      wordAt(0x38, 'ALT_GP_SMI_EN'),
      wordAt(0x3a, 'ALT_GP_SMI_STS'),
      ...tcoRegisters,
    ],
    rcba: [at(0x3410, 'GCS')],
    locks: {
      ...lpcLocks,
      ACPI_BASE_LOCK: { kind: 'absent', says: 'came with later chipsets' },
      GLE: { kind: 'absent', says: 'came with later chipsets' },
      FLOCKDN: { kind: 'absent', says: 'came with later chipsets' },
    },
    bios: { ...lpcBios, SMM_BWP: noSmmBwp },
  });

const noSmmBwp: FlagRule = { kind: 'absent', says: 'came with later chipsets' };

// Lynx Point-LP and Wildcat Point-LP: GPI SMI enables and routes are in the GPIO block, at other
// offsets. Source: Intel's register header for the Lynx Point PCH; coreboot (lynxpoint/lp_gpio).
const lowPower = (generation: string, ids: SouthbridgeLayout['ids']): SouthbridgeLayout =>
  classic(generation, ids, {
    config: lpcBridge.filter(({ name }) => name !== 'GPIO_ROUT'),
    pmbase: [...fixedPower, ...smiRegisters, ...tcoRegisters],
    gpio: [],
    gpiToSmi: { differs: 'low-power chipsets keep the GPI SMI enables and routes in the GPIO block' },
  });

// From the 100 series on, power management is a function of its own and GPIO pins are grouped in
// communities behind the sideband bridge. Sources: Intel 100, 200 and 300 series datasheets, volume 2;
// coreboot (skylake, cannonlake); CHIPSEC (SMI_LOCK and BIOS_CNTL at D31:F5).
const communities = (
  generation: string,
  ids: SouthbridgeLayout['ids'],
  power: {
    readonly config: readonly ConfigRegister[];
    readonly pwrm: readonly BlockRegister[];
    readonly smiLock: FlagRule;
    readonly acpiBaseLock: FlagRule;
  },
): SouthbridgeLayout => ({
  generation,
  ids,
  config: [...power.config, { name: 'BIOS_CNTL', device: '00:1f.5', offset: 0xdc, widthBits: 8 }],
  pmbase: [...fixedPower, ...smiRegisters],
  gpio: [],
  rcba: [],
  // At the TCOBASE of D31:F4 (50h).
  tco: [wordAt(0x04, 'TCO1_STS'), wordAt(0x06, 'TCO2_STS'), wordAt(0x08, 'TCO1_CNT')],
  pwrm: power.pwrm,
  locks: {
    SMI_LOCK: power.smiLock,
    TCO_LOCK: bit('TCO1_CNT', 12, 'freezes TCO_EN until reset'),
    ACPI_BASE_LOCK: power.acpiBaseLock,
    GLE: { kind: 'absent', says: 'gave way to locks for each pad, behind the sideband bridge' },
    BILD: bit('BIOS_CNTL', 7, 'freezes where the boot block is fetched from until reset'),
    FLOCKDN: { kind: 'out-of-reach', says: 'it is at SPIBAR+04h, in memory, which no log shows' },
  },
  bios: lpcBios,
  gpiToSmi: {
    differs: 'GPIO communities with a GPI_SMI_EN for each pad replaced ALT_GP_SMI_EN and GPIO_ROUT',
  },
});

const inConfigSpace = {
  config: [pmc('ABASE', 0x40), pmc('ACTL', 0x44), pmc('GEN_PMCON_A', 0xa0), pmc('GEN_PMCON_B', 0xa4)],
  pwrm: [],
  smiLock: bit('GEN_PMCON_A', 4, smiLock),
  acpiBaseLock: bit('GEN_PMCON_B', 17, acpiBaseLock),
};
// Power management hides its function, and both locks moved into one register in memory. Source: coreboot
// (cannonlake).
const inMemory = {
  config: [],
  pwrm: [at(0x1024, 'GEN_PMCON_B')],
  smiLock: bit('GEN_PMCON_B', 4, smiLock),
  acpiBaseLock: bit('GEN_PMCON_B', 17, acpiBaseLock),
};

/** South bridges by PCI id of D31:F0. Ids: coreboot's inteltool, and Intel's datasheets. */
export const southbridges: readonly SouthbridgeLayout[] = [
  beforeIch9('ESB2', [[0x2670, 0x267f]]),
  beforeIch9('ICH7', [
    [0x27b0, 0x27b0],
    [0x27b8, 0x27bd],
  ]),
  classic('ICH9', [[0x2910, 0x2919]], {
    // The public ICH9 datasheet has bits 3:0 of GPIO_CNTL reserved; lockdown came with ICH10 Corporate.
    locks: { ...lpcLocks, GLE: { kind: 'absent', says: 'came with later chipsets' } },
    bios: { ...lpcBios, SMM_BWP: noSmmBwp },
  }),
  classic('ICH10', [[0x3a10, 0x3a1f]], { bios: { ...lpcBios, SMM_BWP: noSmmBwp } }),
  classic('5 series', [[0x3b00, 0x3b1f]]),
  classic('6 series', [[0x1c40, 0x1c5f]]),
  classic('C600 series', [[0x1d40, 0x1d5f]]),
  classic('7 series', [[0x1e40, 0x1e5f]]),
  classic('8 series', [[0x8c40, 0x8c5f]]),
  lowPower('8 series low power', [[0x9c40, 0x9c47]]),
  classic('C610 series', [[0x8d40, 0x8d5f]]),
  classic('9 series', [[0x8cc0, 0x8cdf]]),
  lowPower('9 series low power', [[0x9cc0, 0x9ccf]]),
  communities(
    '100 series',
    [
      [0xa140, 0xa15f],
      [0x9d40, 0x9d5f],
    ],
    inConfigSpace,
  ),
  communities(
    'C620 series',
    [
      [0xa1c0, 0xa1cf],
      [0xa240, 0xa24f],
    ],
    inConfigSpace,
  ),
  communities('200 series', [[0xa2c0, 0xa2df]], inConfigSpace),
  communities(
    '300 series',
    [
      [0xa300, 0xa31f],
      [0x9d80, 0x9d9f],
    ],
    inMemory,
  ),
];
