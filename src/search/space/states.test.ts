import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createForest } from './forest.ts';
import { createStates, fieldHash, rowHash } from './states.ts';

const WIDTH = 3;
const row = fc.tuple(fc.nat(70_000), fc.nat(300), fc.nat(3));

test('a set of rows is a set, in the order in which they came, however wide their numbers get', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 3000 }), (rows) => {
      const states = createStates(WIDTH);
      const known = new Map<string, number>();
      const into = new Uint32Array(WIDTH);
      for (const [via, numbers] of rows.entries()) {
        const packed = Uint32Array.from(numbers);
        const index = states.add(packed, rowHash(packed), via - 1, via);
        const before = known.get(numbers.join());
        if (before === undefined) {
          expect(index).toBe(-1 - known.size);
          known.set(numbers.join(), known.size);
        } else expect(index).toBe(before);
      }
      expect(states.size()).toBe(known.size);
      for (const [text, index] of known) {
        states.copy(index, into);
        expect(into.join()).toBe(text);
        expect(states.hashAt(index)).toBe(rowHash(into));
      }
    }),
    { numRuns: 50 },
  );
});

test('the hash of a row follows its writes', () => {
  fc.assert(
    fc.property(row, fc.nat(WIDTH - 1), fc.nat(100_000), (numbers, field, value) => {
      const before = Uint32Array.from(numbers);
      const after = before.with(field, value);
      const moved = (rowHash(before) + fieldHash(field, value) - fieldHash(field, before[field]!)) | 0;
      expect(moved).toBe(rowHash(after));
    }),
  );
});

test('a trie answers what it was told, and notices a contradiction', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(row, row), { minLength: 1, maxLength: 200 }), (pairs) => {
      const forest = createForest(WIDTH);
      const trie = forest.plant();
      const other = forest.plant();
      // A function that reads the first field, and depending on it one of the second row or none.
      const outcome = (
        a: readonly number[],
        b: readonly number[],
      ): { reads: readonly number[]; result: number } =>
        a[0]! % 2 === 0 ? { reads: [0], result: 1 } : { reads: [0, WIDTH + 1], result: 2 + b[1]! };
      for (const [a, b] of pairs) {
        const before = Uint32Array.from(a);
        const after = Uint32Array.from(b);
        const { reads, result } = outcome(a, b);
        const idOf = (field: number): number => (field < WIDTH ? a[field]! : b[field - WIDTH]!);
        expect([-1, result]).toContain(forest.find(trie, before, after));
        expect(forest.add(trie, reads, idOf, result)).toBe(true);
        expect(forest.find(trie, before, after)).toBe(result);
        expect(forest.find(other, before, after)).toBe(-1);
        expect(forest.add(trie, reads, idOf, result + 1)).toBe(false);
        expect(forest.add(trie, [2], idOf, result)).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});
