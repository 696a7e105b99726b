import type { ChipsetLayout } from './layout.ts';
import type { LayoutName } from './registers/register.ts';
import type { LatchedSource, RegisterName } from './state.ts';

/**
 * A register that an implementation treats differently from the datasheets: it lacks it, or keeps it as a
 * plain store without effects.
 */
export type Deviation =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'stored';
      /** Bits that take whatever is written; the others keep their reset value. */
      readonly mask: number;
      /** Whether its lock bits can be cleared again. */
      readonly unlocked?: true;
      /** The only width that is decoded; others read 0 and write nothing. */
      readonly onlyBytes?: 4;
      /** A write clears the bits that it does not store, such as those that events set. */
      readonly clearsOthers?: true;
      /** The value after power-on, if it is not the datasheets'. */
      readonly reset?: number;
    };

/**
 * The behaviour of an implementation where sources disagree or real implementations deviate. A test shows
 * that every field changes something.
 */
export interface ChipsetBehaviour {
  readonly name: string;
  /** SMI_EN after reset: 0 (ICH4, ICH7, QEMU) or 2, EOS set (ICH9 class). */
  readonly smiEnReset: 0 | 2;
  /** The first SMI after reset is sent even if EOS=0 (general knowledge of the ICH, no document at hand). */
  readonly firstSmiIgnoresEos: boolean;
  /** Writing 0 to EOS clears it. The datasheets only speak of setting it; QEMU stores what is written. */
  readonly eosWriteZeroClears: boolean;
  /** An SMI clears EOS (pch500). QEMU 7.2 leaves it. */
  readonly eosClearedBySmi: boolean;
  /** No SMI while EOS=0 (pch500). QEMU 7.2 does not look. */
  readonly eosGatesSmi: boolean;
  /** No SMI while GBL_SMI_EN=0 (pch6). QEMU 7.2 does not look. */
  readonly gblGatesSmi: boolean;
  /** SMI_STS bits latch. QEMU 7.2 has no SMI_STS: events raise an SMI as they happen, or never. */
  readonly smiStsLatches: boolean;
  /** The only events that raise an SMI where SMI_STS does not latch; no others were seen to on QEMU 7.2. */
  readonly raisedUnlatched: readonly LatchedSource[];
  /**
   * Writing 1 clears bits of SMI_STS and ALT_GP_SMI_STS (ich4). QEMU 7.2 makes TCO1_STS, of the same type, a
   * plain store.
   */
  readonly smiStsIsW1c: boolean;
  /**
   * SMI_STS.TCO_STS latches and is cleared by 1 (pch400), rather than an OR of the TCO status registers
   * (early ICH, where it is read-only). Of ESB2 no page was found that says which; it is of the time of the
   * early ones.
   */
  readonly tcoStsIsW1c: boolean;
  /** SMI_STS.PM1_STS_REG looks at PM1_EN. The boards say no: it was set by TMROF_STS with TMROF_EN=0. */
  readonly pm1SummaryNeedsEnable: boolean;
  /** ALT_GP_SMI_STS latches whatever GPI_ROUT says. The boards say yes: 4EA3h with GPI_ROUT=0. */
  readonly altStsLatchesUnrouted: boolean;
  /**
   * A GPI raises an SCI only if GPI_ROUT routes it there (pch6). To QEMU GPI_ROUT is storage: GPE0_EN alone
   * decides.
   */
  readonly gpiSciNeedsRoute: boolean;
  /**
   * No SMI is sent while ACPI_CNTL.ACPI_EN is 0; events latch all the same. That the bit enables the decoding
   * of PMBASE *and* the power management function is what firmware for the ICH says of it (ami); that ports
   * B2h and B3h do not depend on it is what the datasheets say (460gx). Whether the function's SMIs stop with
   * it, none that was found does.
   */
  readonly acpiEnGatesSmi: boolean;
  /** GLE also freezes GPI_ROUT. The list of frozen registers names only the block at GPIOBASE (pch6). */
  readonly gleCoversGpiRout: boolean;
  /**
   * GLE also freezes GPI_INV. Intel's reference header for the Lynx Point PCH lists what lockdown freezes:
   * GPIO_USE_SEL, GP_IO_SEL, GP_LVL and GP_RST_SEL, and not GPI_INV. No datasheet text was found that does.
   */
  readonly gleCoversGpiInv: boolean;
  /** SMI_LOCK freezes GBL_SMI_EN. QEMU before 2.4 stored SMI_LOCK and nothing else. */
  readonly smiLockFreezesGbl: boolean;
  /** ACPI_BASE_LOCK freezes PMBASE (lpt-h). QEMU 7.2 stores the bit and nothing else. */
  readonly acpiBaseLockFreezes: boolean;
  /** TCO_LOCK freezes TCO_EN (6300ESB, lpt-h). ICH4 has no TCO_LOCK: the bit is reserved. */
  readonly tcoLockFreezesTcoEn: boolean;
  /** Setting D_LCK clears D_OPEN (3200). QEMU before 2.4 did not. */
  readonly dLckClearsDOpen: boolean;
  /** D_LCK freezes D_OPEN, G_SMRAME and ESMRAMC (3200). QEMU before 2.4 did not. */
  readonly dLckFreezes: boolean;
  /** APM_CNT := 02h and 03h set and clear SCI_EN and raise no SMI: QEMU plays the handler's part itself. */
  readonly apmAcpiValuesSilent: boolean;
  /** A write of TCO_DAT_IN raises an SMI whatever TCO_EN says: QEMU does not look. */
  readonly tcoDatInIgnoresTcoEn: boolean;
  /**
   * A cycle that IOTR0 traps ends there: what is written reaches no register, what is read is all ones. The
   * ICH2's device traps let cycles to its own registers through (ich2); coreboot takes what IOTR trapped from
   * a register of its own (cb).
   */
  readonly trapEndsCycle: boolean;
  /** What unused bytes of a decoded I/O block read: 0 on the boards, FFh on QEMU. */
  readonly reservedIoReads: 0x00 | 0xff;
  readonly deviations: { readonly [name in RegisterName]?: Deviation };
  /** Registers that a platform reset leaves as they were. */
  readonly surviveReset: readonly RegisterName[];
}

