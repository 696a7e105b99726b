import { bitsFor, layoutOf, type FieldSize, type Layout } from '../space/layout.ts';
import type { Space } from '../space/space.ts';
import type { WatchOf } from './watch.ts';

/** What every field needs for the values it has taken so far, and then what the waiting times need. */
export const fieldSizes = (space: Space, waits: readonly WatchOf<'within'>[]): readonly FieldSize[] => {
  const sizes: FieldSize[] = space.fields.map((path, field) => ({
    part: path.split('.')[0]!,
    bits: bitsFor(space.valuesOf(field).length),
  }));
  for (const { steps, id } of waits) sizes.push({ part: `within ${id}`, bits: bitsFor(steps + 2) });
  return sizes;
};

/** A layout with room for the values that every field has taken so far, and for the waiting times. */
export const layoutFor = (space: Space, waits: readonly WatchOf<'within'>[]): Layout =>
  layoutOf(fieldSizes(space, waits));

/** Whether some field has taken more values than the layout has room for. */
export const outgrown = ({ slots }: Layout, space: Space): boolean =>
  space.fields.some((_, field) => bitsFor(space.valuesOf(field).length) > slots[field]!.bits);
