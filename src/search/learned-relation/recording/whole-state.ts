import { Immer } from 'immer';
import { NotPlain } from '../../../model/plain/not-plain.ts';
import { isSame } from '../../../model/plain/plain.ts';
import { withoutProtoWrites } from '../../../model/plain/proto-key.ts';
import { freezeDeeply } from '../../../model/plain/view.ts';
import { Fault, type State, type Value } from '../../../model/index.ts';
import { takeSeen } from '../../../model/purity/seen-through.ts';
import type { Notes } from './view.ts';
import { copyInto } from './read-off.ts';
import { ShapeChanged, unflatten, type StateShape } from '../fields/shape.ts';

// This immer freezes as searches that step plainly do, whatever the immer of the model's own code was told.
const immer = new Immer({ autoFreeze: true });

/** Returns the state itself, frozen as every state is that a model is given. */
export const stateAt = (shape: StateShape, valueOf: (field: number) => Value): State =>
  freezeDeeply(unflatten(shape, valueOf));

/**
 * Returns a recipe's changes to the state itself, by field. Throws ShapeChanged and NotPlain, and what the
 * recipe throws.
 */
export const changesOf = (
  shape: StateShape,
  state: State,
  valueOf: (field: number) => Value,
  then: (draft: State) => void,
): ReadonlyMap<number, Value> => {
  const next = withoutProtoWrites(() =>
    immer.produce(state, (draft) => {
      then(draft);
    }),
  );
  const after = new Map<number, Value>();
  copyInto(shape.root, next, after);
  return new Map([...after].filter(([field, value]) => !isSame(value, valueOf(field))));
};

/** Whether an error of a run on views is the function's own: views alone may have made it throw. */
const isOfFunction = (error: unknown): boolean =>
  !(error instanceof ShapeChanged || error instanceof NotPlain || error instanceof Fault);

/**
 * Returns the result of `onViews`, or that of `onStates` where the function saw how views are made, or threw
 * on them. The notes until then depend on its reads; it may have read the rest of the `fields`, too.
 */
export const seeing = <T>(notes: Notes, fields: number, onViews: () => T, onStates: () => T): T => {
  let result: { readonly of: T } | undefined;
  let thrown: unknown;
  try {
    result = { of: onViews() };
  } catch (error) {
    if (notes.isRefused || !isOfFunction(error)) throw error;
    thrown = error;
  }
  const isSeen = takeSeen();
  if (result !== undefined && !isSeen) return result.of;
  // A change of every element by itself would be done twice.
  if (isSeen && notes.changes !== undefined) notes.isRefused = true;
  if (notes.isRefused && result !== undefined) return result.of;
  let plain: T;
  try {
    plain = onStates();
  } catch (error) {
    throw result === undefined ? thrown : error;
  }
  for (let field = 0; field < fields; field += 1) if (notes.noted[field] === 0) notes.reads.push(field);
  return plain;
};
