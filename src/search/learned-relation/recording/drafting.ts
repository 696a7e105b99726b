import { createDraft, isModified } from 'immer';
import { assignedToProto } from '../../../model/plain/proto-key.ts';
import { noteSeen } from '../../../model/purity/seen-through.ts';
import type { State, Value } from '../../../model/index.ts';
import { fieldsOf, NotRecordable } from '../arrays/element.ts';
import { forEachOf, isMethod, methodOf } from '../arrays/methods.ts';
import { copyInto, isOfShape, plainAt } from './read-off.ts';
import { leavesOf, ShapeChanged, type BranchShape, type LeafShape, type Shape } from '../fields/shape.ts';
import { createMaker, described, getOwnPropertyDescriptor, readField, type Notes } from './view.ts';

/**
 * Drafts of a state that a recipe may change. They behave as those of immer do: objects keep their identity,
 * so that a part that is moved and then changed is changed where it was moved to; `current`, `original` and
 * `isDraft` work on them. Only at the end the tree is read off field by field.
 */
export interface Drafting {
  readonly reset: () => void;
  readonly draft: () => State;
  /** Runs `change` on a tried element and takes back what it wrote: fields of its own, with their values. */
  readonly trial: (part: Shape, change: () => void) => readonly (readonly [number, Value])[];
  /** Returns the assignments to fields of a part so far. */
  readonly written: (part: Shape) => readonly (readonly [number, Value])[];
  /**
   * Seals the elements of an array, each of which was changed by what it is itself: what was written to them
   * is not listed, and a run that looks at them again is refused.
   */
  readonly seal: (branch: BranchShape) => void;
  /** Returns the recipe's writes, by field. Throws ShapeChanged where the shape is not what it was. */
  readonly writes: () => ReadonlyMap<number, Value>;
}

/** The key under which immer keeps its own data of a draft, in whatever copy of immer a model imports. */
const DRAFT_STATE = Symbol.for('immer-state');

/** The part of immer's data of a draft that `current`, `original` and a `produce` on it look at. */
const immerState = (branch: BranchShape, copy: object, original: () => State): object => {
  const known: { readonly [name: string]: unknown } = {
    type_: branch.kind === 'array' ? 1 : 0,
    // A draft that is said to be changed is read through, instead of being taken for its original.
    modified_: true,
    copy_: copy,
    finalized_: false,
    scope_: { immer_: { useStrictShallowCopy_: false, shouldUseStrictIteration: () => false } },
  };
  return new Proxy(known, {
    get: (target, name) => {
      if (name === 'base_') return original();
      // If nothing was changed, `current` gives what was there before, the same each time.
      if (name === 'modified_') noteSeen();
      if (Object.hasOwn(target, name)) return Reflect.get(target, name) as unknown;
      throw new TypeError(
        `this copy of immer asks a recorded draft for ${String(name)}, which it does not have`,
      );
    },
  });
};

interface DraftState {
  /** The leaf of the shape that stands for each field. */
  readonly leaves: readonly LeafShape[];
  /** Fields that were assigned, and drafts of those whose value is a tree. */
  readonly overlay: Map<number, unknown>;
  /** The branches that were replaced by another object. */
  readonly links: Map<BranchShape, unknown>;
  readonly drafts: Map<BranchShape, State>;
  /** Branches of which a field was taken away or added, if only for a while. */
  readonly remade: Set<BranchShape>;
  /** Fields of elements that were changed as a whole: what is written to them depends on what they are. */
  readonly sealed: Set<number>;
  /** Drafts of fields whose value is a tree, as long as nothing else was put there. */
  readonly trees: Map<number, unknown>;
  /** Whether writes are taken back. */
  isTrial: boolean;
}

const isTree = (value: unknown): value is object => value !== null && typeof value === 'object';

/** Collects what the recipe left behind under `branch`, where it stands in the state. */
const collect = (edits: DraftState, branch: BranchShape, writes: Map<number, Value>): void => {
  const { drafts, links, overlay, remade, sealed } = edits;
  const draft = drafts.get(branch);
  // A part that was never looked at was not written to either.
  if (draft === undefined) return;
  if (remade.has(branch) && !isOfShape(branch, draft)) throw new ShapeChanged(branch.path);
  for (const [key, part] of branch.parts) {
    const property = remade.has(branch) ? getOwnPropertyDescriptor(draft, key) : undefined;
    // A field that was taken away (`shift` takes the last one) and put back holds its value itself.
    if (property !== undefined && 'value' in property) copyInto(part, property.value, writes);
    else if (part.kind !== 'leaf') {
      if (links.has(part)) copyInto(part, links.get(part), writes);
      else collect(edits, part, writes);
    } else if (overlay.has(part.field) && !sealed.has(part.field))
      writes.set(part.field, plainAt(part, overlay.get(part.field)));
  }
};

