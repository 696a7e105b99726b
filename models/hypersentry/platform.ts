import type { Draft } from 'immer';
import {
  fieldValue,
  intelOf,
  layouts,
  readIo,
  readRegister,
  resetChipset,
  withField,
  type ChipsetPlatform,
  type ChipsetState,
  type WidthBytes,
} from '../platform/chipset/index.ts';
import { broadcastSmi } from '../platform/cores/index.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

/** The chipset that a setting speaks of: its addresses and its behaviour. */
export const platformOf = ({ parameters }: HyperSentrySetting): ChipsetPlatform => ({
  layout: layouts[parameters.layout],
  behaviour: { ...intelOf(parameters.layout), ...parameters.behaviour },
});

const BASE_BITS = 0xff80;
const DEFAULT_PMBASE = 0x0400;

/** PMBASE as the firmware set it, which is what a handler that does not read it again works with. */
export const bootBase = ({ parameters }: HyperSentrySetting): number =>
  (parameters.registers.PMBASE ?? DEFAULT_PMBASE) & BASE_BITS;

/**
 * The chipset as HyperSentry's boot leaves it: the run-time value of SMI_EN (2033h: GBL_SMI_EN, EOS,
 * SLP_SMI_EN, APMC_EN, TCO_EN, as coreboot sets it too), the pin an input, routed to SMI and enabled,
 * the locks as the defences say. Registers that the scenario gives come first: a board is as it was found.
 */
export const bootedChipset = (setting: HyperSentrySetting): ChipsetState => {
  const { parameters, defends } = setting;
  const platform = platformOf(setting);
  const pin = 1 << parameters.gpi;
  const inputs = parameters.otherGpis.reduce((mask, gpi) => mask | (1 << gpi), pin);
  const enable = (
    when: boolean,
    register: Parameters<typeof withField>[0],
    value: number,
    field: string,
  ): number => withField(register, value, field, when ? 1 : 0);
  const reset = resetChipset(platform);
  const found = {
    PMBASE: DEFAULT_PMBASE | 1,
    ACPI_CNTL: enable(true, 'ACPI_CNTL', 0, 'ACPI_EN'),
    GPIOBASE: 0x0481,
    GPIO_CNTL: enable(true, 'GPIO_CNTL', 0, 'GPIO_EN'),
    GPIO_USE_SEL: inputs,
    GP_IO_SEL: inputs,
    SMI_EN: 0x2033,
    GPI_ROUT: (1 << (2 * parameters.gpi)) >>> 0,
    ALT_GP_SMI_EN: pin,
    ...parameters.registers,
  };
  const isPch = platform.layout.name === 'series6to9';
  return {
    ...reset,
    ...found,
    SMI_EN: isPch
      ? enable(defends('gpioUnlockSmi'), 'SMI_EN', found.SMI_EN, 'GPIO_UNLOCK_SMI_EN')
      : found.SMI_EN,
    GEN_PMCON_1: enable(
      defends('smiLock'),
      'GEN_PMCON_1',
      found.GEN_PMCON_1 ?? reset.GEN_PMCON_1,
      'SMI_LOCK',
    ),
    GPIO_CNTL: isPch ? enable(defends('gpioLockdown'), 'GPIO_CNTL', found.GPIO_CNTL, 'GLE') : found.GPIO_CNTL,
    GEN_PMCON_LOCK: enable(
      defends('acpiBaseLock'),
      'GEN_PMCON_LOCK',
      found.GEN_PMCON_LOCK ?? reset.GEN_PMCON_LOCK,
      'ACPI_BASE_LOCK',
    ),
  };
};

/** Whether the latch of the BMC's pin, ALT_GP_SMI_STS[gpi], is set. */
export const latched = (state: HyperSentry, { parameters }: HyperSentrySetting): boolean =>
  (state.chipset.ALT_GP_SMI_STS & (1 << parameters.gpi)) !== 0;

/** Whether the BMC's pin is among the reasons for an SMI: SMI_STS.GPI_STS, and its own bit in the latch. */
const asks = (state: HyperSentry, setting: HyperSentrySetting): boolean =>
  latched(state, setting) &&
  fieldValue('SMI_STS', readRegister(state.chipset, platformOf(setting), 'SMI_STS'), 'GPI_STS') === 1;

/**
 * What every event on the chipset ends with: the SMI message, if one was sent, reaches every core (a
 * core in SMM latches one), and the ghost forgets the edge once its latch is clear.
 */
export const propagate = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  if (!latched(draft, setting)) draft.ghost.edgeInLatch = false;
  if (draft.chipset.smi === 'idle') return;
  draft.chipset.smi = 'idle';
  if (setting.parameters.followsEdge && draft.ghost.edgeInLatch && asks(draft, setting))
    draft.ghost.edgeSent = true;
  broadcastSmi(draft.cores);
};

/** The registers of slide 14 that live in the power-management block, by their offset in it. */
export const PM_OFFSETS = {
  SMI_EN: 0x30,
  SMI_STS: 0x34,
  ALT_GP_SMI_EN: 0x38,
  ALT_GP_SMI_STS: 0x3a,
} as const;

export type PmRegister = keyof typeof PM_OFFSETS;

const widthBytes = (register: PmRegister): WidthBytes => (register.startsWith('ALT') ? 2 : 4);

/** Where the handler believes the power-management block to be. */
export const handlerBase = (state: HyperSentry, setting: HyperSentrySetting): number =>
  setting.defends('rereadBase')
    ? readRegister(state.chipset, platformOf(setting), 'PMBASE') & BASE_BITS
    : bootBase(setting);

/** Whether a port in the power-management block at its boot address is answered by the hypervisor's device. */
export const deviceAnswers = (state: HyperSentry, setting: HyperSentrySetting, base: number): boolean =>
  base === bootBase(setting) &&
  state.device.window === 'old PMBASE' &&
  (state.chipset.PMBASE & BASE_BITS) !== bootBase(setting);

/** What an IN from `register` gives the handler, through the port address that it uses. */
export const readAsHandler = (
  state: HyperSentry,
  setting: HyperSentrySetting,
  register: PmRegister,
): number => {
  const base = handlerBase(state, setting);
  if (deviceAnswers(state, setting, base)) return state.device[register];
  return readIo(state.chipset, platformOf(setting), base + PM_OFFSETS[register], widthBytes(register));
};

/**
 * The least time that can have passed since the edge: cores work side by side, so the work divided among
 * them. Null before the edge.
 */
export const elapsedUs = ({ ghost, cores }: HyperSentry): number | null =>
  ghost.workSinceEdgeUs === null ? null : Math.ceil(ghost.workSinceEdgeUs / cores.length);

/** Where the count of work stops: just above the bound, beyond which all is late alike. */
export const lateWorkUs = ({ parameters }: HyperSentrySetting): number =>
  parameters.promptUs * parameters.cores + 1;
