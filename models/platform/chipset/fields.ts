import { Fault, type RegisterLayout } from 'underwatch/model';
import { hasField, type ChipsetLayout } from './layout.ts';
import { REGISTERS } from './registers/index.ts';
import type { Field } from './registers/register.ts';
import type { RegisterName } from './state.ts';

/** The position of a field in its register; `mask` is in place, not shifted down. */
export interface Bits {
  readonly shift: number;
  readonly width: number;
  readonly mask: number;
}

const maskOf = ({ shift, width }: Field): number => (2 ** width - 1) * 2 ** shift;

// Looked up on every step of a search, so made once.
const BITS = Object.fromEntries(
  Object.values(REGISTERS).map(({ name, fields }) => [
    name,
    Object.fromEntries(
      fields.map((field) => [field.name, { shift: field.shift, width: field.width, mask: maskOf(field) }]),
    ),
  ]),
) as { readonly [name in RegisterName]: { readonly [field: string]: Bits } };

/** The bits of a field. Throws UW105 for a field that the register does not have. */
export const bits = (register: RegisterName, field: string): Bits => {
  const found = BITS[register][field];
  if (found !== undefined) return found;
  throw new Fault('UW105', {
    where: `register ${register}`,
    expected: `one of its fields: ${Object.keys(BITS[register]).join(', ')}`,
    got: field,
    likely: 'a typing error, or a field of another register',
    next: 'see REGISTERS for the names',
  });
};

/** The value of a field, shifted down. */
export const fieldValue = (register: RegisterName, value: number, field: string): number => {
  const { mask, shift } = bits(register, field);
  return (value & mask) >>> shift;
};

/** `value` with a field replaced; `content` is cut to the field's width. */
export const withField = (register: RegisterName, value: number, field: string, content: number): number => {
  const { mask, shift } = bits(register, field);
  return ((value & ~mask) | ((content << shift) & mask)) >>> 0;
};

const HEX_DIGITS = 4;

const hex = (value: number, widthBits: number): string => {
  const digits = value.toString(16).padStart(widthBits / 4, '0');
  return widthBits === 32 ? `${digits.slice(0, -HEX_DIGITS)}_${digits.slice(-HEX_DIGITS)}h` : `${digits}h`;
};

/**
 * A register's value as the datasheets write it: `0000_2033h`; with `detail: 'bits'` also the names of
 * its fields that are not 0: `0000_0003h GBL_SMI_EN EOS`, `01h PER_SMI_SEL=1`.
 */
export const formatRegister = (name: RegisterName, value: number, detail: 'hex' | 'bits' = 'hex'): string => {
  const register = REGISTERS[name];
  const text = hex(value, register.widthBits);
  if (detail === 'hex') return text;
  const names = register.fields
    .map((field) => ({ field, content: fieldValue(name, value, field.name) }))
    .filter(({ content }) => content !== 0)
    .map(({ field, content }) => (field.width === 1 ? field.name : `${field.name}=${content.toString(16)}`));
  return [text, ...names].join(' ');
};

const layoutsOf = (layout: ChipsetLayout): { readonly [name: string]: RegisterLayout } =>
  Object.fromEntries(
    Object.values(REGISTERS).map(({ fields, name, says, widthBits }) => [
      name,
      {
        widthBits,
        says,
        fields: fields
          .filter((field) => hasField(layout, field))
          .map((field) => ({
            name: field.name,
            shift: field.shift,
            width: field.width,
            says: `${field.says} (${field.access}${field.lock === undefined ? '' : `, by ${field.lock}`})`,
          })),
      },
    ]),
  );

const known = new Map<ChipsetLayout, { readonly [name: string]: RegisterLayout }>();

/**
 * The layout of the register in a state's field (`chipset.SMI_EN`) for a generation; undefined for other
 * fields.
 */
export const registerLayout = (path: string, layout: ChipsetLayout): RegisterLayout | undefined => {
  const registers = known.get(layout) ?? layoutsOf(layout);
  known.set(layout, registers);
  return registers[path.slice(path.lastIndexOf('.') + 1)];
};
