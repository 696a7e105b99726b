/**
 * The state of the chipset. Registers are unsigned numbers under their datasheet names; the rest are wires. A
 * status register holds only its latched bits: its summary bits (SMI_STS bits 8, 9, 10 and, on early chips,
 * 13) are computed when it is read.
 */
export interface ChipsetState {
  // Power management I/O block.
  readonly PM1_STS: number;
  readonly PM1_EN: number;
  readonly PM1_CNT: number;
  /** The low half of the 64-bit register: the classic events and GPI[15:0]. */
  readonly GPE0_STS: number;
  readonly GPE0_EN: number;
  readonly GPE_CNTL: number;
  readonly SMI_EN: number;
  readonly SMI_STS: number;
  readonly ALT_GP_SMI_EN: number;
  readonly ALT_GP_SMI_STS: number;
  // TCO, at the end of the same block.
  readonly TCO_DAT_IN: number;
  readonly TCO_DAT_OUT: number;
  readonly TCO1_STS: number;
  readonly TCO2_STS: number;
  readonly TCO1_CNT: number;
  // Fixed ports B2h and B3h.
  readonly APM_CNT: number;
  readonly APM_STS: number;
  // GPIO I/O block.
  readonly GPIO_USE_SEL: number;
  readonly GP_IO_SEL: number;
  /** The output latch; reading the register gives the pins where GP_IO_SEL says input. */
  readonly GP_LVL: number;
  readonly GPI_INV: number;
  readonly GPI_NMI_EN: number;
  readonly GPI_NMI_STS: number;
  // Configuration space of the LPC bridge, D31:F0.
  readonly PMBASE: number;
  readonly ACPI_CNTL: number;
  readonly GPIOBASE: number;
  readonly GPIO_CNTL: number;
  readonly GEN_PMCON_1: number;
  readonly GEN_PMCON_3: number;
  readonly GEN_PMCON_LOCK: number;
  readonly GPI_ROUT: number;
  readonly BIOS_CNTL: number;
  // Configuration space of the memory controller.
  readonly SMRAMC: number;
  readonly ESMRAMC: number;
  readonly TSEGMB: number;
  /** The 5000P's: its TSEG ends where EXSMRTOP says. */
  readonly EXSMRC: number;
  readonly EXSMRTOP: number;
  // Legacy USB: configuration space of the first UHCI controller, D29:F0, or of the LPC bridge.
  readonly USB_LEGKEY: number;
  // Root complex, in memory.
  readonly TRSR: number;
  readonly IOTR0: number;

  /** The level that the outside drives on GPI[15:0], bit n for GPI n. */
  readonly pins: number;
  /** Whether an SMI message is on its way to the processors and not yet taken by them. */
  readonly smi: 'idle' | 'sent';
  /** The software SMI timer, armed by SMI_EN.SWSMI_TMR_EN. */
  readonly swTimer: 'stopped' | 'running';
  /** Whether no SMI has been sent since the platform reset. */
  readonly firstSmi: boolean;
}

type NumberKey = {
  [K in keyof ChipsetState]: ChipsetState[K] extends number ? K : never;
}[keyof ChipsetState];

/** The name of a register, as the datasheets print it. */
export type RegisterName = Exclude<NumberKey, 'pins'>;

/** A source of SMIs that latches in SMI_STS, by the name of its bit there. */
export type LatchedSource =
  | 'BIOS_STS'
  | 'SLP_SMI_STS'
  | 'APM_STS'
  | 'SWSMI_TMR_STS'
  | 'MCSMI_STS'
  | 'TCO_STS'
  | 'PERIODIC_STS'
  | 'SMBUS_SMI_STS'
  | 'GPIO_UNLOCK_SMI_STS';
