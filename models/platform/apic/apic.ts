import type { Draft } from 'immer';
import { apicField, MODES, withApicField, type ApicRegister, type LocalApic } from './registers.ts';

/** The address of the registers after reset, as BASE holds it. */
const DEFAULT_BASE = 0xfee00;

/** After reset (SDM 10.4.7.1): the entry masked, the APIC disabled by SVR; enabled globally, at FEE00000h. */
const resetApic: LocalApic = {
  IA32_APIC_BASE: 0xfee0_0900,
  SVR: 0xff,
  TPR: 0,
  LVT_PMC: 0x1_0000,
};

/** The APIC as firmware and an operating system leave it: also enabled by SVR. */
export const runningApic: LocalApic = { ...resetApic, SVR: 0x1ff };

/** Whether IA32_APIC_BASE.EN is set: without it the APIC neither answers nor sends anything. */
const isEnabled = (apic: LocalApic): boolean => apicField(apic, 'IA32_APIC_BASE', 'EN') === 1;

const isSoftwareEnabled = (apic: LocalApic): boolean => apicField(apic, 'SVR', 'EN') === 1;

/**
 * Writes a register. While SVR.EN is 0 the mask of an LVT entry is 1, whatever is written to it (10.4.7.2).
 * An APIC that is disabled globally loses its settings (10.4.3: "may return to the state after reset").
 */
export const writeApic = (apic: Draft<LocalApic>, register: ApicRegister, value: number): void => {
  if (register !== 'IA32_APIC_BASE' && !isEnabled(apic)) return;
  apic[register] = value;
  if (!isEnabled(apic)) {
    const { IA32_APIC_BASE } = apic;
    Object.assign(apic, resetApic, { IA32_APIC_BASE });
  }
  if (!isSoftwareEnabled(apic)) apic.LVT_PMC = withApicField(apic, 'LVT_PMC', 'MASK', 1);
};

/**
 * Writes a register by a store to the address at which the writer expects it; elsewhere it is a store to
 * memory.
 */
export const storeApic = (
  apic: Draft<LocalApic>,
  register: Exclude<ApicRegister, 'IA32_APIC_BASE'>,
  value: number,
  base: number = DEFAULT_BASE,
): void => {
  if (apicField(apic, 'IA32_APIC_BASE', 'BASE') === base) writeApic(apic, register, value);
};

/**
 * The event that the overflow of a performance counter brings the core. TPR does not hold up SMIs and NMIs
 * (10.8.3.1).
 */
export const overflowDelivers = (apic: LocalApic): 'SMI' | 'NMI' | 'nothing' => {
  if (!isEnabled(apic) || apicField(apic, 'LVT_PMC', 'MASK') === 1) return 'nothing';
  const mode = apicField(apic, 'LVT_PMC', 'MODE');
  if (mode === MODES.SMI) return 'SMI';
  // A fixed interrupt goes to the hypervisor, which has the core anyway.
  return mode === MODES.NMI ? 'NMI' : 'nothing';
};

/**
 * Whether an IPI can be sent. An APIC that is disabled by SVR alone still issues IPIs, and takes SMIs
 * (10.4.7.2).
 */
export const sendsIpis = (apic: LocalApic): boolean => isEnabled(apic);
