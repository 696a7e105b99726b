import type { Value } from '../../../model/index.ts';
import { bitsFor, layoutOf, WORD_BITS, type FieldSize, type Layout } from './layout.ts';
import type { Space } from '../../learned-relation/space.ts';
import type { MonitorOf } from '../../monitor/monitor.ts';
import { narrowBits } from '../memory/visited-table.ts';

/** Returns the size of every field for the values it has taken so far, and then that of the waiting times. */
export const fieldSizes = (space: Space, waits: readonly MonitorOf<'within'>[]): readonly FieldSize[] => {
  const sizes: FieldSize[] = space.fields.map((path, field) => ({
    part: path.split('.')[0]!,
    bits: bitsFor(space.valuesOf(field).length),
  }));
  for (const { id, longest, steps } of waits) {
    sizes.push({ part: `within ${id}`, bits: bitsFor(Math.min(steps + 1, longest) + 1) });
  }
  return sizes;
};

// The number of bits below which a second word for further values is too much.
const BITS_FOR_ONE_WORD = 24;

/** Returns the bits that each of `states` states may take so that room is left for further values. */
const roomyBits = ({ bits, words }: Layout, states: number): number => {
  if (words > 2) return WORD_BITS * words;
  return bits <= BITS_FOR_ONE_WORD ? WORD_BITS : Math.max(bits, narrowBits(states));
};

/** The outlook of fields: what is known of how they go on. */
export interface Outlook {
  /** Whether a field is thought to take more values at all. */
  readonly mayGrow: (field: number) => boolean;
  /** Whether a question about states looks at a field. */
  readonly isAsked: (field: number) => boolean;
}

/**
 * Returns the number of further bits that a field with these values is likely to need: none if it is a
 * boolean that has been both, or has room left. A field that a question looks at is given more: it takes a
 * new value where an attack ends, and all known states would be repacked for one last state.
 */
const likelyToNeed = (values: readonly Value[], isAsked: boolean): number => {
  const isBoolean = typeof values[0] === 'boolean';
  if (values.length === 1) return isBoolean ? 1 : 2;
  return isBoolean || (!isAsked && values.length < 2 ** bitsFor(values.length)) ? 0 : 1;
};

/**
 * Makes a layout with room for the values that every field has taken so far, for the waiting times, and for
 * values that may still come, as far as `bitsAtMost` leaves bits over. Fields that have grown before are the
 * likeliest to grow.
 */
const layoutWithin = (
  space: Space,
  waits: readonly MonitorOf<'within'>[],
  bitsAtMost: (layout: Layout) => number,
  { mayGrow, isAsked }: Outlook,
): Layout => {
  let sizes = fieldSizes(space, waits);
  let layout = layoutOf(sizes);
  const most = bitsAtMost(layout);
  const needs = space.fields
    .map((_, field) => ({ field, values: space.valuesOf(field) }))
    .map(({ field, values }) => ({
      field,
      grew: values.length > 1,
      bits: likelyToNeed(values, isAsked(field)),
    }))
    .filter(({ bits, field }) => bits > 0 && mayGrow(field));
  for (const { field, bits } of [...needs.filter(({ grew }) => grew), ...needs.filter(({ grew }) => !grew)]) {
    if (layout.bits >= most) break;
    const larger = sizes.with(field, { ...sizes[field]!, bits: sizes[field]!.bits + bits });
    const roomy = layoutOf(larger);
    if (roomy.bits <= most) [sizes, layout] = [larger, roomy];
  }
  return layout;
};

/**
 * Makes a layout for few states, in as few words as will do; the room that is left in these is for values
 * that may still come.
 */
export const layoutFor = (space: Space, waits: readonly MonitorOf<'within'>[]): Layout =>
  layoutWithin(space, waits, ({ words }) => WORD_BITS * words, { mayGrow: () => true, isAsked: () => false });

/**
 * Makes a layout for so many states that they are fused: repacking also means fusing again, which takes
 * longer than the packing. Fields that are not thought to grow get no more than they need.
 */
export const roomyLayoutFor = (
  space: Space,
  waits: readonly MonitorOf<'within'>[],
  states: number,
  outlook: Outlook,
): Layout => layoutWithin(space, waits, (layout) => roomyBits(layout, states), outlook);

/** Whether `layout` has room in every field for what `other` has room for. */
export const covers = (layout: Layout, other: Layout): boolean =>
  other.slots.every(({ bits }, field) => bits <= layout.slots[field]!.bits);

/** Whether some field has taken more values than the layout has room for. */
export const outgrown = ({ slots }: Layout, space: Space): boolean =>
  space.fields.some((_, field) => space.valuesOf(field).length > 2 ** slots[field]!.bits);

/** Whether some wait has become longer than the layout has room for. */
export const outwaited = ({ slots }: Layout, waits: readonly MonitorOf<'within'>[]): boolean =>
  waits.some(
    ({ longest, timerField, steps }) => bitsFor(Math.min(steps + 1, longest) + 1) > slots[timerField]!.bits,
  );