const ascending = (fields: Iterable<number>): readonly number[] => [...fields].toSorted((a, b) => a - b);

/** Returns the recipe's writes, by field. */
const writesOf = (edits: DraftState, root: BranchShape): ReadonlyMap<number, Value> => {
  const { leaves, links, overlay, remade, sealed, trees } = edits;
  for (const [field, draft] of trees) {
    if (!overlay.has(field) && isModified(draft)) overlay.set(field, draft);
  }
  const writes = new Map<number, Value>();
  // If everything is still in its place, the assignments are all that there is.
  if (links.size > 0 || remade.size > 0) collect(edits, root, writes);
  else {
    for (const field of ascending(overlay.keys())) {
      if (!sealed.has(field)) writes.set(field, plainAt(leaves[field]!, overlay.get(field)));
    }
  }
  return writes;
};

/** The part that a draft of a branch stands for. */
interface Stand {
  readonly target: object;
  readonly handler: ProxyHandler<object>;
}

/** The calls on a whole array that are recorded as one, while all its elements are where they were. */
const methodFor = (
  notes: Notes,
  edits: DraftState,
  branch: BranchShape,
  name: string | symbol,
  self: object,
): unknown => {
  const { assumption, asks, changes } = notes;
  if (branch.kind !== 'array' || branch.parts.size < notes.minLength || assumption !== undefined)
    return undefined;
  if (edits.links.size > 0 || edits.remade.size > 0) return undefined;
  if (asks !== undefined && isMethod(name)) return methodOf(name, branch, self, asks);
  if (changes === undefined || name !== 'forEach') return undefined;
  // Earlier writes and present changes could make up for each other: changes are to what was there.
  const isTouched = fieldsOf(branch).some((field) => edits.overlay.has(field) || edits.trees.has(field));
  return isTouched ? undefined : forEachOf(branch, self, changes);
};

/** Whether a property is defined by assigning to it: drafts refuse any other way, as immer's do. */
const isAssignment = (own: PropertyDescriptor | undefined, property: PropertyDescriptor): boolean => {
  if (own !== undefined) return own.get === undefined && Object.keys(property).join() === 'value';
  return [property.configurable, property.enumerable, property.writable].every((is) => is === true);
};

const handlerOf = (
  notes: Notes,
  edits: DraftState,
  branch: BranchShape,
  originalOf: (branch: BranchShape) => State,
): ProxyHandler<object> => {
  const remake = (): void => {
    if (notes.assumption !== undefined) throw new NotRecordable();
    edits.remade.add(branch);
  };
  return {
    get: (target, name, self: object) =>
      name === DRAFT_STATE
        ? immerState(branch, target, () => originalOf(branch))
        : (methodFor(notes, edits, branch, name, self) ?? (Reflect.get(target, name) as unknown)),
    getOwnPropertyDescriptor: described,
    deleteProperty: (target, name) => {
      remake();
      return Reflect.deleteProperty(target, name);
    },
    // Called for a field that is not there, and for the length of an array.
    defineProperty: (target, name, property) => {
      if (name === '__proto__') throw assignedToProto([...branch.keys, name]);
      if (!isAssignment(getOwnPropertyDescriptor(target, name), property))
        throw new TypeError('Object.defineProperty cannot be used on a draft');
      remake();
      return Reflect.defineProperty(target, name, property);
    },
    setPrototypeOf: () => {
      throw new TypeError('Object.setPrototypeOf cannot be used on a draft');
    },
  };
};

/**
 * Reads a field of a draft. Throws NotRecordable where a tried element has a value that cannot be recorded.
 */
const readFrom = (notes: Notes, { isTrial, overlay, sealed, trees }: DraftState, field: number): unknown => {
  if (sealed.has(field)) notes.isRefused = true;
  const isTried = notes.assumption !== undefined;
  const written = overlay.get(field);
  // A trial could change a tree without anybody noticing.
  if (isTried && (isTree(written) || trees.has(field))) throw new NotRecordable();
  if (overlay.has(field)) return written;
  const value = readField(notes, field);
  if (isTrial && isTree(value)) throw new NotRecordable();
  if (!isTree(value) || isTried) return value;
  const draft = trees.get(field) ?? createDraft(value);
  trees.set(field, draft);
  return draft;
};

