import { assignment, change } from './assignments.ts';
import { testNamed, testOf, withElement, withPlace } from './callbacks.ts';
import { plainLists } from './lists.ts';
import { booleanIn, deeper, near, numberIn, type Listed, type Scope } from './scope.ts';
import { statement, type Term } from './term.ts';

/** Changes of an element and of nothing else: what it looks at is as it was before all of them. */
const own = (scope: Scope, list: Listed, name: string): Term => {
  const inside = withElement(scope, list, name);
  const places = inside.near.slice(0, inside.near.length - scope.near.length);
  return assignment({ ...inside, places: [], near: places, indices: [], own: [] }) ?? statement`{}`;
};

/** Changes of each element by what it is itself, or by what lies about it. */
const eachPart = (scope: Scope, list: Listed): readonly (() => Term)[] => {
  const { term: text } = list;
  const [x, i, last, n] = ['x', 'i', 'last', 'n'].map(scope.fresh) as [string, string, string, string];
  const inside = withElement(scope, list, x);
  const alike = [
    () => statement`${text}.forEach((${x}) => {
      if (${booleanIn(list.alike ? { ...inside, own: [], depth: 0 } : inside)}) ${own(scope, list, x)}
    });`,
    () => statement`for (const ${x} of ${text}) ${own(scope, list, x)}`,
  ];
  if (list.alike) return alike;
  return [
    ...alike,
    () => statement`${text}.forEach((${x}) => {
      if (${booleanIn(inside)}) ${change(inside)}
      ${change(inside)}
    });`,
    () => statement`${text}.forEach((${x}, ${i}) => {
      if (${booleanIn(withPlace(inside, list, i))}) ${change(inside)}
    });`,
    () => statement`{
      let ${last} = null;
      ${text}.forEach((${x}) => {
        if (${last} !== null && ${booleanIn(withElement(inside, list, last))}) ${change(inside)}
        ${last} = ${x};
      });
    }`,
    () => statement`{
      let ${n} = 0;
      for (const ${x} of ${text}) {
        if (${testNamed(scope, list, x)}) continue;
        if (${n} > ${scope.dice.from(0, 2)}) break;
        ${n} += 1;
        ${change(inside)}
      }
    }`,
    () => statement`try {
      ${text}.forEach((${x}) => {
        if (${booleanIn(inside)}) throw new Error('enough');
        ${change(inside)}
      });
    } catch {
      ${change(scope)}
    }`,
    () => statement`${text}.some((${x}) => {
      if (${booleanIn(inside)}) {
        ${change(inside)}
        return true;
      }
      return false;
    });`,
  ];
};

/** Finds one element, and changes it if it is there. */
const oneOf = (scope: Scope, list: Listed): readonly (() => Term)[] => {
  const { term: text } = list;
  const x = scope.fresh('x');
  const at = scope.fresh('at');
  const inside = withElement(scope, list, x);
  const find = scope.dice.pick(['find', 'find', 'findLast']);
  return [
    () => statement`{
      const ${x} = ${text}.${find}(${testOf(scope, list)});
      if (${x} !== undefined) ${change(inside)}
      ${change(scope)}
    }`,
    () => statement`{
      const ${x} = ${text}.find(${testOf(scope, list)});
      ${change(scope)}
      if (${x} !== undefined && ${booleanIn(inside)}) ${change(inside)}
    }`,
    () => statement`{
      const ${at} = ${text}.findIndex(${testOf(scope, list)});
      if (${at} >= 0) {
        const ${x} = ${text}[${at}];
        ${change(inside)}
      }
    }`,
    () => statement`{
      let ${x} = null;
      for (const one of ${text}) if (${x} === null || ${testNamed(scope, list, 'one')}) ${x} = one;
      if (${x} !== null) ${change(inside)}
    }`,
  ];
};

/** Changes that are decided by a sum over elements. */
const counted = (scope: Scope, list: Listed): readonly (() => Term)[] => {
  const n = scope.fresh('n');
  const x = scope.fresh('x');
  const known = near(scope, [{ text: n, type: { is: 'number', below: 9 }, writable: false }]);
  return [
    () => statement`{
      let ${n} = 0;
      ${list.term}.forEach((${x}) => {
        if (${testNamed(scope, list, x)}) ${n} += 1;
      });
      if (${n} === ${scope.dice.from(1, 5)}) ${change(known)}
    }`,
    () => statement`{
      let ${n} = 0;
      ${list.term}.every((${x}) => {
        ${n} += ${numberIn(withElement(deeper(scope), list, x))};
        return ${n} < ${scope.dice.from(2, 9)};
      });
      if (${n} > ${scope.dice.from(1, 5)}) ${change(known)}
    }`,
  ];
};

/** Changes of the elements of arrays of objects, and of any array by what they count. */
export const elementChanges = (scope: Scope): readonly (() => Term)[] => {
  const lists = plainLists(scope);
  if (lists.length === 0) return [];
  const list = scope.dice.pick(lists);
  if (list.alike) return list.of.is === 'part' ? eachPart(scope, list) : [];
  const parts =
    list.of.is === 'part' && list.writable ? [...eachPart(scope, list), ...oneOf(scope, list)] : [];
  return [...parts, ...counted(scope, list)];
};
