import { change, valueOf } from './assignments.ts';
import { testNamed, testOf, withElement } from './callbacks.ts';
import { withList } from './lists.ts';
import { booleanIn, listPlaces, numberIn, type Place, type Scope } from './scope.ts';
import type { List } from './shape.ts';
import { statement, term, type Term } from './term.ts';

type ListPlace = Place & { readonly type: List };

const wholeOf = ({ text, type, writable }: ListPlace) => ({
  term: term('list')`${text}`,
  of: type.of,
  least: type.least,
  alike: false,
  writable,
});

/** Changes of an array whose elements are single values. */
const valuesIn = (scope: Scope, place: ListPlace): readonly (() => Term)[] => {
  const { dice } = scope;
  const { text, type } = place;
  const { of, least } = type;
  const list = wholeOf(place);
  const [x, i] = [scope.fresh('x'), scope.fresh('i')];
  const inside = withElement(scope, list, x);
  const value = (): Term => valueOf(inside, of);
  const ways = [
    () => statement`${text}.forEach((${x}, ${i}) => {
      if (${booleanIn(inside)}) ${text}[${i}] = ${value()};
    });`,
    () => statement`${text}.forEach((${x}, ${i}) => {
      if (${i} > 0 && ${text}[${i} - 1] === ${text}[${i}]) ${text}[${i}] = ${value()};
    });`,
    () => statement`for (let ${i} = 0; ${i} < ${text}.length; ${i} += 1) {
      const ${x} = ${text}[${i}];
      if (${testNamed(scope, list, x)}) ${text}[${i}] = ${value()};
    }`,
    () => statement`for (const [${i}, ${x}] of ${text}.entries()) {
      if (${testNamed(scope, list, x)}) ${text}[${i}] = ${value()};
    }`,
    () => statement`${text} = ${text}.map((${x}) => ${value()});`,
    () => statement`${text}.sort();`,
    () => statement`${text}.reverse();`,
  ];
  if (least > 0) {
    ways.push(
      () => statement`${text}[${dice.below(least)}] = ${valueOf(scope, of)};`,
      () => statement`[${text}[0], ${text}[${least - 1}]] = [${text}[${least - 1}], ${text}[0]];`,
      () => statement`${text}.fill(${valueOf(scope, of)}, ${dice.below(least)});`,
      () => statement`${text}.push(${text}.shift());`,
      () => statement`${text}.splice(${dice.below(least)}, 1, ${valueOf(scope, of)});`,
    );
  }
  return ways;
};

/** Changes of an array that gets longer and shorter. */
const growing = (scope: Scope, place: ListPlace): readonly (() => Term)[] => {
  const { dice } = scope;
  const { text, type } = place;
  const list = wholeOf(place);
  const room = `if (${text}.length < ${type.most})`;
  const value = (): Term => valueOf(scope, type.of);
  const at = scope.fresh('at');
  const [x, y] = [scope.fresh('x'), scope.fresh('y')];
  const leaves =
    type.of.is === 'part' && !scope.moves
      ? [
          () => statement`{
      const ${x} = ${text}.find(${testOf(scope, list)});
      ${text} = ${text}.filter((${y}) => ${y} !== ${x});
    }`,
        ]
      : [];
  return [
    ...leaves,
    () => statement`${room} ${text}.push(${value()});`,
    () => statement`${room} ${text}.push(${value()});`,
    () => statement`${room} ${text}.unshift(${value()});`,
    () => statement`${room} ${text} = [...${text}, ${value()}];`,
    () => statement`${room} ${text} = ${text}.concat([${value()}]);`,
    () => statement`${room} ${text}[${text}.length] = ${value()};`,
    () => statement`${text}.pop();`,
    () => statement`${text}.shift();`,
    () => statement`${text} = ${text}.filter(${testOf(scope, list)});`,
    () => statement`${text} = ${text}.slice(${dice.from(0, 1)}, ${dice.from(1, 2)});`,
    () => statement`${text}.length = ${dice.pick(['0', `Math.min(1, ${text}.length)`])};`,
    () => statement`${text}.splice(${dice.from(0, 1)}, 1);`,
    () => statement`{
      const ${at} = ${text}.findIndex(${testOf(scope, list)});
      if (${at} !== -1) ${text}.splice(${at}, 1);
    }`,
    () => statement`for (let ${at} = ${text}.length - 1; ${at} >= 0; ${at} -= 1) {
      const ${x} = ${text}[${at}];
      if (${testNamed(scope, list, x)}) ${text}.splice(${at}, 1);
    }`,
  ];
};