/** A chipset: its behaviour and its layout. */
export interface ChipsetPlatform {
  readonly behaviour: ChipsetBehaviour;
  readonly layout: ChipsetLayout;
}

/** The behaviour of the datasheets, and of the boards where the datasheets are silent. */
export const intel: ChipsetBehaviour = {
  name: 'intel',
  smiEnReset: 2,
  firstSmiIgnoresEos: true,
  eosWriteZeroClears: false,
  eosClearedBySmi: true,
  eosGatesSmi: true,
  gblGatesSmi: true,
  smiStsLatches: true,
  raisedUnlatched: [],
  smiStsIsW1c: true,
  tcoStsIsW1c: true,
  pm1SummaryNeedsEnable: false,
  altStsLatchesUnrouted: true,
  gpiSciNeedsRoute: true,
  acpiEnGatesSmi: false,
  gleCoversGpiRout: false,
  gleCoversGpiInv: false,
  smiLockFreezesGbl: true,
  acpiBaseLockFreezes: true,
  tcoLockFreezesTcoEn: true,
  dLckClearsDOpen: true,
  dLckFreezes: true,
  apmAcpiValuesSilent: false,
  tcoDatInIgnoresTcoEn: false,
  trapEndsCycle: false,
  reservedIoReads: 0x00,
  deviations: {},
  surviveReset: [],
};

/** The behaviour of one generation: TCO_STS is an OR on ESB2, and latches from ICH9 on. */
export const intelOf = (layout: LayoutName): ChipsetBehaviour => ({
  ...intel,
  tcoStsIsW1c: layout !== 'esb2-5000p',
});

const absent: Deviation = { kind: 'absent' };
const stored = (mask: number): Deviation => ({ kind: 'stored', mask });
const unlocked = (mask: number): Deviation => ({ kind: 'stored', mask, unlocked: true });

/**
 * QEMU 7.2, machine q35, as measured through its ports. Not reproduced: PM1_STS reads TMROF at time 0;
 * the upper half of PM1_CNT reads FFFFh; SMI_LOCK reads 1 after a reset that has lifted it; the PM timer.
 */
export const qemu72Q35: ChipsetBehaviour = {
  ...intel,
  name: 'qemu72-q35',
  smiEnReset: 0,
  eosWriteZeroClears: true,
  eosClearedBySmi: false,
  eosGatesSmi: false,
  gblGatesSmi: false,
  smiStsLatches: false,
  raisedUnlatched: ['APM_STS', 'TCO_STS'],
  gpiSciNeedsRoute: false,
  acpiBaseLockFreezes: false,
  apmAcpiValuesSilent: true,
  tcoDatInIgnoresTcoEn: true,
  reservedIoReads: 0xff,
  deviations: {
    PM1_EN: stored(0xffff),
    PM1_CNT: stored(0xdfff),
    SMI_EN: { kind: 'stored', mask: 0xffff_ffff, onlyBytes: 4 },
    SMI_STS: stored(0),
    GPE_CNTL: absent,
    ALT_GP_SMI_EN: absent,
    ALT_GP_SMI_STS: absent,
    TCO1_STS: { kind: 'stored', mask: 0xe870, clearsOthers: true },
    TCO2_STS: { kind: 'stored', mask: 0xfff8, clearsOthers: true },
    TCO1_CNT: stored(0xfeff),
    GPIO_USE_SEL: absent,
    GP_IO_SEL: absent,
    GP_LVL: absent,
    GPI_INV: absent,
    GPIOBASE: { kind: 'stored', mask: 0xffff_ffff, reset: 0 },
    GPIO_CNTL: stored(0xff),
    PMBASE: stored(0xff87),
    ACPI_CNTL: stored(0xff),
    GPI_ROUT: stored(0xffff_ffff),
    GEN_PMCON_1: stored(0xffff),
    GEN_PMCON_3: stored(0xffff),
    GEN_PMCON_LOCK: unlocked(0xff),
    BIOS_CNTL: unlocked(0xff),
  },
  surviveReset: [
    'TCO_DAT_IN',
    'TCO_DAT_OUT',
    'TCO1_STS',
    'TCO2_STS',
    'TCO1_CNT',
    'APM_CNT',
    'APM_STS',
    'GPI_ROUT',
    'GPIOBASE',
    'GPIO_CNTL',
    'GEN_PMCON_3',
    'GEN_PMCON_LOCK',
    'BIOS_CNTL',
  ],
};

/** The behaviours that a scenario can name. */
export const behaviours: { readonly [name in 'intel' | 'qemu72-q35']: ChipsetBehaviour } = {
  intel,
  'qemu72-q35': qemu72Q35,
};
