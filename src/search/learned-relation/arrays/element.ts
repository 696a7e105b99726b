import type { Value } from '../../../model/index.ts';
import type { Shape } from '../fields/shape.ts';
import type { Values } from '../fields/values.ts';

/**
 * The result of a function of one element of an array, where the fields that it looks at have these values.
 */
export interface ElementPath<T> {
  /** The path: alternating field and value number. */
  readonly path: readonly number[];
  readonly answer: T;
}

/** The results for every combination of the values that its fields have taken so far. */
export type ElementPaths<T> = readonly ElementPath<T>[];

/**
 * Thrown to end the trial of an element: what a function asks of it, or does to it, cannot be recorded as a
 * whole. No model ever sees it.
 */
export class NotRecordable extends Error {}

/**
 * The assumption under which a run looks at an array, for as long as one element is tried with values that it
 * does not have.
 */
export interface Assumption {
  readonly path: number[];
  readonly forced: readonly number[];
  readonly isOwn: (field: number) => boolean;
}

// Combinations of values of one element that are tried.
const MOST_WAYS = 128;

/** Returns the fields of a part of the state. */
export const fieldsOf = (part: Shape): readonly number[] =>
  part.kind === 'leaf' ? [part.field] : [...part.parts.values()].flatMap(fieldsOf);

/** Returns the value to assume for a field of the element: the one that is forced, or else the first. */
export const assume = (assumption: Assumption, values: readonly Values[], field: number): Value => {
  const { forced, path } = assumption;
  for (let at = 0; at < path.length; at += 2) {
    if (path[at] === field) return values[field]!.at(path[at + 1]!);
  }
  const id = forced[path.length + 1] ?? 0;
  path.push(field, id);
  return values[field]!.at(id);
};

/** Returns the path to try after `path`: the last value that is not the last of its field gets larger. */
const nextPath = (path: readonly number[], values: readonly Values[]): readonly number[] | undefined => {
  for (let at = path.length - 2; at >= 0; at -= 2) {
    const id = path[at + 1]! + 1;
    if (id < values[path[at]!]!.size()) return [...path.slice(0, at + 1), id];
  }
  return undefined;
};

/**
 * Tries a function with every combination of values that its element could have. Answers that are the same
 * have the same text. Throws Refused where there are too many, or where it says something else when it is
 * asked again.
 */
export const tryElement = <T>(
  part: Shape,
  values: readonly Values[],
  run: (assumption: Assumption) => T,
  textOf: (answer: T) => string,
): ElementPaths<T> => {
  const own = new Set(fieldsOf(part));
  const ways: ElementPath<T>[] = [];
  for (let forced: readonly number[] | undefined = []; forced !== undefined;) {
    const assumption: Assumption = { path: [], forced, isOwn: (field) => own.has(field) };
    const answer = run(assumption);
    if (textOf(run(assumption)) !== textOf(answer) || ways.length === MOST_WAYS) throw new NotRecordable();
    ways.push({ answer, path: assumption.path });
    forced = nextPath(assumption.path, values);
  }
  return ways;
};

/**
 * Finds the way of an element whose fields have these values; undefined where one has a value that it does
 * not know.
 */
export const wayIn = <T>(
  ways: ElementPaths<T>,
  idOf: (field: number) => number,
): ElementPath<T> | undefined =>
  ways.find(({ path }) => path.every((part, at) => at % 2 === 0 || idOf(path[at - 1]!) === part));

/** Returns the fields that a function of an element looks at. */
export const lookedAt = (ways: ElementPaths<unknown>): ReadonlySet<number> =>
  new Set(ways.flatMap(({ path }) => path.filter((_, at) => at % 2 === 0)));
