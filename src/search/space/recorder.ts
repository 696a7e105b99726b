import { createDraft, isDraft } from 'immer';
import type { State, Value } from '../../model/index.ts';
import { ShapeChanged, type BranchShape, type Shape, type StateShape } from './shape.ts';

/**
 * Runs a model's functions on views of packed states and notes, in order, which fields they read and
 * which they wrote. A view looks like the state, but its fields are accessors, so only what is really
 * looked at is noted: destructuring, iteration, spreading and `JSON.stringify` read through them too.
 *
 * Two views stand side by side, `before` and `after`, for functions of two states; fields of the
 * second are numbered on from the first's.
 */
export interface Recorder {
  /** Runs `read` on views of states whose field values `valueOf` gives; returns the fields read, in order. */
  readonly observe: <T>(
    valueOf: (field: number) => Value,
    read: (before: State, after: State) => T,
  ) => Observed<T>;
  /** Runs `when` on a view and, if it says yes, `then` on a draft; returns the reads of both, and the writes. */
  readonly record: (
    valueOf: (field: number) => Value,
    when: (view: State) => boolean,
    then: (draft: State) => void,
  ) => Recorded;
}

/** What a function that only looked returned, and which fields it read. */
export interface Observed<T> {
  readonly reads: readonly number[];
  readonly result: T;
}

/** What an action read and wrote. */
export interface Recorded {
  readonly reads: readonly number[];
  /** Undefined when `when` said no. */
  readonly writes: ReadonlyMap<number, Value> | undefined;
}

interface Session {
  valueOf: (field: number) => Value;
  reads: number[];
  noted: Uint8Array;
  drafting: boolean;
  /** Fields that were assigned, or hold a tree that may be changed in place. */
  overlay: Map<number, unknown>;
  /** Branches that another object was put in the place of. Objects keep their identity until the end. */
  links: Map<BranchShape, unknown>;
}

/** The plain value behind a view, a draft or a mixture of these. */
const plain = (value: unknown): Value => {
  if (value === null || typeof value !== 'object') return value as Value;
  if (Array.isArray(value)) return value.map(plain);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isDraft(value) && prototype !== Object.prototype && prototype !== null) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
};

const readField = (session: Session, field: number): unknown => {
  if (session.overlay.has(field)) return session.overlay.get(field);
  if (session.noted[field] === 0) {
    session.noted[field] = 1;
    session.reads.push(field);
  }
  const value = session.valueOf(field);
  if (!session.drafting || value === null || typeof value !== 'object') return value;
  const draft = createDraft(value);
  session.overlay.set(field, draft);
  return draft;
};

/** The view of one branch of the shape; arrays are checked after every recording. */
const viewOf = (
  session: Session,
  branch: BranchShape,
  offset: number,
  arrays: [unknown[], BranchShape][],
): object => {
  const view: object = branch.kind === 'array' ? [] : {};
  for (const [key, part] of branch.parts) {
    const kid = part.kind === 'leaf' ? undefined : viewOf(session, part, offset, arrays);
    const get =
      part.kind === 'leaf'
        ? () => readField(session, part.field + offset)
        : () => (session.links.has(part) ? session.links.get(part) : kid);
    const put = (value: unknown): void => {
      if (part.kind === 'leaf') session.overlay.set(part.field + offset, value);
      else if (value === kid) session.links.delete(part);
      else session.links.set(part, value);
    };
    Object.defineProperty(view, key, {
      enumerable: true,
      // An array may be shortened by a recipe; that is noticed by its length and not by an exception.
      configurable: branch.kind === 'array',
      get,
      set: (value: unknown) => {
        if (!session.drafting) throw new TypeError(`a function that only looks wrote to ${part.path}`);
        put(value);
      },
    });
  }
  if (branch.kind === 'array') arrays.push([view as unknown[], branch]);
  else Object.preventExtensions(view);
  return view;
};

const fits = (branch: BranchShape, value: unknown): value is { readonly [key: string]: unknown } =>
  value !== null &&
  typeof value === 'object' &&
  Array.isArray(value) === (branch.kind === 'array') &&
  Object.keys(value).length === branch.parts.size &&
  Object.keys(value).every((key) => branch.parts.has(key));

/** Writes every field under `part` from `value`, reading it through its view if it is one. */
const copyInto = (part: Shape, value: unknown, writes: Map<number, Value>): void => {
  if (part.kind === 'leaf') {
    writes.set(part.field, plain(value));
    return;
  }
  if (!fits(part, value)) throw new ShapeChanged(part.path);
  for (const [key, kid] of part.parts) copyInto(kid, value[key], writes);
};

/** What the recipe left behind, field by field, as seen from the root of the state. */
const writtenIn = (session: Session, branch: BranchShape, writes: Map<number, Value>): void => {
  for (const part of branch.parts.values()) {
    if (part.kind === 'leaf') {
      if (session.overlay.has(part.field)) writes.set(part.field, plain(session.overlay.get(part.field)));
    } else if (session.links.has(part)) copyInto(part, session.links.get(part), writes);
    else writtenIn(session, part, writes);
  }
};

/** A recorder for states of the given shape. */
export const createRecorder = (shape: StateShape): Recorder => {
  const width = shape.fields.length;
  const session: Session = {
    valueOf: () => null,
    reads: [],
    noted: new Uint8Array(2 * width),
    drafting: false,
    overlay: new Map(),
    links: new Map(),
  };
  const arrays: [unknown[], BranchShape][] = [];
  const before = viewOf(session, shape.root, 0, arrays) as State;
  const after = viewOf(session, shape.root, width, arrays) as State;
  const begin = (valueOf: (field: number) => Value): void => {
    session.valueOf = valueOf;
    session.reads = [];
    session.noted.fill(0);
    session.overlay = new Map();
    session.links = new Map();
    session.drafting = false;
  };
  // An element that was taken away and put back is no accessor any more, whatever the length is then.
  const checkArrays = (): void => {
    for (const [view, branch] of arrays) {
      const isWhole =
        view.length === branch.parts.size &&
        [...branch.parts.keys()].every(
          (key) => Object.getOwnPropertyDescriptor(view, key)?.get !== undefined,
        );
      if (!isWhole) throw new ShapeChanged(branch.path);
    }
  };
  return {
    observe: (valueOf, read) => {
      begin(valueOf);
      const result = read(before, after);
      return { reads: session.reads, result };
    },
    record: (valueOf, when, then) => {
      begin(valueOf);
      if (!when(before)) return { reads: session.reads, writes: undefined };
      session.drafting = true;
      then(before);
      checkArrays();
      const writes = new Map<number, Value>();
      writtenIn(session, shape.root, writes);
      return { reads: session.reads, writes };
    },
  };
};
