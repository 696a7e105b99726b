import { Fault, type RegisterLayout } from '../../../model/index.ts';

/** A part of a register, from the highest bit down: a field, or reserved bits. */
export interface RegisterPart {
  /** The name; undefined for reserved bits. */
  readonly name?: string;
  readonly says?: string;
  readonly low: number;
  readonly width: number;
}

/** The most bits of a number that are exact. */
const MOST_BITS = 53;

const wrong = (where: string, got: string): Fault =>
  new Fault('UW445', {
    where,
    expected: `fields one beside the other, each within the register, of at most ${MOST_BITS} bits in all`,
    got,
    likely: 'a wrong `shift` or `width` in the layout, or the layout of another register',
    next: "compare `present.register` of the model with the register's description",
  });

const isCount = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/**
 * Returns the parts of a register, each bit in one of them. `where` names it. Throws UW445 for a layout that
 * contradicts itself.
 */
export const registerParts = (
  { fields, widthBits }: RegisterLayout,
  where: string,
): readonly RegisterPart[] => {
  if (!isCount(widthBits, 1, MOST_BITS)) throw wrong(where, `${widthBits} bits`);
  const parts: RegisterPart[] = [];
  let below = widthBits;
  const reserveTo = (low: number): void => {
    if (below > low) parts.push({ low, width: below - low });
  };
  for (const { name, says, shift, width } of fields.toSorted((one, other) => other.shift - one.shift)) {
    if (!isCount(shift, 0, widthBits) || !isCount(width, 1, widthBits) || shift + width > widthBits)
      throw wrong(where, `${name} from bit ${shift}, ${width} wide, of ${widthBits} bits`);
    if (shift + width > below) throw wrong(where, `${name} over the field above it, from bit ${below} on`);
    reserveTo(shift + width);
    parts.push({ name, low: shift, width, ...(says === undefined ? {} : { says }) });
    below = shift;
  }
  reserveTo(0);
  return parts;
};

/** Checks that a register of so many bits can hold the value. Throws UW445 if it cannot. */
export const needFits = (value: number, { widthBits }: RegisterLayout, where: string): void => {
  if (!isCount(value, 0, 2 ** widthBits - 1)) throw wrong(where, `${value}, in ${widthBits} bits`);
};
