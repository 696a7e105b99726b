import type { Setting } from 'underwatch/model';
import type {
  ChipsetBehaviour,
  ChipsetState,
  ChipsetTimer,
  FieldWrite,
  RegisterName,
} from '../../platform/chipset/index.ts';

/**
 * The fields that one instruction writes: one, and others of the same register or of one beside it in the
 * same doubleword. A type, not an interface: it is a choice, and so a plain value.
 */
export type Write = FieldWrite & { readonly also?: readonly FieldWrite[] };

/** Parameters that a scenario of this model may change. Times are whole microseconds, rounded up. */
export type Parameters = {
  readonly cores: number;
  /** The GPI that the BMC drives; 0 on slide 14. */
  readonly gpi: number;
  readonly layout: 'esb2-5000p' | 'ich9' | 'series6to9';
  /** Switches of the chipset's behaviour that differ from the datasheet's. */
  readonly behaviour: Partial<ChipsetBehaviour>;
  /** Registers as the firmware left them, where they differ from what HyperSentry would set. */
  readonly registers: Partial<ChipsetState>;
  readonly kernel: 'genuine' | 'modified';
  /** How many measurements the verifier asks for, one after the other; it asks again after an alarm, too. */
  readonly requests: number;
  /**
   * The fields that the hypervisor may write, with the values it may write there: the scope of the search.
   */
  readonly writes: readonly Write[];
  /** Other ports that the hypervisor may write to, for effects of the access alone. */
  readonly ports: readonly number[];
  /** The registers that it may poll. */
  readonly polls: readonly RegisterName[];
  /** Timers that may elapse, and other GPIs that the outside may pulse, at any time. */
  readonly timers: readonly ChipsetTimer[];
  readonly otherGpis: readonly number[];
  /** Bits of SMI_STS that the handler ignores: none on slide 14. */
  readonly ignoredSmiSts: number;
  /** Bits of SMI_EN that the handler clears at its end, EOS among them if it forgets to set it: none. */
  readonly clearedSmiEn: number;
  /** The time of an instruction; the slowest is a port access (`PORT_ACCESS_US`). */
  readonly instructionUs: number;
  /**
   * The time of a configuration write: one access, since CF8h may point there already, and ECAM needs no
   * pointer.
   */
  readonly configUs: number;
  /** The time of hiding the modification, its last instruction included, or of putting it back. */
  readonly scrubUs: number;
  /**
   * Whether the cores can share the work of hiding. If not, one does it and the others wait, however many
   * there are.
   */
  readonly hidesInParallel: boolean;
  /** The time from the chipset's SMI message until the cores take notice; until then they go on. */
  readonly messageUs: number;
  /**
   * The time from the boundary at which a core takes the SMI until the handler reads its clock: save state,
   * first instructions, rendezvous. Side by side on all cores, so the last one counts (`SMI_US`).
   */
  readonly entryLeastUs: number;
  readonly entryMostUs: number;
  /** The time that each further core adds to the entry, since cores check in one after the other. */
  readonly checkInUs: number;
  /** The time from the verifier's request to the BMC's edge, over the management network. */
  readonly outOfBandLeastMs: number;
  readonly outOfBandMostMs: number;
  /** The time of a measurement, from the edge to its output. */
  readonly measureLeastMs: number;
  readonly measureMostMs: number;
  /** The verifier's deadline for the output. */
  readonly deadlineMs: number;
  /**
   * Whether a write that causes an SMI completes only after it, as the datasheets say of port B2h: then
   * the core that wrote retires nothing more before it enters. They do not say it of other writes.
   */
  readonly synchronousSmi: boolean;
  /**
   * Whether the ghost remembers that the edge became an SMI: I-NOTFAKED asks for it, the others do without.
   */
  readonly followsEdge: boolean;
  /** Whether the hypervisor hides only after it has seen the trigger, rather than at any time. */
  readonly hidesOnSight: boolean;
  /** The longest time from the edge until the handler reads its clock that counts as prompt. */
  readonly promptUs: number;
};

/** Mechanisms that can be switched off, each alone. */
export const defences = {
  checkSmiEn: 'the handler requires SMI_EN.GBL_SMI_EN = 1 (slide 14)',
  checkGpiRout: 'the handler requires that GPI_ROUT routes the pin to SMI (slide 14)',
  checkAltGpSmiEn: 'the handler requires that ALT_GP_SMI_EN enables the pin (slide 14)',
  checkSmiSts: 'the handler requires SMI_STS = 0000_0400h, the GPI summary and nothing else (slide 14)',
  checkAltGpSmiSts: 'the handler requires that ALT_GP_SMI_STS shows the pin and nothing else (slide 14)',
  smiLock: 'GEN_PMCON_1.SMI_LOCK was set by the firmware: GBL_SMI_EN is frozen',
  gpioLockdown:
    'GPIO_CNTL.GLE was set by the firmware: GPI_INV and the other GPIO registers are frozen while it is 1',
  gpioUnlockSmi:
    'SMI_EN.GPIO_UNLOCK_SMI_EN was set by the firmware: clearing GLE raises an SMI, whose handler sets it again',
  checkGle: 'the handler rejects an SMI that finds GPIO lockdown lifted',
  restoreGpio:
    'that handler also puts GPI_INV back to what the firmware had set, in every SMI, before it sets GLE',
  acpiBaseLock: 'GEN_PMCON_LOCK.ACPI_BASE_LOCK was set by the firmware: PMBASE is frozen',
  rereadBase: 'the handler reads PMBASE anew from configuration space in every SMI',
  restoreDecode:
    'the handler sets ACPI_CNTL.ACPI_EN again, through configuration space, before it uses a port of the block',
  disarmsTraps: 'the handler clears IOTR0.TRSE, which is in memory, before it uses a port',
  gpiGateLock:
    'hypothetical: ALT_GP_SMI_EN and GPI_ROUT are frozen too (no chipset has such a lock; an I/O trap could serve)',
  boundedLatency: 'the BMC signs the time of its edge and the handler refuses one older than the bound',
  verifierDeadline: 'the verifier raises an alarm when no answer came in time, and accepts none after that',
  solicitedOnly: 'the verifier accepts only a measurement that was made after its request',
  bmcRefusesInBand: 'the BMC takes no command over KCS that drives the pin',
} as const;

export type Defence = keyof typeof defences;

/** The compromised hypervisor's powers. None is an attack; attacks are composed of them. */
export const capabilities = {
  ports: 'writes I/O ports',
  config: 'writes PCI configuration space',
  poll: 'reads I/O ports',
  apic: 'sends interprocessor interrupts, SMIs among them',
  kcs: 'sends commands to the BMC over its in-band interface',
  device: 'owns a PCI device with registers of its own and places its I/O window',
  hide: 'takes its modification out and puts it back',
  spin: 'lets time pass without doing anything',
  shadow: 'executes STI, MOV SS or POP SS, which block SMIs for one instruction',
  cpuMask: 'holds SMIs pending in the cores (CLGI on AMD, after SENTER on Intel)',
} as const;

export type Capability = keyof typeof capabilities;
export type HyperSentrySetting = Setting<Parameters, Defence>;
