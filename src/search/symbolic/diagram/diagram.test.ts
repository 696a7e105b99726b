import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf } from './count.ts';
import { collect, createNodes, DiagramFull, EMPTY, END, nodeOf, sizeOf, type Nodes } from './nodes.ts';
import { imageOf, levelsOf, memberWith, projectionOf, ruleOf, sourcesOf } from './relation.ts';
import { firstOf, intersect, minus, singleton, union } from './sets.ts';

type Vector = readonly number[];

const LEVELS = 4;
const MIB = 2 ** 20;

const setOf = (nodes: Nodes, vectors: readonly Vector[]): number =>
  vectors.reduce((set, vector) => union(nodes, set, singleton(nodes, vector)), EMPTY);

const unique = (vectors: readonly Vector[]): readonly Vector[] => [
  ...new Map(vectors.map((vector) => [vector.join(), vector])).values(),
];

/** All vectors of a set, the first one taken out again and again. */
const vectorsOf = (nodes: Nodes, set: number, length: number): readonly string[] => {
  const found: string[] = [];
  for (let rest = set; rest !== EMPTY;) {
    const into = new Uint32Array(length);
    firstOf(nodes, rest, into);
    found.push(into.join());
    rest = minus(nodes, rest, singleton(nodes, into));
  }
  return found;
};

const sorted = (vectors: readonly Vector[]): readonly string[] =>
  unique(vectors)
    .toSorted((a, b) => {
      const level = a.findIndex((value, at) => value !== b[at]);
      return level < 0 ? 0 : a[level]! - b[level]!;
    })
    .map(String);

const value = fc.nat(3);
const vector = fc.array(value, { minLength: LEVELS, maxLength: LEVELS });
const vectors = fc.array(vector, { maxLength: 40 });
const levels = fc
  .uniqueArray(fc.nat(LEVELS - 1), { minLength: 1 })
  .map((list) => list.toSorted((a, b) => a - b));

/** A short vector's test and effect at each of its levels. */
interface Rule {
  readonly before: number | undefined;
  readonly after: number | undefined;
}
const rule: fc.Arbitrary<Rule> = fc.record({
  before: fc.option(value, { nil: undefined }),
  after: fc.option(value, { nil: undefined }),
});
const moves = fc.tuple(
  levels,
  fc.array(fc.array(rule, { minLength: LEVELS, maxLength: LEVELS }), { maxLength: 8 }),
);

const movesFrom = (
  list: readonly number[],
  rules: readonly (readonly Rule[])[],
  from: Vector,
): readonly Vector[] =>
  rules
    .filter((short) => list.every((level, at) => [undefined, from[level]].includes(short[at]!.before)))
    .map((short) => from.map((old, level) => short[list.indexOf(level)]?.after ?? old));

const relationOf = (nodes: Nodes, list: readonly number[], rules: readonly (readonly Rule[])[]): number =>
  setOf(
    nodes,
    rules.map((short) => list.map((_, at) => ruleOf(short[at]!.before, short[at]!.after))),
  );

test('sets of vectors are what plain sets are', () => {
  fc.assert(
    fc.property(vectors, vectors, (some, others) => {
      const nodes = createNodes(MIB);
      const a = setOf(nodes, some);
      const b = setOf(nodes, others);
      const isIn = (list: readonly Vector[], one: Vector): boolean =>
        list.some((each) => each.join() === one.join());
      expect(vectorsOf(nodes, a, LEVELS)).toEqual(sorted(some));
      expect(setOf(nodes, some.toReversed())).toBe(a);
      expect(union(nodes, a, b)).toBe(setOf(nodes, [...others, ...some]));
      expect(minus(nodes, a, b)).toBe(
        setOf(
          nodes,
          some.filter((one) => !isIn(others, one)),
        ),
      );
      expect(intersect(nodes, a, b)).toBe(
        setOf(
          nodes,
          some.filter((one) => isIn(others, one)),
        ),
      );
      expect(countOf(nodes, a)).toBe(BigInt(unique(some).length));
    }),
  );
});