/** Replaces a part of a draft. Throws NotRecordable where an element that is tried cannot have that. */
const writeTo = (notes: Notes, edits: DraftState, part: Shape, value: unknown): void => {
  const { drafts, isTrial, links, overlay, sealed, trees } = edits;
  const { assumption } = notes;
  if (part.keys.at(-1) === '__proto__') throw assignedToProto(part.keys);
  if (sealed.size > 0 && fieldsOf(part).some((field) => sealed.has(field))) notes.isRefused = true;
  if (assumption !== undefined) {
    const isOwn = part.kind === 'leaf' && assumption.isOwn(part.field);
    if (!isTrial || !isOwn || isTree(value)) throw new NotRecordable();
  }
  if (part.kind === 'leaf') {
    if (value !== undefined && value === trees.get(part.field)) overlay.delete(part.field);
    // As immer has it: where 0 is, -0 is nothing new.
    else if (!Object.is(value, -0) || readFrom(notes, edits, part.field) !== 0)
      overlay.set(part.field, value);
  } else if (value === drafts.get(part)) links.delete(part);
  else links.set(part, value);
};

/** Runs `change` on the element `part`, and takes back what it wrote. */
const tryOn = (edits: DraftState, part: Shape, change: () => void): readonly (readonly [number, Value])[] => {
  const { overlay } = edits;
  const own = fieldsOf(part);
  const before = new Map(
    own.filter((field) => overlay.has(field)).map((field) => [field, overlay.get(field)]),
  );
  edits.isTrial = true;
  try {
    change();
    return own
      .filter(
        (field) => overlay.has(field) && !(before.has(field) && before.get(field) === overlay.get(field)),
      )
      .map((field) => [field, plainAt(edits.leaves[field]!, overlay.get(field))]);
  } finally {
    edits.isTrial = false;
    for (const field of own) {
      if (before.has(field)) overlay.set(field, before.get(field));
      else overlay.delete(field);
    }
  }
};

/** Makes drafts that read through `notes`; `originalOf` gives a branch as it was. */
export const createDrafting = (
  notes: Notes,
  root: BranchShape,
  originalOf: (branch: BranchShape) => State,
): Drafting => {
  const edits: DraftState = {
    leaves: leavesOf(root),
    overlay: new Map(),
    links: new Map(),
    drafts: new Map(),
    remade: new Set(),
    sealed: new Set(),
    trees: new Map(),
    isTrial: false,
  };
  const { drafts, leaves, links, overlay, remade, sealed, trees } = edits;
  const everything = [overlay, links, drafts, trees, remade, sealed];
  /** Parts that drafts stand for, made once: each run has drafts of its own. */
  const stands = new Map<BranchShape, Stand>();
  const draftOf = (branch: BranchShape): State => {
    let draft = drafts.get(branch);
    if (draft === undefined) {
      const { target, handler } = stands.get(branch) ?? prepare(branch);
      draft = new Proxy(target, handler) as State;
      drafts.set(branch, draft);
    }
    return draft;
  };
  const prepare = (branch: BranchShape): Stand => {
    const stand = { target: make(branch), handler: handlerOf(notes, edits, branch, originalOf) };
    stands.set(branch, stand);
    return stand;
  };
  const make = createMaker(root, {
    get: (part) => {
      if (part.kind === 'leaf') return readFrom(notes, edits, part.field);
      return links.has(part) ? links.get(part) : draftOf(part);
    },
    set: (part, value) => writeTo(notes, edits, part, value),
  });
  return {
    reset: () => {
      for (const branch of remade) stands.delete(branch);
      // Most runs are of guards, or touch little: to clear what is empty takes longer than to see that it is.
      for (const all of everything) if (all.size > 0) all.clear();
    },
    draft: () => draftOf(root),
    trial: (part, change) => tryOn(edits, part, change),
    written: (part) =>
      fieldsOf(part)
        .filter((field) => overlay.has(field))
        .map((field) => [field, plainAt(leaves[field]!, overlay.get(field))]),
    seal: (branch) => {
      for (const field of fieldsOf(branch)) sealed.add(field);
    },
    writes: () => writesOf(edits, root),
  };
};
