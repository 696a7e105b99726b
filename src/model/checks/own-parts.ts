/**
 * Whether `value` is an object whose parts are its own, under names that are texts: no list, map, set or
 * instance of a class.
 */
export const isTable = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.getOwnPropertySymbols(value).every(
    (symbol) => !Object.prototype.propertyIsEnumerable.call(value, symbol),
  );
};

/**
 * The first of `names` that `thing` has, but not as a field of its own that is listed: one that a copy of it
 * would lack, such as a method of a class.
 */
export const notOwn = (thing: object, names: readonly string[]): string | undefined =>
  names.find((name) => name in thing && !Object.prototype.propertyIsEnumerable.call(thing, name));

/** Describes, in words, the kind of something that is no text. */
export const kindText = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return `a value of type ${typeof value}`;
  if (isTable(value)) return 'an object';
  const { constructor } = value as { readonly constructor?: unknown };
  const name = typeof constructor === 'function' ? String(constructor.name) : '';
  return name === '' || name === 'Object' ? 'an object that is not plain' : `an instance of ${name}`;
};
