import { expect, test } from 'vitest';
import { bitsFor, fits, layoutOf, pack, unpack } from './layout.ts';
import { createMasks } from './masks.ts';
import { repacker } from '../store/repack.ts';

const fields = (...bits: readonly number[]) => layoutOf(bits.map((size) => ({ part: 'all', bits: size })));

test('two values take a bit, one value takes none', () => {
  expect([1, 2, 3, 4, 5].map(bitsFor)).toEqual([0, 1, 2, 2, 3]);
});

test('a row is packed into as few words as its fields need, and read back', () => {
  const layout = fields(1, 0, 3);
  const words = new Int32Array(layout.words);
  pack(layout, Uint32Array.of(1, 0, 6), words, 0);
  const row = new Uint32Array(3);
  unpack(layout, words, 0, row);
  expect([layout.words, layout.bits, [...row]]).toEqual([1, 4, [1, 0, 6]]);
  expect([fits(layout, 2, 7), fits(layout, 2, 8)]).toEqual([true, false]);
});

test('no field straddles two words', () => {
  const { slots, words } = fields(20, 20);
  expect([words, slots.map(({ word, shift }) => [word, shift])]).toEqual([
    2,
    [
      [0, 0],
      [1, 0],
    ],
  ]);
});

test('an effect is masks: what to keep of a word, and what to set', () => {
  const layout = fields(1, 3);
  const [keep, set] = createMasks(() => [1, 5], layout)(0)!;
  const words = new Int32Array(1);
  pack(layout, Uint32Array.of(1, 2), words, 0);
  const row = new Uint32Array(2);
  unpack(layout, Int32Array.of((words[0]! & keep!) | set!), 0, row);
  expect([...row]).toEqual([1, 5]);
  expect(createMasks(() => [1, 8], layout)(0)).toBeUndefined();
});

test('states are packed anew where a field needs more bits', () => {
  const [from, into] = [fields(1, 3), fields(4, 3)];
  const states = new Int32Array(2);
  pack(from, Uint32Array.of(1, 5), states, 0);
  pack(from, Uint32Array.of(0, 7), states, 1);
  const moved = new Int32Array(2);
  repacker(from, into)({ from: states, into: moved, count: 2 });
  const rows = [0, 1].map((at) => {
    const row = new Uint32Array(2);
    unpack(into, moved, at, row);
    return [...row];
  });
  expect(rows).toEqual([
    [1, 5],
    [0, 7],
  ]);
});
