import type { ElementTest, ArrayQuestion } from './array-queries.ts';

/**
 * The progress of a question about an array, element by element: its answer so far, and the way through the
 * test of the next element that was begun. Two that are alike go on alike, whatever the elements before were:
 * so there are few, where the ways through all elements are many.
 */
export interface Progress {
  readonly element: number;
  /** The answer to the question if no other element passes. */
  readonly soFar: number;
  /** The known fields of the next element: alternating field and value number. */
  readonly path: readonly number[];
}

/** The progress at which every question begins. */
export const BEGINNING: Progress = { element: 0, soFar: 0, path: [] };

/**
 * The next event of a question: its answer, a test that lacks a value, or the field that has to be looked at
 * next.
 */
export type Advance =
  | { readonly kind: 'answered'; readonly answer: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'waits'; readonly at: Progress };

/** Returns the ways of a test that begin with `path`. */
const begunBy = (test: ElementTest, path: readonly number[]): ElementTest =>
  test.filter((way) => path.every((part, at) => way.path[at] === part));

const isSettled = ({ kind, elements }: ArrayQuestion, { element, soFar }: Progress): boolean =>
  element === elements.length || (kind !== 'count' && soFar > 0);

/** Counts an element that passes. */
const counted = ({ kind }: ArrayQuestion, { element, soFar }: Progress): number =>
  kind === 'first' ? element + 1 : soFar + 1;

/** Returns the field that is looked at next; -1 where the test of an element looks at none. */
export const nextField = ({ elements }: ArrayQuestion, { element, path }: Progress): number =>
  begunBy(elements[element]!, path)[0]?.path[path.length] ?? -1;

/** Advances from `from` as far as fields that are `known` say. */
export const advanced = (
  question: ArrayQuestion,
  from: Progress,
  row: Uint32Array,
  known: (field: number) => boolean,
): Advance => {
  let at = from;
  while (!isSettled(question, at)) {
    const [way, ...others] = begunBy(question.elements[at.element]!, at.path);
    if (way === undefined) return { kind: 'unknown' };
    if (others.length === 0 && way.path.length === at.path.length) {
      at = { element: at.element + 1, soFar: way.answer ? counted(question, at) : at.soFar, path: [] };
      continue;
    }
    const field = way.path[at.path.length]!;
    if (!known(field)) return { kind: 'waits', at };
    at = { ...at, path: [...at.path, field, row[field]!] };
  }
  return { kind: 'answered', answer: at.soFar };
};
