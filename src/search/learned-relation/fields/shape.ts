import type { State, Value } from '../../../model/index.ts';

/** One field of the packed state: a part of the tree that is stored, read and written as one value. */
export interface LeafShape {
  readonly kind: 'leaf';
  readonly path: string;
  readonly field: number;
  /** The keys that lead to it. */
  readonly keys: readonly string[];
}

/** An object or array whose parts are fields of their own, because its shape never changes. */
export interface BranchShape {
  readonly kind: 'object' | 'array';
  readonly path: string;
  /** The keys that lead to it. */
  readonly keys: readonly string[];
  /** The parts, in the order of the keys, which belongs to the shape. */
  readonly parts: ReadonlyMap<string, Shape>;
}

/** A part of the state: a field, or a branch of fields. */
export type Shape = LeafShape | BranchShape;

/** Returns the fields within `part`, in their order. */
export const leavesOf = (part: Shape): readonly LeafShape[] =>
  part.kind === 'leaf' ? [part] : [...part.parts.values()].flatMap(leavesOf);

/** The fixed shape of a model's states: a tree over numbered fields, named by their dotted paths. */
export interface StateShape {
  readonly root: BranchShape;
  readonly fields: readonly string[];
}

const isTree = (value: Value): value is readonly Value[] | { readonly [key: string]: Value } =>
  value !== null && typeof value === 'object' && Object.keys(value).length > 0;

/**
 * Returns the shape of `state`. Paths in `whole` are stored as one value: their shape was seen to change (a
 * queue, a message that is there or not). An empty array or object is whole from the start, since any new
 * part changes its shape.
 */
export const shapeOf = (state: State, whole: ReadonlySet<string>): StateShape => {
  const fields: string[] = [];
  const build = (value: Value, path: string, keys: readonly string[]): Shape => {
    if (!isTree(value) || whole.has(path)) {
      fields.push(path);
      return { kind: 'leaf', path, field: fields.length - 1, keys };
    }
    const parts = new Map<string, Shape>();
    for (const [key, item] of Object.entries(value))
      parts.set(key, build(item, path === '' ? key : `${path}.${key}`, [...keys, key]));
    return { kind: Array.isArray(value) ? 'array' : 'object', path, keys, parts };
  };
  const root = build(state, '', []);
  if (root.kind === 'leaf')
    return { root: { kind: 'object', path: '', keys: [], parts: new Map() }, fields: [] };
  return { root, fields };
};

/**
 * Thrown when a part of the state does not keep its shape; the space is laid out anew with it as one value.
 */
export class ShapeChanged extends Error {
  readonly path: string;

  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

/** Whether an object or array is of the kind of `branch`, and has its keys in its order. */
export const hasShape = (branch: BranchShape, value: object): boolean => {
  if (Array.isArray(value) !== (branch.kind === 'array')) return false;
  const keys = Object.keys(value);
  if (keys.length !== branch.parts.size) return false;
  let at = 0;
  for (const key of branch.parts.keys()) {
    if (key !== keys[at]) return false;
    at += 1;
  }
  return true;
};

/** Flattens a state to its values by field. Throws ShapeChanged where the state does not have the shape. */
export const flatten = (shape: StateShape, state: State): readonly Value[] => {
  const values: Value[] = Array.from({ length: shape.fields.length }, () => null);
  const visit = (part: Shape, value: Value): void => {
    if (part.kind === 'leaf') {
      values[part.field] = value;
      return;
    }
    if (value === null || typeof value !== 'object' || !hasShape(part, value))
      throw new ShapeChanged(part.path);
    for (const [key, kid] of part.parts) visit(kid, (value as { readonly [key: string]: Value })[key]!);
  };
  visit(shape.root, state);
  return values;
};

const PLAIN = { configurable: true, enumerable: true, writable: true } as const;

/** Makes the state whose fields have the given values. */
export const unflatten = (shape: StateShape, valueOf: (field: number) => Value): State => {
  const visit = (part: Shape): Value => {
    if (part.kind === 'leaf') return valueOf(part.field);
    if (part.kind === 'array') {
      const items: Value[] = [];
      for (const kid of part.parts.values()) items.push(visit(kid));
      return items;
    }
    const fields: { [key: string]: Value } = {};
    for (const [key, kid] of part.parts) {
      // Assigned, this key would be taken for the prototype.
      if (key === '__proto__') Object.defineProperty(fields, key, { ...PLAIN, value: visit(kid) });
      else fields[key] = visit(kid);
    }
    return fields;
  };
  return visit(shape.root) as State;
};
