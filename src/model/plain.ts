import type { Value } from './domain.ts';
import { Fault } from './fault.ts';

const notPlain = (where: string, path: string, got: string): Fault =>
  new Fault('UW103', {
    where: path === '' ? where : `${where}, at ${path}`,
    expected: 'booleans, finite numbers, strings, null, and plain arrays and objects of these',
    got,
    likely: 'a function, a Map, a Date, undefined or a division by zero got into the state',
    next: 'keep such things out of the state; use null for "nothing"',
  });

/** Throws UW103, naming the place, unless `value` is a plain tree that is equal to its own JSON. */
export function assertPlain(value: unknown, where: string, path = ''): asserts value is Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Object.is(value, -0))
      throw notPlain(where, path, `the number ${Object.is(value, -0) ? '-0' : value}`);
    return;
  }
  if (typeof value !== 'object') throw notPlain(where, path, `a value of type ${typeof value}`);
  if (Array.isArray(value)) {
    value.forEach((item, index) => assertPlain(item, where, path === '' ? `${index}` : `${path}.${index}`));
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw notPlain(
      where,
      path,
      `an instance of ${(value as { constructor: { name: string } }).constructor.name}`,
    );
  }
  for (const [key, item] of Object.entries(value))
    assertPlain(item, where, path === '' ? key : `${path}.${key}`);
}

const isArray = (value: Value): value is readonly Value[] => Array.isArray(value);

const isSameArray = (a: readonly Value[], b: readonly Value[]): boolean => {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (!isSame(a[index]!, b[index]!)) return false;
  return true;
};

/** Whether two plain values are equal, for which `canonical` gives the same text: found without making a text. */
export const isSame = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (isArray(a) || isArray(b)) return isArray(a) && isArray(b) && isSameArray(a, b);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isSame(a[key]!, b[key]!));
};

/** JSON text with the keys of every object in order: equal values have equal texts. */
export const canonical = (value: Value): string =>
  JSON.stringify(value, (_key, item: Value) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
