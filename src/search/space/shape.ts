import type { State, Value } from '../../model/index.ts';

/** One field of the packed state: a part of the tree that is stored, read and written as one value. */
export interface LeafShape {
  readonly kind: 'leaf';
  readonly path: string;
  readonly field: number;
}

/** An object or array whose parts are fields of their own, because its shape never changes. */
export interface BranchShape {
  readonly kind: 'object' | 'array';
  readonly path: string;
  readonly parts: ReadonlyMap<string, Shape>;
}

/** A part of the state: a field, or a branch of fields. */
export type Shape = LeafShape | BranchShape;

/** The fixed shape of a model's states: a tree over numbered fields, named by their dotted paths. */
export interface StateShape {
  readonly root: BranchShape;
  readonly fields: readonly string[];
}

const isTree = (value: Value): value is readonly Value[] | { readonly [key: string]: Value } =>
  value !== null && typeof value === 'object' && Object.keys(value).length > 0;

/**
 * The shape of `state`. Paths in `whole` are stored as one value: their shape was seen to change
 * (a queue, a message that is there or not). An empty array or object is whole from the start, since
 * whatever comes into it changes its shape.
 */
export const shapeOf = (state: State, whole: ReadonlySet<string>): StateShape => {
  const fields: string[] = [];
  const build = (value: Value, path: string): Shape => {
    if (!isTree(value) || whole.has(path)) {
      fields.push(path);
      return { kind: 'leaf', path, field: fields.length - 1 };
    }
    const parts = new Map<string, Shape>();
    for (const [key, item] of Object.entries(value))
      parts.set(key, build(item, path === '' ? key : `${path}.${key}`));
    return { kind: Array.isArray(value) ? 'array' : 'object', path, parts };
  };
  const root = build(state, '');
  if (root.kind === 'leaf') return { root: { kind: 'object', path: '', parts: new Map() }, fields: [] };
  return { root, fields };
};

/** Says that a part of the state does not keep its shape; the space is laid out anew with it as one value. */
export class ShapeChanged extends Error {
  readonly path: string;

  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

/** The values of `state` by field. Throws ShapeChanged where the state does not have the shape. */
export const flatten = (shape: StateShape, state: State): readonly Value[] => {
  const values: Value[] = Array.from({ length: shape.fields.length }, () => null);
  const visit = (part: Shape, value: Value): void => {
    if (part.kind === 'leaf') {
      values[part.field] = value;
      return;
    }
    const fits =
      value !== null &&
      typeof value === 'object' &&
      Array.isArray(value) === (part.kind === 'array') &&
      Object.keys(value).length === part.parts.size;
    if (!fits) throw new ShapeChanged(part.path);
    for (const [key, kid] of part.parts) {
      if (!Object.hasOwn(value, key)) throw new ShapeChanged(part.path);
      visit(kid, (value as { readonly [key: string]: Value })[key]!);
    }
  };
  visit(shape.root, state);
  return values;
};

/** The state whose fields have the given values. */
export const unflatten = (shape: StateShape, valueOf: (field: number) => Value): State => {
  const visit = (part: Shape): Value => {
    if (part.kind === 'leaf') return valueOf(part.field);
    if (part.kind === 'array') {
      const items: Value[] = [];
      for (const kid of part.parts.values()) items.push(visit(kid));
      return items;
    }
    const fields: { [key: string]: Value } = {};
    for (const [key, kid] of part.parts) fields[key] = visit(kid);
    return fields;
  };
  return visit(shape.root) as State;
};
