import { REGISTERS } from '../chipset/index.ts';
import { activeInputs } from './observed.ts';
import type { PlatformProfile } from './profile.ts';
import { registerValue } from './readings.ts';
import { bitOf, hexOf } from './logs/text.ts';

/**
 * How a status bit that was found set is cleared. `latch`: software writes 1 to it. `summary`: it is computed
 * from registers elsewhere, and clears when they do. `active-input`: its pin is active, so it is set again as
 * soon as it is cleared. `not-described`: no public description.
 */
export type Persistence = 'latch' | 'summary' | 'active-input' | 'not-described';

/** A status bit, other than the trigger's own, that was set on a real board. */
export interface StaleBit {
  readonly register: 'SMI_STS' | 'ALT_GP_SMI_STS';
  readonly bit: number;
  readonly name: string;
  readonly persistence: Persistence;
}

/** Whether a handler that requires all other status bits to be 0 would accept a genuine trigger. */
export interface StaleStatus {
  /** The input that carries the trigger. */
  readonly gpi: number;
  readonly bits: readonly StaleBit[];
  /**
   * `as-found`: no other bit was set. `once-cleared`: every other bit can be cleared, until its event
   * comes again. `never`: a pin that is active keeps its bit set, as long as firmware neither inverts it
   * nor makes it an output. `unknown`: the logs do not tell.
   */
  readonly accepted: 'as-found' | 'once-cleared' | 'never' | 'unknown';
  readonly says: string;
}

const gpiSummaryBit = 10;

const smiStatus = (bit: number): StaleBit => {
  const field = REGISTERS.SMI_STS.fields.find(({ shift, width }) => width === 1 && shift === bit);
  if (field === undefined)
    return { register: 'SMI_STS', bit, name: `bit ${bit}`, persistence: 'not-described' };
  const persistence = field.access === 'R/WC' ? 'latch' : 'summary';
  return { register: 'SMI_STS', bit, name: field.name, persistence };
};

const namesWith = (bits: readonly StaleBit[], persistence: Persistence): string =>
  bits
    .filter((each) => each.persistence === persistence)
    .map(({ register, name }) => (register === 'SMI_STS' ? `SMI_STS.${name}` : name))
    .join(', ');

const explanations = (bits: readonly StaleBit[]): readonly string[] =>
  [
    ['latched until software writes 1', 'latch'],
    ['summaries of other registers', 'summary'],
    ['set again at once by an active pin', 'active-input'],
    ['not described in public', 'not-described'],
  ].map(([says = '', persistence]) => {
    const names = namesWith(bits, persistence as Persistence);
    return names === '' ? '' : `${says}: ${names}`;
  });

// The power management timer has 24 bits at 3.579545 MHz and sets TMROF_STS when bit 23 changes: every
// 2^23 ticks. On every board read so far this alone had PM1_STS_REG set. Source: ACPI, fixed hardware.
const timerNote = (bits: readonly StaleBit[]): string =>
  bits.some(({ name }) => name === 'PM1_STS_REG') ? 'TMROF_STS sets PM1_STS_REG again every 2.3 s' : '';

const explain = (bits: readonly StaleBit[]): string =>
  [...explanations(bits), timerNote(bits)].filter((part) => part !== '').join('; ');

/**
 * The status bits other than the trigger's own (SMI_STS bit 10 and ALT_GP_SMI_STS bit `gpi`) that were found
 * set on a board, and their consequence for a handler that requires them to be 0.
 *
 * @param gpi the input that carries the trigger, 0 to 15.
 */
export const staleStatus = (profile: PlatformProfile, gpi: number): StaleStatus => {
  const value = (name: string): number | undefined => registerValue(profile, name);
  const [status, latched] = [value('SMI_STS'), value('ALT_GP_SMI_STS')];
  const [level, inversion, direction] = [value('GP_LVL'), value('GPI_INV'), value('GP_IO_SEL')];
  if (status === undefined || latched === undefined)
    return { gpi, bits: [], accepted: 'unknown', says: 'SMI_STS or ALT_GP_SMI_STS is not known' };
  const pinsKnown = level !== undefined && inversion !== undefined && direction !== undefined;
  const active = pinsKnown ? activeInputs({ GP_LVL: level, GPI_INV: inversion, GP_IO_SEL: direction }) : 0;
  const bits: readonly StaleBit[] = [
    ...Array.from({ length: 32 }, (_, bit) => bit)
      .filter((bit) => bit !== gpiSummaryBit && bitOf(status, bit))
      .map(smiStatus),
    ...Array.from({ length: 16 }, (_, bit) => bit)
      .filter((bit) => bit !== gpi && bitOf(latched, bit))
      .map((bit): StaleBit => ({
        register: 'ALT_GP_SMI_STS',
        bit,
        name: `GPI${bit}`,
        persistence: bitOf(active, bit) ? 'active-input' : 'latch',
      })),
  ];
  const has = (persistence: Persistence): boolean => bits.some((each) => each.persistence === persistence);
  if (bits.length === 0) return { gpi, bits, accepted: 'as-found', says: 'no other status bit was set' };
  if (has('active-input')) return { gpi, bits, accepted: 'never', says: explain(bits) };
  const unsure = has('not-described') || (!pinsKnown && latched !== 0);
  return {
    gpi,
    bits,
    accepted: unsure ? 'unknown' : 'once-cleared',
    says: pinsKnown
      ? explain(bits)
      : `${explain(bits)}; which pins are active is not known (${hexOf(latched, 4)})`,
  };
};
