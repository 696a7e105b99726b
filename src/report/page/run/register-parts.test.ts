import { describe, expect, it } from 'vitest';
import { defineModel, systemOf, type RegisterLayout } from '../../../model/index.ts';
import { faultOf } from '../../../testing/fault-of.ts';
import { fieldsAlong } from './fields.ts';
import { needFits, registerParts } from './register-parts.ts';

const CONTROL: RegisterLayout = {
  widthBits: 8,
  says: 'what the lamp does',
  fields: [
    { name: 'ON', shift: 0, width: 1, says: 'it is lit' },
    { name: 'COLOUR', shift: 4, width: 3 },
  ],
};
const withFields = (...fields: RegisterLayout['fields']): RegisterLayout => ({ widthBits: 8, fields });

describe('the parts of a register', () => {
  it('are its fields from the highest down, and what is reserved between them', () => {
    expect(registerParts(CONTROL, 'CONTROL')).toEqual([
      { low: 7, width: 1 },
      { name: 'COLOUR', low: 4, width: 3 },
      { low: 1, width: 3 },
      { name: 'ON', low: 0, width: 1, says: 'it is lit' },
    ]);
    expect(registerParts(withFields(), 'EMPTY')).toEqual([{ low: 0, width: 8 }]);
  });

  it.each([
    [
      'one field over another',
      withFields({ name: 'A', shift: 0, width: 2 }, { name: 'B', shift: 1, width: 1 }),
    ],
    ['a field that ends outside', withFields({ name: 'A', shift: 7, width: 2 })],
    ['a field of no bits', withFields({ name: 'A', shift: 0, width: 0 })],
    ['half a bit', withFields({ name: 'A', shift: 0.5, width: 1 })],
    ['more bits than a number has', { widthBits: 64, fields: [] }],
  ])('are refused for %s', (_, layout) => {
    expect(faultOf(() => registerParts(layout, 'CONTROL')).title).toBe(
      "UW445 a register's layout does not fit it: CONTROL",
    );
  });

  it('hold what fits', () => {
    needFits(255, CONTROL, 'CONTROL');
    for (const value of [256, -1, 0.5]) {
      expect(faultOf(() => needFits(value, CONTROL, 'CONTROL')).code).toBe('UW445');
    }
  });

  it('stand with a field that is a number all the way, and with no other', () => {
    const lamp = defineModel({
      id: 'lamp',
      says: 'a lamp',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: () => ({ control: 1, spare: null, name: 'lamp' }),
      actions: {},
      invariants: {},
      present: { register: (path) => (path === 'name' ? undefined : CONTROL) },
    });
    const { initial } = systemOf(lamp, {});
    const registers = fieldsAlong(systemOf(lamp, {}), initial).map(({ path, register }) => [
      path,
      register?.numbers,
    ]);
    expect(registers).toEqual([
      ['control', [1]],
      ['spare', undefined],
      ['name', undefined],
    ]);
  });
});
