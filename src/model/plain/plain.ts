import type { Value } from '../domain.ts';
import { NotPlain } from './not-plain.ts';
import { MOST_LEVELS, oddItself, oddLeaf, tooDeep, type Oddity } from './odd.ts';
import { noteProtoKey } from './proto-key.ts';

interface Found {
  readonly oddity: Oddity;
  /** The innermost key first. */
  readonly path: string[];
}

/** Finds what is not plain in `value`, except where it is the very part that `known` has there. */
const find = (value: unknown, level: number, known: unknown): Found | undefined => {
  if (value === null) return undefined;
  if (typeof value !== 'object') {
    const oddity = oddLeaf(value);
    return oddity && { oddity, path: [] };
  }
  if (value === known) return undefined;
  if (level === MOST_LEVELS) return { oddity: tooDeep(value), path: [] };
  const keys = Object.keys(value);
  const oddity = oddItself(value, keys);
  if (oddity !== undefined) return { oddity, path: [] };
  const before = known !== null && typeof known === 'object' ? known : {};
  for (const key of keys) {
    if (key === '__proto__') noteProtoKey();
    const found = find(Reflect.get(value, key), level + 1, Reflect.get(before, key));
    if (found === undefined) continue;
    found.path.push(key);
    return found;
  }
  return undefined;
};

/**
 * Checks `value`, which stands at `path`: throws NotPlain unless it is an object or array that is plain but
 * for its parts.
 */
export const needPlainItself = (value: object, path: readonly string[]): void => {
  const oddity = oddItself(value, Object.keys(value));
  if (oddity !== undefined) throw new NotPlain(oddity, path);
};

/**
 * Checks `value`, which stands at `path`: throws NotPlain unless it is a plain tree that is equal to its own
 * JSON. Parts that `known`, which is plain, has at the same place are not looked at again.
 */
export const needPlain = (value: unknown, path: readonly string[], known?: unknown): void => {
  const found = find(value, path.length, known);
  if (found !== undefined) throw new NotPlain(found.oddity, [...path, ...found.path.toReversed()]);
};

/**
 * Checks that `value` is a plain tree that is equal to its own JSON. Throws UW103, naming the place, if not.
 * `known` is as for `needPlain`.
 */
export function assertPlain(value: unknown, where: string, known?: unknown): asserts value is Value {
  const found = find(value, 0, known);
  if (found !== undefined) throw new NotPlain(found.oddity, found.path.toReversed()).faultAt(where);
}

const isArray = (value: Value): value is readonly Value[] => Array.isArray(value);

const isSameArray = (a: readonly Value[], b: readonly Value[]): boolean => {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (!isSame(a[index]!, b[index]!)) return false;
  return true;
};

/**
 * Compares two plain values, with the result of comparing their `canonical` texts, but without making a text.
 */
export const isSame = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (isArray(a) || isArray(b)) return isArray(a) && isArray(b) && isSameArray(a, b);
  const keys = Object.keys(a);
  const others = Object.keys(b);
  return (
    keys.length === others.length && keys.every((key, at) => key === others[at] && isSame(a[key]!, b[key]!))
  );
};

/**
 * Writes a value as JSON text, the same for equal values and no others. The order of an object's keys is part
 * of a value, since functions can look at it: `Object.keys(entries)[0]` is the oldest of them.
 */
export const canonical = (value: Value): string => JSON.stringify(value);

/** Sorts entries by name, for tables whose order says nothing: choices, parameters, options. */
export const byName = (named: { readonly [name: string]: Value }): { readonly [name: string]: Value } =>
  Object.fromEntries(Object.entries(named).toSorted(([a], [b]) => (a < b ? -1 : 1)));
