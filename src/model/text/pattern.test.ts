import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, isPattern } from './pattern.ts';

describe('a pattern', () => {
  it.each([
    ['H-DEFER', 'H-DEFER', true],
    ['H-DEFER', 'h-defer', true],
    ['H-DEFER', 'H-DEFER*', true],
    ['H-DEFER-BOUNDED', 'H-DEFER*', true],
    ['H-DEFER-BOUNDED', 'H-*-BOUNDED', true],
    ['H-DEFER', 'H-DEFE', false],
    ['H-DEFER', 'H-DEFER?', false],
    ['H-DEFER', 'H-DEFE?', true],
    ['H-DEFER', '*', true],
    ['H-DEFER', '*R*R*', false],
    ['H.DEFER', 'H?DEFER', true],
    ['HXDEFER', 'H.DEFER', false],
  ])('%s fits %s: %s', (id, pattern, expected) => {
    expect(fits(id, pattern)).toBe(expected);
  });

  it('says of any ids and patterns what a regular expression says', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-') });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?') });
    fc.assert(
      fc.property(word, pattern, (id, signs) => {
        const expression = new RegExp(`^${signs.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(fits(id, signs)).toBe(expression.test(id));
      }),
    );
  });

  it('is told from a name by its signs', () => {
    expect(['H-DEFER', 'H-DEFER*', 'H?'].map(isPattern)).toEqual([false, true, true]);
  });
});
