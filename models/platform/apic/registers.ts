/**
 * The registers of a local APIC that software can write, as far as they matter for SMIs. Values are whole
 * registers. Sections are those of SDM vol. 3A, "Advanced Programmable Interrupt Controller" (chapter 10;
 * chapter 8 in 2006).
 */
export interface LocalApic {
  /** MSR 1Bh. */
  readonly IA32_APIC_BASE: number;
  /** Spurious-interrupt vector register, FEE000F0h. */
  readonly SVR: number;
  /** Task priority, FEE00080h. */
  readonly TPR: number;
  /** LVT entry of the performance counters, FEE00340h. */
  readonly LVT_PMC: number;
}

export type ApicRegister = keyof LocalApic;

interface Bits {
  readonly shift: number;
  readonly width: number;
  readonly says: string;
}

/** The fields by name and bit. BASE is cut to 32-bit addresses. */
export const APIC_FIELDS: { readonly [register in ApicRegister]: { readonly [field: string]: Bits } } = {
  IA32_APIC_BASE: {
    BSP: { shift: 8, width: 1, says: 'the bootstrap processor (10.4.4)' },
    EN: { shift: 11, width: 1, says: 'global enable; 0: as if there were no APIC (10.4.3)' },
    BASE: { shift: 12, width: 20, says: 'where the registers are in memory; FEE00h after reset (10.4.5)' },
  },
  SVR: {
    VECTOR: { shift: 0, width: 8, says: 'the spurious vector (10.9)' },
    EN: { shift: 8, width: 1, says: 'software enable; 0 masks every LVT entry (10.4.7.2)' },
  },
  TPR: { PRIORITY: { shift: 0, width: 8, says: 'vectors of this class and below wait (10.8.3.1)' } },
  LVT_PMC: {
    VECTOR: { shift: 0, width: 8, says: 'for delivery mode 000' },
    MODE: { shift: 8, width: 3, says: '000 fixed, 010 SMI, 100 NMI (10.5.1)' },
    MASK: { shift: 16, width: 1, says: 'nothing is delivered while 1 (10.5.1)' },
  },
};

/** Delivery modes of an LVT entry. */
export const MODES: { readonly fixed: 0; readonly SMI: 2; readonly NMI: 4 } = { fixed: 0, SMI: 2, NMI: 4 };

const bitsOf = (register: ApicRegister, field: string): Bits => APIC_FIELDS[register][field]!;

/** The value of a field. */
export const apicField = (apic: LocalApic, register: ApicRegister, field: string): number => {
  const { shift, width } = bitsOf(register, field);
  return Math.floor(apic[register] / 2 ** shift) % 2 ** width;
};

/** The register with one field replaced. */
export const withApicField = (
  apic: LocalApic,
  register: ApicRegister,
  field: string,
  content: number,
): number =>
  apic[register] + (content - apicField(apic, register, field)) * 2 ** bitsOf(register, field).shift;
