import type { Draft } from 'immer';
import {
  fieldValue,
  intelOf,
  isTrapped,
  layouts,
  readIo,
  readRegister,
  resetChipset,
  touchIo,
  writeRegister,
  type ChipsetPlatform,
  type ChipsetState,
  type WidthBytes,
} from '../../platform/chipset/index.ts';
import { broadcastSmi } from '../../platform/cores/index.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

/** The chipset of a setting: its addresses and its behaviour. */
export const platformOf = ({ parameters }: HyperSentrySetting): ChipsetPlatform => ({
  layout: layouts[parameters.layout],
  behaviour: { ...intelOf(parameters.layout), ...parameters.behaviour },
});

const BASE_BITS = 0xff80;
const DEFAULT_PMBASE = 0x0400;

/** PMBASE as the firmware set it. A handler that does not read it again works with this value. */
export const bootBase = ({ parameters }: HyperSentrySetting): number =>
  (parameters.registers.PMBASE ?? DEFAULT_PMBASE) & BASE_BITS;

/**
 * The firmware's writes, as numbers: firmware knows no names of fields, and a register table with a bit in
 * another place would not get what was meant. coreboot (i82801ix, bd82x6x) has them all.
 */
const FIRMWARE = {
  /** GBL_SMI_EN, EOS, SLP_SMI_EN, APMC_EN and TCO_EN: the run-time value, as coreboot sets it too. */
  SMI_EN: 0x2033,
  /** SMI_EN bit 27. */
  GPIO_UNLOCK_SMI_EN: 0x0800_0000,
  /** ACPI_CNTL bit 7. */
  ACPI_EN: 0x80,
  /** GPIO_CNTL bits 4 and 0. */
  GPIO_EN: 0x10,
  GLE: 0x01,
  /** GEN_PMCON_1 bit 4. */
  SMI_LOCK: 0x10,
  /** GEN_PMCON_LOCK bit 1. */
  ACPI_BASE_LOCK: 0x02,
} as const;

const withMask = (value: number, mask: number, on: boolean): number =>
  (on ? value | mask : value & ~mask) >>> 0;

/**
 * The chipset as HyperSentry's boot leaves it: the pin an input, routed to SMI and enabled, the locks as
 * the defences say. Registers that the scenario gives come first: a board is as it was found. Firmware took
 * SMIs long before, so none is the first since reset: EOS is a gate from the start.
 */
export const bootedChipset = (setting: HyperSentrySetting): ChipsetState => {
  const { parameters, defends } = setting;
  const platform = platformOf(setting);
  const pin = 1 << parameters.gpi;
  const inputs = parameters.otherGpis.reduce((mask, gpi) => mask | (1 << gpi), pin);
  const found = {
    ...resetChipset(platform),
    PMBASE: DEFAULT_PMBASE | 1,
    ACPI_CNTL: FIRMWARE.ACPI_EN,
    GPIOBASE: 0x0481,
    GPIO_CNTL: FIRMWARE.GPIO_EN,
    GPIO_USE_SEL: inputs,
    GP_IO_SEL: inputs,
    SMI_EN: FIRMWARE.SMI_EN,
    GPI_ROUT: (1 << (2 * parameters.gpi)) >>> 0,
    ALT_GP_SMI_EN: pin,
    firstSmi: false,
    ...parameters.registers,
  };
  const { GEN_PMCON_1, GEN_PMCON_LOCK, GPIO_CNTL, SMI_EN } = found;
  const isPch = platform.layout.name === 'series6to9';
  return {
    ...found,
    SMI_EN: isPch ? withMask(SMI_EN, FIRMWARE.GPIO_UNLOCK_SMI_EN, defends('gpioUnlockSmi')) : SMI_EN,
    GEN_PMCON_1: withMask(GEN_PMCON_1, FIRMWARE.SMI_LOCK, defends('smiLock')),
    GPIO_CNTL: isPch ? withMask(GPIO_CNTL, FIRMWARE.GLE, defends('gpioLockdown')) : GPIO_CNTL,
    GEN_PMCON_LOCK: withMask(GEN_PMCON_LOCK, FIRMWARE.ACPI_BASE_LOCK, defends('acpiBaseLock')),
  };
};

/** Whether the latch of the BMC's pin is set: ALT_GP_SMI_STS[gpi]. */
export const latched = (state: HyperSentry, { parameters }: HyperSentrySetting): boolean =>
  (state.chipset.ALT_GP_SMI_STS & (1 << parameters.gpi)) !== 0;

/** Whether the BMC's pin is among the reasons for an SMI: SMI_STS.GPI_STS, and its own bit in the latch. */
const asks = (state: HyperSentry, setting: HyperSentrySetting): boolean =>
  latched(state, setting) &&
  fieldValue('SMI_STS', readRegister(state.chipset, platformOf(setting), 'SMI_STS'), 'GPI_STS') === 1;

