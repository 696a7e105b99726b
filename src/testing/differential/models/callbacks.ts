import { booleanIn, near, numberIn, partsOf, type Listed, type Place, type Scope } from './scope.ts';
import { boolean, term, type Term } from './term.ts';

/** Names an element, and makes the scope in which that name is known. */
export const withElement = (
  scope: Scope,
  { of, writable }: Listed,
  name: string,
  depth: number = scope.depth,
): Scope => near(scope, partsOf(name, of, writable && of.is === 'part'), depth);

/** More than any list has. */
const MANY = 99;

/** Makes a scope in which the place of an element of a list has a name. */
export const withPlace = (scope: Scope, { least }: Listed, name: string): Scope => ({
  ...scope,
  indices: [...scope.indices, { text: name, below: least > 0 ? least : MANY }],
});

const test = term('test');

/** Narrows a scope for the inside of a callback, which is most often short, as people write it. */
const brief = (scope: Scope): Scope => ({
  ...scope,
  depth: scope.dice.onceIn(3) ? Math.min(scope.depth, 1) : 0,
});

/** Makes a body that returns early. */
const early = (scope: Scope): Term => term('body')`{
  if (${booleanIn(scope)}) return ${booleanIn(scope)};
  return ${booleanIn(scope)};
}`;

const bodyOf = (scope: Scope): Term =>
  scope.dice.onceIn(5) ? early(scope) : term('body')`${booleanIn(scope)}`;

/** Names for the fields of an element that is taken apart. */
const unpacked = (
  scope: Scope,
  list: Listed,
): { readonly text: string; readonly places: readonly Place[] } => {
  const fields = list.of.is === 'part' ? list.of.fields : [];
  const named = fields.map(({ name, type, optional = false }) => ({
    name,
    as: scope.fresh(name),
    type,
    optional,
  }));
  return {
    text: `{ ${named.map(({ as, name }) => `${name}: ${as}`).join(', ')} }`,
    places: named
      .filter(({ optional }) => !optional)
      .map(({ as, type }) => ({ text: as, type, writable: false })),
  };
};

/** Makes a test of one element, as a callback that answers and does nothing else. */
export const testOf = (outside: Scope, list: Listed): Term => {
  const scope = brief(outside);
  const { dice } = scope;
  const x = scope.fresh('x');
  const i = scope.fresh('i');
  const inside = withElement(scope, list, x);
  const ways = [
    () => test`(${x}) => ${bodyOf(inside)}`,
    () => test`(${x}) => ${bodyOf(inside)}`,
    () => test`(${x}) => ${bodyOf(inside)}`,
  ];
  if (list.of.is === 'part') {
    const { text, places } = unpacked(scope, list);
    ways.push(() => test`(${text}) => ${bodyOf(near(scope, places))}`);
  }
  if (!list.alike) {
    const all = scope.fresh('all');
    const y = scope.fresh('y');
    const both = near(inside, partsOf(y, list.of, false));
    ways.push(
      () => test`(${x}, ${i}) => ${bodyOf(withPlace(inside, list, i))}`,
      () => test`(${x}, ${i}, ${all}) => {
        const ${y} = ${all}[(${i} + 1) % ${all}.length];
        return ${booleanIn(both)};
      }`,
      () => test`(${x}, ${i}, ${all}) => {
        if (${i} === 0) return ${booleanIn(inside)};
        const ${y} = ${all}[${i} - 1];
        return ${booleanIn(both)};
      }`,
    );
  }
  return dice.make(ways);
};

/** Makes a number that is taken from one element. */
export const measureOf = (scope: Scope, list: Listed): Term => {
  const x = scope.fresh('x');
  return term('measure')`(${x}) => ${numberIn(withElement(brief(scope), list, x))}`;
};

/** Makes a test of one element by its name in a loop. */
export const testNamed = (scope: Scope, list: Listed, name: string): Term =>
  boolean`${booleanIn(withElement(brief(scope), list, name))}`;
