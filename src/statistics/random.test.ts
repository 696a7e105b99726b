import { expect, test } from 'vitest';
import { createRandom, xoshiro } from './random.ts';

test('xoshiro128** gives the words worked out by hand from 1, 2, 3, 4', () => {
  const word = xoshiro([1, 2, 3, 4]);
  expect([word(), word(), word()]).toEqual([11_520, 0, 5_927_040]);
});

test('a seed gives the same numbers again, and another seed others', () => {
  const numbers = (seed: number): readonly number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 8 }, () => random.whole(1000));
  };
  expect(numbers(1)).toEqual(numbers(1));
  expect(numbers(1)).not.toEqual(numbers(2));
});

test('every number is as likely as any other: chi-square of 100,000 draws of ten is below its 99.9 % quantile', () => {
  const random = createRandom(7);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 100_000; i += 1) counts[random.whole(10)]! += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(27.88);
});