/** Changes of an array of objects as such. */
const objectsIn = (scope: Scope, place: ListPlace): readonly (() => Term)[] => {
  const { text, type } = place;
  const { of, least } = type;
  if (of.is !== 'part') return [];
  const list = wholeOf(place);
  const x = scope.fresh('x');
  const inside = withElement(scope, { ...list, writable: false }, x);
  const field = scope.dice.pick(of.fields);
  const ways = [
    () => statement`${text} = ${text}.map((${x}) =>
      ${booleanIn(inside)} ? { ...${x}, ${field.name}: ${valueOf(inside, field.type)} } : ${x},
    );`,
    () => statement`${text}.reverse();`,
  ];
  if (least > 0) {
    const [a, b] = [scope.dice.below(least), scope.dice.below(least)];
    ways.push(
      () => statement`${text}[${a}] = ${valueOf(scope, of)};`,
      () => statement`[${text}[${a}], ${text}[${b}]] = [${text}[${b}], ${text}[${a}]];`,
      () => statement`${text}[${a}] = { ...${text}[${b}] };`,
    );
    if (scope.moves) ways.push(() => statement`${text}[${a}] = ${text}[${b}];`);
  }
  return ways;
};

/** Changes of who waits for whom: only for those before. */
const backwards = (scope: Scope, { text, type }: ListPlace): readonly (() => Term)[] => {
  const at = scope.dice.below(type.least);
  const i = scope.fresh('i');
  return [
    () => statement`${text}[${at}] = ${scope.dice.from(-1, at - 1)};`,
    () => statement`${text}[${at}] = ((${numberIn(scope)}) % ${at + 1}) - 1;`,
    () => statement`{
      let ${i} = ${type.least - 1};
      while (${text}[${i}] > 0) ${i} = ${text}[${i}];
      ${text}[${i}] = ${booleanIn(scope)} ? -1 : ${i} - 1;
    }`,
  ];
};

/** Uses of what a filter left, which has a name: before or after something else is written. */
const keptChanges = (scope: Scope, others: readonly ListPlace[]): readonly (() => Term)[] => {
  const { dice } = scope;
  const from = dice.pick(others.filter(({ type }) => !type.alike));
  if (from === undefined) return [];
  const list = wholeOf(from);
  const kept = scope.fresh('kept');
  const x = scope.fresh('x');
  const inside = withList(scope, list, kept);
  const made = dice.pick(['filter', 'filter', 'filter', 'slice']);
  const make = statement`const ${kept} = ${from.text}.${made}(${made === 'slice' ? '1' : testOf(scope, list)});`;
  const values = others.filter(({ type }) => type.least === 0 && type.of.is === 'number');
  const isObject = list.of.is === 'part';
  const after = (...then: readonly Term[]): Term =>
    statement`{
      ${make}
      ${then[0] ?? ''}
      ${then[1] ?? ''}
    }`;
  const ways = [
    () => after(change(scope), statement`if (${kept}.length === ${dice.from(1, 5)}) ${change(scope)}`),
    () => after(change(scope), statement`if (${booleanIn(inside)}) ${change(inside)}`),
    () =>
      after(
        statement`${kept}.length = ${dice.pick(['0', `Math.min(1, ${kept}.length)`])};`,
        statement`if (${booleanIn(inside)}) ${change(inside)}`,
      ),
    () =>
      after(statement`${kept}.pop();`, statement`if (${kept}.length > ${dice.from(0, 2)}) ${change(inside)}`),
    () =>
      after(
        statement`${kept}.push(${valueOf(scope, list.of)});`,
        statement`if (${booleanIn(inside)}) ${change(inside)}`,
      ),
    () =>
      after(
        statement`${kept}[0] = ${valueOf(scope, list.of)};`,
        statement`if (${booleanIn(inside)}) ${change(inside)}`,
      ),
  ];
  if (isObject) {
    const each = withElement(inside, list, x);
    ways.push(
      () => after(change(scope), statement`for (const ${x} of ${kept}) ${change(each)}`),
      () => after(statement`${kept}.forEach((${x}) => { ${change(each)} });`, change(scope)),
    );
  }
  for (const place of values) {
    const { below } = place.type.of as { readonly below: number };
    const measure = isObject ? numberIn({ ...withElement(scope, list, x), depth: 0 }) : `Number(${x} ?? 1)`;
    ways.push(() =>
      after(
        change(scope),
        statement`${place.text} = ${kept}.slice(0, ${place.type.most}).map((${x}) => Math.abs(${measure}) % ${below});`,
      ),
    );
    if (list.of.is === 'number' && list.of.below <= below && from.type.most <= place.type.most)
      ways.push(() => after(change(scope), statement`${place.text} = ${kept};`));
  }
  if (from.type.least === 0) ways.push(() => after(change(scope), statement`${from.text} = ${kept};`));
  return ways;
};

/** Changes of arrays in recipes. */
export const arrayChanges = (scope: Scope): readonly (() => Term)[] => {
  const places = listPlaces(scope).filter(({ writable, type }) => writable && !type.alike);
  if (places.length === 0) return [];
  const place = scope.dice.pick(places);
  const { of, least, most } = place.type;
  if (of.is === 'back') return backwards(scope, place);
  const ways = of.is === 'part' ? objectsIn(scope, place) : valuesIn(scope, place);
  return [...(least < most ? growing(scope, place) : ways), ...keptChanges(scope, places)];
};