test('projections are what is left of each vector', () => {
  fc.assert(
    fc.property(vectors, levels, (some, list) => {
      const nodes = createNodes(MIB);
      const short = projectionOf(nodes, setOf(nodes, some), levelsOf(nodes, list));
      expect(vectorsOf(nodes, short, list.length)).toEqual(
        sorted(some.map((one) => list.map((level) => one[level]!))),
      );
    }),
  );
});

test('images and sources are those of every vector for itself', () => {
  fc.assert(
    fc.property(vectors, vectors, moves, (some, aims, [list, rules]) => {
      const nodes = createNodes(MIB);
      const relation = relationOf(nodes, list, rules);
      const over = levelsOf(nodes, list);
      const set = setOf(nodes, some);
      const image = imageOf(nodes, set, relation, over);
      expect(vectorsOf(nodes, image, LEVELS)).toEqual(
        sorted(some.flatMap((one) => movesFrom(list, rules, one))),
      );
      const leads = some.filter((one) =>
        movesFrom(list, rules, one).some((next) => aims.some((aim) => aim.join() === next.join())),
      );
      expect(sourcesOf(nodes, set, relation, setOf(nodes, aims), over)).toBe(setOf(nodes, leads));
    }),
  );
});

test('a member with given values is found where there is one', () => {
  fc.assert(
    fc.property(vectors, levels, vector, (some, list, wanted) => {
      const nodes = createNodes(MIB);
      const into = new Uint32Array(LEVELS);
      const short = list.map((level) => wanted[level]!);
      const fits = some.filter((one) => list.every((level) => one[level] === wanted[level]));
      const found = memberWith(nodes, setOf(nodes, some), levelsOf(nodes, list), short, into);
      expect(found).toBe(fits.length > 0);
      if (found) expect(fits.map(String)).toContain(into.join());
    }),
  );
});

test('what is needed outlives a collection, and the rest makes room', () => {
  fc.assert(
    fc.property(vectors, vectors, (some, others) => {
      const nodes = createNodes(MIB);
      const a = setOf(nodes, some);
      const b = setOf(nodes, others);
      collect(nodes, [a]);
      expect(nodes.live).toBe(2 + sizeOf(nodes, [a]));
      expect(vectorsOf(nodes, a, LEVELS)).toEqual(sorted(some));
      collect(nodes, [a]);
      expect(setOf(nodes, some)).toBe(a);
      const again = setOf(nodes, others);
      expect(countOf(nodes, again)).toBe(BigInt(unique(others).length));
      if (others.length > 0) expect(b).not.toBe(EMPTY);
    }),
  );
});

test('a table grows as it must, and a full one says so and goes on after a collection', () => {
  const nodes = createNodes(MIB);
  const add = (): void => {
    for (let number = 0, set = EMPTY; number < 200_000; number += 1) {
      set = union(nodes, set, singleton(nodes, [number % 97, number % 89, number % 83, number % 79]));
    }
  };
  expect(add).toThrow(DiagramFull);
  expect(nodes.live).toBe(nodes.most);
  collect(nodes, []);
  expect(nodes.live).toBe(2);
  expect(countOf(nodes, setOf(nodes, [[1, 2, 3, 4]]))).toBe(1n);
});

test('counts are exact however large they are', () => {
  const nodes = createNodes(MIB);
  let set = END;
  for (let level = 0; level < 300; level += 1) {
    const below = set;
    set = EMPTY;
    for (let digit = 9; digit >= 0; digit -= 1) {
      set = union(nodes, set, nodeOf(nodes, digit, below, EMPTY));
    }
  }
  expect(countOf(nodes, set)).toBe(10n ** 300n);
  expect(sizeOf(nodes, [set])).toBe(3000);
});

test('the empty vector is a vector', () => {
  const nodes = createNodes(MIB);
  const set = singleton(nodes, []);
  expect(set).toBe(END);
  expect(countOf(nodes, set)).toBe(1n);
  expect(countOf(nodes, minus(nodes, set, set))).toBe(0n);
});
