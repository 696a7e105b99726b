import { needPlain, needPlainItself } from '../../../model/plain/plain.ts';
import type { Value } from '../../../model/index.ts';
import { hasShape, ShapeChanged, type BranchShape, type LeafShape, type Shape } from '../fields/shape.ts';

/** Rebuilds the plain value behind a view, a draft or a mixture of these; all of it is plain. */
const rebuilt = (value: unknown): Value => {
  if (value === null || typeof value !== 'object') return value as Value;
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rebuilt(item)]));
  const items: Value[] = [];
  for (let at = 0; at < value.length; at += 1) items.push(rebuilt(value[at]));
  return items;
};

/**
 * Returns the plain value behind what a recipe put in the place of `leaf`: a view, a draft or a mixture of
 * these. Throws NotPlain.
 */
export const plainAt = ({ keys }: LeafShape, value: unknown): Value => {
  needPlain(value, keys);
  return rebuilt(value);
};

/**
 * Whether what a recipe put in the place of `branch` is of its shape. Throws NotPlain for what could never be
 * in a state.
 */
export const isOfShape = (
  branch: BranchShape,
  value: unknown,
): value is { readonly [key: string]: unknown } => {
  if (value === null || typeof value !== 'object') return false;
  needPlainItself(value, branch.keys);
  return hasShape(branch, value);
};

/** Writes every field under `part` from `value`, reading it through its view if it is one. */
export const copyInto = (part: Shape, value: unknown, writes: Map<number, Value>): void => {
  if (part.kind === 'leaf') {
    writes.set(part.field, plainAt(part, value));
    return;
  }
  if (!isOfShape(part, value)) throw new ShapeChanged(part.path);
  for (const [key, kid] of part.parts) copyInto(kid, value[key], writes);
};
