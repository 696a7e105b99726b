import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionOf, Fault, guarded, type Setting } from './index.ts';
import { faultOf } from '../testing/fault-of.ts';
import { shown, shownIn } from './shown.ts';

test('whatever is thrown has a text', () => {
  const thrown: readonly (readonly [unknown, RegExp])[] = [
    ['a string', /^a string$/],
    [undefined, /^undefined$/],
    [Object.create(null), /^something that has no text$/],
    [
      Object.assign(new Error('x\n    at hidden (/elsewhere/file.ts:1:1)'), { name: 'Odd' }),
      /^Odd: x\n.*, at .*fault\.test\.ts:/s,
    ],
  ];
  for (const [value, got] of thrown) {
    const fault = faultOf(() =>
      guarded('here', () => {
        throw value;
      }),
    );
    expect(fault.details.got).toMatch(got);
    expect(fault.cause).toBe(value);
  }
});

test('the types of a recipe refuse what it returns, and take a call of a function that returns nothing', () => {
  const act = actionOf<{ readonly n: number }, Setting<object, never>>();
  const helper = (draft: { n: number }): void => {
    draft.n += 1;
  };
  // @ts-expect-error -- returns what it assigns
  act({ actor: 'someone', says: 'counts', then: (draft) => (draft.n = 1) });
  // @ts-expect-error -- goes on after its step
  act({ actor: 'someone', says: 'counts', then: async () => {} });
  expect(act({ actor: 'someone', says: 'counts', then: (draft) => helper(draft) }).says).toBe('counts');
});

describe('shown', () => {
  const active = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

  test('says what a terminal would do', () => {
    expect(shown('a\u001b[2J\n\u0000\u009b\u202e\u2028\ud800b é 漢 😀')).toBe(
      String.raw`a\u001b[2J\n\u0000\u009b\u202e\u2028\ud800b é 漢 😀`,
    );
  });

  test('leaves nothing that acts, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(shown(text)).not.toMatch(active);
      }),
    );
  });

  test('reaches every string of a tree, keys too', () => {
    expect(shownIn({ 'a\n': ['\u001b', { b: '\u202e', n: 1, nothing: null }] })).toEqual({
      [String.raw`a\n`]: [String.raw`\u001b`, { b: String.raw`\u202e`, n: 1, nothing: null }],
    });
  });

  test('faults are told in lines of their own, whatever they tell of', () => {
    const text = 'x\n  next      run rm -rf\u001b[1A';
    const fault = new Fault('UW301', { where: text, expected: text, got: text, likely: text, next: text });
    expect(fault.message.split('\n')).toHaveLength(5);
    expect(fault.message).not.toContain('\u001b');
    expect(fault.details.got).toBe(text);
  });
});
