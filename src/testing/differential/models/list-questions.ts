import { measureOf, testNamed, testOf, withElement } from './callbacks.ts';
import { listIn } from './lists.ts';
import { booleanIn, deeper, listPlaces, numberIn, type Listed, type Scope } from './scope.ts';
import { boolean, number, type Term } from './term.ts';

/** Counts and sums: numbers from 0 on that are taken from a list. */
export const countOf = (scope: Scope): Term => {
  const { dice } = scope;
  const from = listIn(scope);
  if (from === undefined) return number`${dice.below(3)}`;
  const { term: list } = from;
  const inside = deeper(scope);
  const [n, x, at] = [scope.fresh('n'), scope.fresh('x'), scope.fresh('at')];
  const ways = [
    () => number`${list}.length`,
    () => number`${list}.filter(${testOf(inside, from)}).length`,
    () => number`${list}.reduce((${n}, ${x}) => ${n} + ${numberIn(withElement(inside, from, x))}, 0)`,
    () => number`Math.max(0, ...${list}.map(${measureOf(inside, from)}))`,
    () => number`(() => {
      let ${n} = 0;
      ${list}.forEach((${x}) => {
        if (${testNamed(inside, from, x)}) ${n} += 1;
      });
      return ${n};
    })()`,
    () => number`(() => {
      let ${n} = 0;
      ${list}.every((${x}) => {
        ${n} += ${numberIn(withElement(inside, from, x))};
        return true;
      });
      return ${n};
    })()`,
    () => number`(() => {
      let ${n} = 0;
      for (const ${x} of ${list}) if (${testNamed(inside, from, x)}) ${n} += 1;
      return ${n};
    })()`,
  ];
  if (!from.alike) {
    ways.push(
      () => number`Math.max(0, ${list}.findIndex(${testOf(inside, from)}))`,
      () => number`(${list}.findIndex(${testOf(inside, from)}) + 1)`,
      () => number`(() => {
        let ${at} = -1;
        ${list}.some((${x}, ${n}) => {
          if (${testNamed(inside, from, x)}) {
            ${at} = ${n};
            return true;
          }
          return false;
        });
        return ${at} + 1;
      })()`,
      () => number`(() => {
        let ${n} = 0;
        for (const ${x} of ${list}) {
          if (${testNamed(inside, from, x)}) break;
          ${n} += 1;
        }
        return ${n};
      })()`,
    );
  }
  return dice.make(ways);
};

/** Asks whether all that say something say the same, in the way that it is written most often. */
const agreement = (scope: Scope, { term: list, of }: Listed): readonly (() => Term)[] => {
  const [first, x] = [scope.fresh('first'), scope.fresh('x')];
  const field =
    of.is === 'part'
      ? of.fields.find(({ type, optional }) => type.is === 'maybe' && optional !== true)
      : undefined;
  const value = of.is === 'maybe' ? x : field === undefined ? undefined : `${x}.${field.name}`;
  if (value === undefined) return [];
  return [
    () => boolean`(() => {
      let ${first} = null;
      return ${list}.every((${x}) => ${value} === null || (${first} ??= ${value}) === ${value});
    })()`,
  ];
};

