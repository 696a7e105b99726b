import type { Draft } from 'immer';
import type { ChipsetBehaviour, ChipsetPlatform } from '../behaviour.ts';
import { bits } from '../fields.ts';
import type { ChipsetState, LatchedSource } from '../state.ts';
import { isAsked, ROUTES, routedTo, statusMask } from './status.ts';

const GBL_SMI_EN = bits('SMI_EN', 'GBL_SMI_EN').mask;
const EOS = bits('SMI_EN', 'EOS').mask;
const ACPI_EN = bits('ACPI_CNTL', 'ACPI_EN').mask;
const GPIS = 0xffff;

const gatesOpen = (chip: ChipsetState, behaviour: ChipsetBehaviour): boolean => {
  if (behaviour.gblGatesSmi && (chip.SMI_EN & GBL_SMI_EN) === 0) return false;
  if (behaviour.acpiEnGatesSmi && (chip.ACPI_CNTL & ACPI_EN) === 0) return false;
  if (!behaviour.eosGatesSmi || (chip.SMI_EN & EOS) !== 0) return true;
  return behaviour.firstSmiIgnoresEos && chip.firstSmi;
};

const send = (chip: Draft<ChipsetState>, behaviour: ChipsetBehaviour): void => {
  chip.smi = 'sent';
  chip.firstSmi = false;
  if (behaviour.eosClearedBySmi) chip.SMI_EN = (chip.SMI_EN & ~EOS) >>> 0;
};

/** Latches active inputs, inverted or not, for the SMI path and for the SCI path alike (boards). */
const sampleInputs = (chip: Draft<ChipsetState>, { behaviour, layout }: ChipsetPlatform): void => {
  const active = (chip.pins ^ chip.GPI_INV) & chip.GP_IO_SEL & GPIS;
  if (active === 0) return;
  const seen = behaviour.altStsLatchesUnrouted ? active : active & routedTo(chip.GPI_ROUT, ROUTES.smi);
  chip.ALT_GP_SMI_STS |= seen;
  chip.GPE0_STS = (chip.GPE0_STS | (active << 16)) >>> 0;
  if (layout.name === 'series6to9') chip.GPI_NMI_STS |= active & routedTo(chip.GPI_ROUT, ROUTES.nmi);
};

/** Settles the chipset after a write or an event: samples the inputs, then sends an SMI if one is due. */
export const settle = (chip: Draft<ChipsetState>, platform: ChipsetPlatform): void => {
  sampleInputs(chip, platform);
  if (gatesOpen(chip, platform.behaviour) && isAsked(chip, platform)) send(chip, platform.behaviour);
};

/** Latches an event in SMI_STS. Where nothing latches, the event itself raises the SMI, or never does. */
export const raise = (
  chip: Draft<ChipsetState>,
  { behaviour }: ChipsetPlatform,
  source: LatchedSource,
  ignoresEnable = false,
): void => {
  if (behaviour.smiStsLatches) {
    chip.SMI_STS = (chip.SMI_STS | statusMask(source)) >>> 0;
    return;
  }
  const enabled = ignoresEnable || (chip.SMI_EN & statusMask(source)) !== 0;
  if (enabled && behaviour.raisedUnlatched.includes(source) && gatesOpen(chip, behaviour))
    send(chip, behaviour);
};

/** The processors take the SMI message: they enter System Management Mode. */
export const takeSmi = (chip: Draft<ChipsetState>): void => {
  chip.smi = 'idle';
};
