import { standingForValue } from '../../../model/plain/odd.ts';
import { noteDescribed } from '../../../model/purity/seen-through.ts';
import type { State, Value } from '../../../model/index.ts';
import type { BranchShape, Shape } from '../fields/shape.ts';
import type { Assumption } from '../arrays/element.ts';
import { isMethod, methodOf, type Asker, type ChangeArray } from '../arrays/methods.ts';

/** The notes of one run of a function: what it may look at, and what it has looked at so far. */
export interface Notes {
  valueOf: (field: number) => Value;
  /** The fields that were read, each once, in order. */
  reads: number[];
  readonly noted: Uint8Array;
  /** Arrays of fewer elements are read element by element. */
  readonly minLength: number;
  /** Records a question about all elements of an array as one read; undefined where it is not to be. */
  asks?: Asker | undefined;
  /** Records a change of all elements of an array as one read; undefined where it is not to be. */
  changes?: ChangeArray | undefined;
  /** The assumption about the element that is tried, and how to read that. */
  assumption?: Assumption | undefined;
  readonly assumed?: (assumption: Assumption, field: number) => Value;
  /**
   * Whether the run met something that cannot be recorded so: it goes on as it would, but nothing of it
   * counts.
   */
  isRefused: boolean;
}

/** Returns the value of `field`, which is noted as read. */
export const readField = (notes: Notes, field: number): Value => {
  const { assumption, assumed } = notes;
  if (assumption?.isOwn(field) === true && assumed !== undefined) return assumed(assumption, field);
  if (notes.noted[field] === 0) {
    notes.noted[field] = 1;
    notes.reads.push(field);
  }
  return notes.valueOf(field);
};

/** The accessors for the fields of a branch, and for the branches within it. */
export interface Access {
  readonly get: (part: Shape) => unknown;
  readonly set: (part: Shape, value: unknown) => void;
}

/**
 * Makes a maker of objects that look like the branches of a state, but have accessors in the place of values.
 */
export const createMaker = (root: BranchShape, { get, set }: Access): ((branch: BranchShape) => object) => {
  const known = new Map<BranchShape, PropertyDescriptorMap>();
  const prepare = (branch: BranchShape): void => {
    // Without a prototype, `__proto__` is a key like any other.
    const properties = Object.create(null) as PropertyDescriptorMap;
    for (const [key, part] of branch.parts) {
      properties[key] = {
        enumerable: true,
        configurable: true,
        get: standingForValue(() => get(part)),
        set: (value) => set(part, value),
      };
      if (part.kind !== 'leaf') prepare(part);
    }
    known.set(branch, properties);
  };
  prepare(root);
  return (branch) => Object.defineProperties(branch.kind === 'array' ? [] : {}, known.get(branch)!);
};

/** The original function, unwatched: nobody notices a description by it. */
export const getOwnPropertyDescriptor: typeof Object.getOwnPropertyDescriptor =
  Object.getOwnPropertyDescriptor;

/** Describes a property of what stands for a branch: as an accessor, which its caller may notice. */
export const described = (target: object, name: string | symbol): PropertyDescriptor | undefined => {
  noteDescribed();
  return getOwnPropertyDescriptor(target, name);
};

/** Views of a state that can only be looked at, as a frozen state can. */
export interface Looking {
  /**
   * Forgets the views made so far: a function may keep what it found for an object, but not for the next run.
   */
  readonly reset: () => void;
  readonly viewOf: (branch: BranchShape) => State;
}

/**
 * Makes a view of an array that answers questions about all of its elements at once, where that is asked for.
 */
const askingHandler = (notes: Notes, branch: BranchShape): ProxyHandler<object> => ({
  get: (target, name, self: object) =>
    notes.asks !== undefined &&
    notes.assumption === undefined &&
    branch.parts.size >= notes.minLength &&
    isMethod(name)
      ? methodOf(name, branch, self, notes.asks)
      : (Reflect.get(target, name) as unknown),
  getOwnPropertyDescriptor: described,
});

/** Views whose fields are numbered from `offset` on. */
export const createLooking = (notes: Notes, root: BranchShape, offset: number): Looking => {
  // The targets of views are made once; that each run has objects of its own costs it a proxy each.
  const targets = new Map<BranchShape, object>();
  const views = new Map<BranchShape, State>();
  const targetOf = (branch: BranchShape): object => {
    const target = targets.get(branch) ?? Object.freeze(make(branch));
    targets.set(branch, target);
    return target;
  };
  const handlerOf = (branch: BranchShape): ProxyHandler<object> =>
    notes.assumed !== undefined && branch.kind === 'array' && offset === 0
      ? askingHandler(notes, branch)
      : { getOwnPropertyDescriptor: described };
  const viewOf = (branch: BranchShape): State => {
    let view = views.get(branch);
    if (view === undefined) {
      view = new Proxy(targetOf(branch), handlerOf(branch)) as State;
      views.set(branch, view);
    }
    return view;
  };
  const make = createMaker(root, {
    get: (part) => (part.kind === 'leaf' ? readField(notes, part.field + offset) : viewOf(part)),
    set: ({ path }) => {
      throw new TypeError(`a function that only looks wrote to ${path}`);
    },
  });
  return {
    reset: () => {
      if (views.size > 0) views.clear();
    },
    viewOf,
  };
};
