import type { AnyAction } from './action.ts';
import { rememberSite } from './call-site.ts';
import type { Choice, Domain, Value } from './domain.ts';
import type { Invariant } from './invariant.ts';
import type { RegisterLayout } from './register.ts';
import type { Setting } from './scenario.ts';

/** The way a model's traces are printed; parts that are left out are printed as JSON. */
export interface Presentation<S, X> {
  /** A step, as an expert would write it: `OUT SMI_EN, GBL_SMI_EN := 0`. */
  readonly step?: (action: string, choice: Choice, before: S, setting: X) => string | undefined;
  /** A field's value: `00000033` rather than 51. `path` is dotted: `chipset.SMI_EN`. */
  readonly value?: (path: string, value: Value) => string | undefined;
  /** The layout of a field that is a register: pictures draw its bits. Undefined for other fields. */
  readonly register?: (path: string, setting: X) => RegisterLayout | undefined;
  /**
   * Bookkeeping: dotted paths of fields and parts that only invariants read, or that count time. Pictures do
   * not show who changes them.
   */
  readonly hidden?: readonly string[];
}

/**
 * Further values that parameters could hold: elements for those that are lists, entries for those that are
 * objects; each part has a name.
 */
export type Universe<P> = {
  readonly [K in keyof P]?: {
    readonly [part: string]: P[K] extends readonly (infer E)[] ? readonly E[] : Partial<P[K]>;
  };
};

/**
 * A system under study, as a pure state machine. The state is a plain readonly tree of booleans,
 * small integers, string literals and `null`, of one fixed shape; a part whose shape varies is one
 * value. `initial` may give several states: what is not known about the start is explored each way.
 */
export interface Model<
  S = unknown,
  P extends object = object,
  D extends string = string,
  A extends string = string,
  I extends string = string,
> {
  readonly id: string;
  readonly says: string;
  /** The defences: mechanisms that can be switched off, each with a sentence. */
  readonly defences: { readonly [K in D]: string };
  /** The capabilities that an adversary may have, each with a sentence. */
  readonly capabilities: { readonly [name: string]: string };
  /** The parameters: numbers and values a scenario may override, with their defaults. */
  readonly parameters: P;
  /**
   * The domain of a parameter, where that is less than all values of its kind: `{ cores: integers(1, 8) }`. A
   * scenario that asks for anything else is refused.
   */
  readonly accepts?: { readonly [K in keyof P]?: Domain<P[K] & Value> };
  /**
   * Further values that a scenario could list, by parameter and by part. For a parameter that is a list,
   * these are all fields that the hardware has; for one that is an object, they are what to lay over it.
   * `underwatch scope` tries each part.
   */
  readonly universe?: (setting: Setting<P, D>) => Universe<P>;
  readonly initial: (setting: Setting<P, D>) => S | readonly S[];
  readonly actions: { readonly [K in A]: AnyAction<S, Setting<P, D>> };
  readonly invariants: { readonly [K in I]: Invariant<S, Setting<P, D>> };
  readonly present?: Presentation<S, Setting<P, D>>;
  /**
   * Dotted paths of arrays whose elements can be exchanged without anything else noticing: identical cores,
   * say. No other field may hold the place of an element. Searches that use this check it.
   */
  readonly interchangeable?: readonly string[] | ((setting: Setting<P, D>) => readonly string[]);
}

/** A model of any types: searches and reports take it. */
export interface AnyModel {
  readonly id: string;
  readonly says: string;
  readonly defences: { readonly [name: string]: string };
  readonly capabilities: { readonly [name: string]: string };
  readonly parameters: object;
  readonly accepts?: object;
  readonly universe?: (setting: never) => object;
  readonly initial: (setting: never) => unknown;
  readonly actions: { readonly [name: string]: AnyAction<never, never> };
  readonly invariants: { readonly [name: string]: Invariant<never, never> };
  readonly present?: Presentation<never, never>;
  readonly interchangeable?: readonly string[] | ((setting: never) => readonly string[]);
}

/** A state as a search sees it: a tree of plain values. */
export type State = { readonly [field: string]: Value };

/** A model as a search runs it. */
export type RunnableModel = Model<State, object, string, string, string>;

/** Forgets a model's types, here and nowhere else: a search hands the model only what it made itself. */
export const runnable = (model: AnyModel): RunnableModel => model as unknown as RunnableModel;

/**
 * Declares a model, and remembers where; every type is inferred from it. Checks are made by `checkModel`, at
 * first use.
 */
export const defineModel = <S, P extends object, D extends string, A extends string, I extends string>(
  model: Model<S, P, D, A, I>,
): Model<S, P, D, A, I> => {
  if (typeof model === 'object' && model !== null) rememberSite([model], defineModel);
  return model;
};