/**
 * Ends every event on the chipset. The SMI message, if one was sent, sets out for the cores, and the ghost
 * forgets the edge once its latch is clear. A message that takes no time is there at once; a core in SMM
 * latches one.
 */
export const propagate = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  if (!latched(draft, setting)) draft.ghost.edgeInLatch = false;
  if (draft.chipset.smi === 'idle') return;
  draft.chipset.smi = 'idle';
  if (setting.parameters.followsEdge && draft.ghost.edgeInLatch && asks(draft, setting))
    draft.ghost.edgeSent = true;
  const { messageUs, cores } = setting.parameters;
  if (messageUs === 0) broadcastSmi(draft.cores);
  else draft.smiOnWayUs ??= messageUs * cores;
};

/** The registers of slide 14 that live in the power-management block, by their offset in it. */
export const PM_OFFSETS = {
  SMI_EN: 0x30,
  SMI_STS: 0x34,
  ALT_GP_SMI_EN: 0x38,
  ALT_GP_SMI_STS: 0x3a,
} as const;

export type PmRegister = keyof typeof PM_OFFSETS;
const PM_REGISTERS: readonly PmRegister[] = ['SMI_EN', 'ALT_GP_SMI_EN', 'SMI_STS', 'ALT_GP_SMI_STS'];

const widthBytes = (register: PmRegister): WidthBytes => (register.startsWith('ALT') ? 2 : 4);

/** The base of the power-management block, as the handler believes. */
export const handlerBase = (state: HyperSentry, setting: HyperSentrySetting): number =>
  setting.defends('rereadBase')
    ? readRegister(state.chipset, platformOf(setting), 'PMBASE') & BASE_BITS
    : bootBase(setting);

/** Whether PMBASE decodes: ACPI_CNTL.ACPI_EN. */
export const isDecoding = ({ chipset }: HyperSentry): boolean =>
  fieldValue('ACPI_CNTL', chipset.ACPI_CNTL, 'ACPI_EN') === 1;

/** Whether the handler finds the block decoded, or makes it so before it uses a port. */
const isDecodedFor = (state: HyperSentry, { defends }: HyperSentrySetting): boolean =>
  defends('restoreDecode') || isDecoding(state);

const isAtHome = ({ chipset }: HyperSentry, base: number): boolean => (chipset.PMBASE & BASE_BITS) === base;

/**
 * Whether the hypervisor's device answers a port in the power-management block at its boot address. It does
 * where the chipset does not answer, since the block was moved or is not decoded.
 */
export const deviceAnswers = (state: HyperSentry, setting: HyperSentrySetting, base: number): boolean =>
  base === bootBase(setting) &&
  state.device.window === 'old PMBASE' &&
  !(isAtHome(state, base) && isDecodedFor(state, setting));

/** The value that an IN from `register` gives the handler, through the port address that it uses. */
export const readAsHandler = (
  state: HyperSentry,
  setting: HyperSentrySetting,
  register: PmRegister,
): number => {
  const base = handlerBase(state, setting);
  const platform = platformOf(setting);
  if (deviceAnswers(state, setting, base)) return state.device[register];
  const address = base + PM_OFFSETS[register];
  const ends = platform.behaviour.trapEndsCycle && isTrapped(state.chipset, address, widthBytes(register));
  if (isAtHome(state, base) && isDecodedFor(state, setting) && !ends)
    return readRegister(state.chipset, platform, register);
  return readIo(state.chipset, platform, address, widthBytes(register));
};

/**
 * Makes the handler have the block decoded again, with that defence: by configuration space, which needs no
 * block.
 */
export const restoreDecode = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  if (!setting.defends('restoreDecode') || isDecoding(draft)) return;
  const decoded = draft.chipset.ACPI_CNTL | FIRMWARE.ACPI_EN;
  writeRegister(draft.chipset, platformOf(setting), 'ACPI_CNTL', decoded);
  propagate(draft, setting);
};

const TRSE = 1;

/** Disarms traps on the handler's ports, with that defence: the register is in memory, where no trap is. */
export const disarmTraps = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  const { IOTR0 } = draft.chipset;
  if (!setting.defends('disarmsTraps') || (IOTR0 & TRSE) === 0) return;
  writeRegister(draft.chipset, platformOf(setting), 'IOTR0', (IOTR0 & ~TRSE) >>> 0);
};

/** The handler reads the ports of slide 14, in whatever order: each access may be trapped. */
export const touchPorts = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  const base = handlerBase(draft, setting);
  for (const register of PM_REGISTERS)
    touchIo(draft.chipset, platformOf(setting), base + PM_OFFSETS[register], widthBytes(register));
  propagate(draft, setting);
};
