import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../testing/seed.ts';
import { createSets, type Family, type Sets } from './diagram.ts';

const SIZE = 5;
const ALL = Array.from({ length: 2 ** SIZE }, (_, set) => set);
const membersOf = (set: number): ReadonlySet<number> =>
  new Set(Array.from({ length: SIZE }, (_, thing) => thing).filter((thing) => ((set >> thing) & 1) === 1));

const familyOf = (sets: Sets, list: readonly number[]): Family =>
  list.reduce((family, set) => {
    const members = membersOf(set);
    let one = sets.all;
    for (let thing = 0; thing < SIZE; thing += 1) one = sets.and(one, sets.with(thing, members.has(thing)));
    return sets.or(family, one);
  }, sets.none);

const listOf = (sets: Sets, family: Family): readonly number[] =>
  ALL.filter((set) => sets.has(family, membersOf(set)));

const some = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** SIZE - 1 }));

describe('sets of sets', () => {
  test('are what lists of sets are', () => {
    fc.assert(
      fc.property(some, some, fc.subarray([0, 1, 2, 3, 4]), (one, other, things) => {
        const sets = createSets(SIZE);
        const [a, b] = [familyOf(sets, one), familyOf(sets, other)];
        expect(listOf(sets, a)).toEqual(ALL.filter((set) => one.includes(set)));
        expect(listOf(sets, sets.and(a, b))).toEqual(
          ALL.filter((set) => one.includes(set) && other.includes(set)),
        );
        expect(listOf(sets, sets.or(a, b))).toEqual(
          ALL.filter((set) => one.includes(set) || other.includes(set)),
        );
        expect(listOf(sets, sets.minus(a, b))).toEqual(
          ALL.filter((set) => one.includes(set) && !other.includes(set)),
        );
        const given = things.reduce((mask, thing) => mask | (1 << thing), 0);
        expect(listOf(sets, sets.given(a, things))).toEqual(ALL.filter((set) => one.includes(set | given)));
        expect(sets.count(a)).toBe(one.length);
        // One number a set.
        expect(sets.minus(a, b) === sets.none).toBe(one.every((set) => other.includes(set)));
      }),
      { numRuns: 300 },
    );
  });

  test('have a smallest and a largest member', () => {
    fc.assert(
      fc.property(some, (list) => {
        const sets = createSets(SIZE);
        const family = familyOf(sets, list);
        const sizes = list.map((set) => membersOf(set).size);
        const [fewest, most] = [sets.fewest(family), sets.most(family)];
        expect(fewest?.length).toBe(list.length === 0 ? undefined : Math.min(...sizes));
        expect(most?.length).toBe(list.length === 0 ? undefined : Math.max(...sizes));
        for (const one of [fewest, most])
          if (one !== undefined) expect(sets.has(family, new Set(one))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('of forty things are counted without being listed', () => {
    const sets = createSets(40);
    expect(sets.count(sets.all)).toBe(2 ** 40);
    expect(sets.count(sets.with(17, true))).toBe(2 ** 39);
    expect(sets.fewest(sets.with(17, true))).toEqual([17]);
    expect(sets.most(sets.with(17, false))).toHaveLength(39);
  });
});
