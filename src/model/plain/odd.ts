/**
 * The most levels of nested objects and arrays in a state: whatever looks at states calls itself once a
 * level.
 */
export const MOST_LEVELS = 500;

/** A part that is not plain, its likely cause, and what to do about it. */
export interface Oddity {
  readonly got: string;
  readonly likely: string;
  readonly next: string;
}

const odd = (got: string, likely: string, next: string): Oddity => ({ got, likely, next });

const instanceText = (prototype: unknown): string => {
  if (prototype === null) return 'an object without a prototype';
  const { constructor } = prototype as { readonly constructor?: { readonly name?: unknown } };
  const name = typeof constructor === 'function' ? String(constructor.name) : '';
  return name === '' ? 'an object with a prototype of its own' : `an instance of ${name}`;
};

const oddNumber = (value: number): Oddity | undefined => {
  if (Object.is(value, -0)) {
    const next = 'add 0 to what is computed, which makes it 0';
    return odd('the number -0', 'a product with 0, or a remainder, of something negative', next);
  }
  if (Number.isFinite(value)) return undefined;
  const next = 'use null for "nothing", and keep what is computed within bounds';
  return odd(`the number ${value}`, 'a division by zero, or a sum with a field that is not there', next);
};

/** Finds what is not plain in a value that is no object. */
export const oddLeaf = (value: unknown): Oddity | undefined => {
  if (typeof value === 'boolean' || typeof value === 'string') return undefined;
  if (typeof value === 'number') return oddNumber(value);
  if (value === undefined)
    return odd('undefined', 'a field that is not there was read', 'use null for "nothing"');
  const likely = 'something that is no data got into the state';
  return odd(`a value of type ${typeof value}`, likely, 'keep such things out of the state');
};

const keyText = (key: string | symbol): string =>
  typeof key === 'symbol' ? String(key) : JSON.stringify(key);

/** Finds what an array has beside its elements, or which elements it lacks. */
const oddArray = (value: readonly unknown[], keys: readonly string[]): Oddity | undefined => {
  // Places come first among keys, and in their order.
  if (keys.length === value.length && (keys.length === 0 || keys.at(-1) === String(keys.length - 1)))
    return undefined;
  for (let hole = 0; hole < value.length; hole += 1) {
    if (Object.hasOwn(value, hole)) continue;
    const likely = 'new Array(n), a greater length, an element that was deleted or written beyond the end';
    return odd(`a hole at ${hole}`, likely, 'fill the array: Array.from({ length: n }, () => null)');
  }
  const next = 'use an object for what has names';
  return odd(`an array with a property ${keyText(keys.at(-1)!)}`, 'a property was put on an array', next);
};

/** Getters that stand for values: those of the views through which functions look at states. */
const standIns = new WeakSet<object>();

/** Marks a getter as one that stands for a value, so that an object with it counts as plain. */
export const standingForValue = <T extends () => unknown>(get: T): T => {
  standIns.add(get);
  return get;
};

/** A property's accessors: the functions that compute it, if any. */
interface Property {
  readonly get?: (this: void) => unknown;
  readonly set?: (this: void, value: unknown) => void;
}

// Describing a property sees through an object that stands for a state; this function may do so.
const { getOwnPropertyDescriptor } = Object;

/** Finds what is not plain in an object or array itself, whatever its parts are. */
export const oddItself = (value: object, keys: readonly string[]): Oddity | undefined => {
  const isList = Array.isArray(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== (isList ? Array.prototype : Object.prototype)) {
    const next = 'use plain arrays and objects: { ...it } for what it holds';
    return odd(instanceText(prototype), 'a Map, a Set, a Date or an instance of a class', next);
  }
  const lacks = isList ? oddArray(value, keys) : undefined;
  if (lacks !== undefined) return lacks;
  const own = Reflect.ownKeys(value);
  const next = 'keep what belongs to the state in ordinary fields, and nothing else in it';
  if (own.length !== keys.length + (isList ? 1 : 0)) {
    const hidden = own.find(
      (key) => typeof key === 'symbol' || !(keys.includes(key) || (isList && key === 'length')),
    )!;
    return odd(`a property ${keyText(hidden)} that JSON leaves out`, 'a symbol, or a hidden property', next);
  }
  for (const key of keys) {
    const property: Property = getOwnPropertyDescriptor(value, key)!;
    if (property.get === undefined ? property.set === undefined : standIns.has(property.get)) continue;
    return odd(`a property ${keyText(key)} that is computed`, 'a getter or a setter', next);
  }
  return undefined;
};

/** Whether `value` is among its own parts. */
const holdsItself = (value: object): boolean => {
  const seen = new Set<object>();
  const waiting: object[] = [value];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    for (const part of Object.values(one) as unknown[]) {
      if (part === value) return true;
      if (part === null || typeof part !== 'object' || seen.has(part)) continue;
      seen.add(part);
      waiting.push(part);
    }
  }
  return false;
};

/** Reports an object that is nested deeper than any may be. */
export const tooDeep = (value: object): Oddity =>
  holdsItself(value)
    ? odd(
        'an object that holds itself',
        'a part was put into itself',
        'refer to parts by their keys or places',
      )
    : odd(
        `more than ${MOST_LEVELS} levels of objects within each other`,
        'a list whose elements hold the rest of it, or a structure that grows without end',
        'keep the elements in an array, and bound what grows',
      );
