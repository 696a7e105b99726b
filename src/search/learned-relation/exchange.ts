import { Fault, type State, type System, type Value } from '../../model/index.ts';
import { ShapeChanged } from './fields/shape.ts';
import { createValues, type Values } from './fields/values.ts';

/**
 * An exchange: an array whose elements can be exchanged, with the fields of each element, those of the same
 * name at the same place.
 */
export interface Exchange {
  readonly path: string;
  readonly elements: readonly (readonly number[])[];
}

const notExchangeable = (system: System, path: string, expected: string, got: string): Fault =>
  new Fault('UW108', {
    where: `model ${system.model.id}, interchangeable ${path}`,
    expected,
    got,
    likely: 'a typing error, or the state was laid out anew since the declaration was written',
    next: 'correct `interchangeable` of the model, or leave the declaration out',
  });

const valueAt = (state: State, path: string): Value | undefined =>
  path
    .split('.')
    .reduce<Value | undefined>(
      (value, key) =>
        value !== null && typeof value === 'object'
          ? (value as { readonly [key: string]: Value })[key]
          : undefined,
      state,
    );

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);

/**
 * Returns the paths of arrays whose elements the model declares interchangeable in this setting. Throws UW108
 * for what is no array, and for parts of which one is within the other.
 */
export const exchangedPaths = (system: System): readonly string[] => {
  const declared = system.model.interchangeable ?? [];
  const paths = [...new Set(typeof declared === 'function' ? declared(system.setting) : declared)];
  for (const path of paths) {
    const value = valueAt(system.initial[0]!, path);
    if (!Array.isArray(value)) {
      const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
      throw notExchangeable(system, path, 'the dotted path of an array of the state', got);
    }
    const outer = paths.find((other) => other !== path && isWithin(path, other));
    if (outer !== undefined) {
      throw notExchangeable(system, path, 'parts that lie side by side', `a part of ${outer}`);
    }
  }
  return paths;
};

/**
 * Returns the parts that correspond to the one at `path` in the other elements of an exchanged array; that
 * one alone elsewhere.
 */
export const correspondingTo = (
  system: System,
  paths: readonly string[],
  path: string,
): readonly string[] => {
  const outer = paths.find((one) => path !== one && isWithin(path, one));
  if (outer === undefined) return [path];
  const [, ...rest] = path.slice(outer.length + 1).split('.');
  const elements = valueAt(system.initial[0]!, outer) as readonly Value[];
  return elements.map((_, element) => [outer, element, ...rest].join('.'));
};

/** Returns the fields of each element of the array at `path`, by the rest of their names. */
const namesOf = (fields: readonly string[], path: string): readonly ReadonlyMap<string, number>[] => {
  const elements: Map<string, number>[] = [];
  fields.forEach((name, field) => {
    if (!name.startsWith(`${path}.`)) return;
    const [element, ...rest] = name.slice(path.length + 1).split('.');
    (elements[Number(element)] ??= new Map()).set(rest.join('.'), field);
  });
  return elements;
};

/**
 * Checks that two elements have one shape: where they differ in it, one value has to stand for the part, in
 * each of them.
 */
const checkAlike = (
  path: string,
  first: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): void => {
  const lone =
    [...first.keys()].find((name) => !other.has(name)) ?? [...other.keys()].find((name) => !first.has(name));
  if (lone === undefined) return;
  const deeper = [...first.keys(), ...other.keys()].some((name) => name.startsWith(`${lone}.`));
  const part = deeper ? lone : lone.slice(0, Math.max(0, lone.lastIndexOf('.')));
  throw new ShapeChanged(part === '' ? `${path}.0` : `${path}.0.${part}`);
};

/** Outlines `value`: its parts, in the order of its keys, down to the fields of a space. */
const outlineOf = (value: Value, path: string, fields: ReadonlySet<string>): string => {
  if (value === null || typeof value !== 'object' || fields.has(path)) return '';
  const parts = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}:${outlineOf(item, `${path}.${key}`, fields)}`,
  );
  return `${Array.isArray(value) ? 'array' : 'object'}(${parts.join()})`;
};

/**
 * Checks outlines: elements of the same fields that are not put together alike, or have them in another
 * order, are one value each.
 */
const checkOutlines = (system: System, path: string, fields: readonly string[]): void => {
  const known = new Set(fields);
  const elements = valueAt(system.initial[0]!, path) as readonly Value[];
  const outlines = elements.map((element, at) => outlineOf(element, `${path}.${at}`, known));
  if (new Set(outlines).size > 1) throw new ShapeChanged(`${path}.0`);
};

/**
 * Returns the exchanged arrays over the fields of a space. Throws ShapeChanged where their elements differ in
 * shape, and UW108 where the number of elements changes.
 */
export const exchangesIn = (
  system: System,
  paths: readonly string[],
  fields: readonly string[],
): readonly Exchange[] =>
  paths.flatMap((path) => {
    const length = (valueAt(system.initial[0]!, path) as readonly Value[]).length;
    if (length < 2) return [];
    const [first, ...others] = namesOf(fields, path);
    if (first === undefined) {
      throw notExchangeable(
        system,
        path,
        'as many elements in every state',
        'an array that grows or shrinks',
      );
    }
    for (const other of others) checkAlike(path, first, other);
    checkOutlines(system, path, fields);
    const names = [...first.keys()];
    return [{ path, elements: [first, ...others].map((element) => names.map((name) => element.get(name)!)) }];
  });

/**
 * Makes the values of each field; fields that can be exchanged number theirs together, so that they can be
 * compared.
 */
export const sharedValues = (
  fields: readonly string[],
  exchanges: readonly Exchange[],
): readonly Values[] => {
  const values = fields.map(() => createValues());
  for (const { elements } of exchanges) {
    const [first, ...others] = elements;
    for (const other of others) {
      other.forEach((field, place) => {
        values[field] = values[first![place]!]!;
      });
    }
  }
  return values;
};