/** Questions that only a list with an order can be asked. */
const ordered = (scope: Scope, from: Listed): readonly (() => Term)[] => {
  const { term: list } = from;
  const [x, y, i] = [scope.fresh('x'), scope.fresh('last'), scope.fresh('i')];
  const both = withElement(withElement(scope, from, y), from, x);
  const other = scope.fresh('x');
  return [
    () => boolean`(() => {
      try {
        return ${list}.every((${other}) => {
          if (${testNamed(scope, from, other)}) throw new Error('enough');
          return ${testNamed(scope, from, other)};
        });
      } catch {
        return ${scope.dice.pick(['true', 'false'])};
      }
    })()`,
    () => boolean`${list}.findIndex(${testOf(scope, from)}) === ${scope.dice.from(-1, 3)}`,
    () => boolean`${list}.findLastIndex(${testOf(scope, from)}) >= ${scope.dice.from(0, 2)}`,
    () => boolean`(() => {
      const ${x} = ${list}.at(-1);
      return ${x} !== undefined && ${booleanIn(withElement(scope, from, x))};
    })()`,
    () => boolean`${list}.reduceRight((${y}, ${x}) => ${testNamed(scope, from, x)} && !${y}, false)`,
    () =>
      boolean`${list}.map(${measureOf(scope, from)}).sort((a, b) => b - a)[0] === ${scope.dice.from(0, 2)}`,
    () => boolean`${list}.map(${measureOf(scope, from)}).join('').startsWith('${scope.dice.from(0, 1)}')`,
    () => boolean`(() => {
      const ${x} = ${list}.find(${testOf(scope, from)});
      return ${x} !== undefined && ${booleanIn(withElement(scope, from, x))};
    })()`,
    () => boolean`(() => {
      const ${x} = ${list}.findLast(${testOf(scope, from)});
      return ${x} === undefined || ${booleanIn(withElement(scope, from, x))};
    })()`,
    () => boolean`(() => {
      let ${y} = null;
      return ${list}.some((${x}) => {
        const found = ${y} !== null && ${booleanIn(both)};
        ${y} = ${x};
        return found;
      });
    })()`,
    () => boolean`(() => {
      for (const [${i}, ${x}] of ${list}.entries()) {
        if (${testNamed(scope, from, x)}) return ${i} % 2 === 0;
        if (${testNamed(scope, from, x)}) continue;
        if (${i} > 2) return ${booleanIn(scope)};
      }
      return ${booleanIn(scope)};
    })()`,
  ];
};

/** Asks whether a chain of who waits for whom comes to something. */
const chains = (scope: Scope): readonly (() => Term)[] => {
  const [at, x] = [scope.fresh('at'), scope.fresh('x')];
  return listPlaces(scope)
    .filter(({ type }) => type.of.is === 'back')
    .flatMap(({ text, type }) => {
      const follow = `let ${at} = ${type.least - 1};
      while (${at} > 0) ${at} = ${text}[${at}];`;
      return [
        () => boolean`(() => {
      ${follow}
      return ${at} === 0;
    })()`,
        () => boolean`${text}.some((${x}) => {
      let ${at} = ${x};
      while (${at} > 0) ${at} = ${text}[${at}];
      return ${at} === 0 && ${booleanIn(scope)};
    })`,
      ];
    });
};

/** Questions about a list, by every method that people use for it. */
export const listQuestions = (scope: Scope): readonly (() => Term)[] => {
  const { dice } = scope;
  const from = listIn(scope);
  if (from === undefined) return [];
  const { term: list, of } = from;
  const values = of.is === 'number' ? ['0', '1'] : of.is === 'maybe' ? ['null', '0', '1'] : ['true', 'false'];
  const hasValues = of.is === 'number' || of.is === 'maybe' || of.is === 'flag';
  return [
    () => boolean`${list}.some(${testOf(scope, from)})`,
    () => boolean`${list}.every(${testOf(scope, from)})`,
    () =>
      boolean`${list}.filter(${testOf(scope, from)}).length ${dice.pick(['===', '>=', '<'])} ${dice.from(1, 5)}`,
    () => boolean`${list}.filter(${testOf(scope, from)}).every(${testOf(scope, from)})`,
    ...(hasValues ? [() => boolean`${list}.includes(${dice.pick(values)})`] : []),
    ...(hasValues && !from.alike
      ? [() => boolean`${list}.indexOf(${dice.pick(values)}) > ${dice.from(-1, 2)}`]
      : []),
    ...agreement(scope, from),
    ...(from.alike ? [] : ordered(scope, from)),
    ...chains(scope),
  ];
};
