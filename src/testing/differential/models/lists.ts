import { measureOf, testNamed, testOf } from './callbacks.ts';
import { deeper, listPlaces, near, type Listed, type Scope } from './scope.ts';
import { term, type Term } from './term.ts';

const list = term('list');

/** Returns the lists of the state, as they stand there. */
export const plainLists = (scope: Scope): readonly Listed[] => [
  ...listPlaces(scope).map(({ text, type, writable }) => ({
    term: list`${text}`,
    of: type.of,
    least: type.least,
    alike: type.alike,
    writable,
  })),
  // A list that has a name of its own: what a filter left, which is kept.
  ...scope.near.flatMap(({ text, type, writable }) =>
    type.is === 'list' ? [{ term: list`${text}`, of: type.of, least: 0, alike: type.alike, writable }] : [],
  ),
];

const numbers = (made: Term, alike: boolean): Listed => ({
  term: made,
  of: { is: 'number', below: 3 },
  least: 0,
  alike,
  writable: false,
});

/** Makes a list from another one. */
const derived = (scope: Scope, from: Listed): Listed => {
  const { dice } = scope;
  const inside = deeper(scope);
  const of = (made: Term): Listed => ({ ...from, term: made, least: 0 });
  const x = scope.fresh('x');
  const ways = [
    () => of(list`${from.term}.filter(${testOf(inside, from)})`),
    () => of(list`${from.term}.filter(${testOf(inside, from)})`),
    () => of(list`[...${from.term}]`),
    () => numbers(list`${from.term}.map(${measureOf(inside, from)})`, from.alike),
    () =>
      numbers(
        list`${from.term}.flatMap((${x}) => (${testNamed(inside, from, x)} ? [${dice.below(3)}, 1] : []))`,
        from.alike,
      ),
  ];
  if (!from.alike) {
    ways.push(
      () => of(list`${from.term}.slice(${dice.from(0, 2)})`),
      () => of(list`${from.term}.slice(-${dice.from(1, 2)})`),
      () => of(list`${from.term}.concat(${from.term}.filter(${testOf(inside, from)}))`),
      () => of(list`[...${from.term}].reverse()`),
      () => numbers(list`${from.term}.map(${measureOf(inside, from)}).sort()`, false),
    );
  }
  return dice.make(ways);
};

/** Picks a list: most often one of the state's own. */
export const listIn = (scope: Scope): Listed | undefined => {
  const plain = plainLists(scope);
  if (plain.length === 0) return undefined;
  const one = scope.dice.pick(plain);
  return scope.depth > 0 && scope.dice.onceIn(3) ? derived(scope, one) : one;
};

/** Makes a scope in which a list has a name. */
export const withList = (scope: Scope, { of, alike, writable }: Listed, name: string): Scope =>
  near(scope, [{ text: name, type: { is: 'list', of, least: 0, most: 8, alike }, writable }]);
