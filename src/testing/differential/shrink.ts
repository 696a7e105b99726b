import { sizeOf, textOf, type Term } from './models/term.ts';

/** The least pieces that can stand in the place of a piece. */
const LEAST: { readonly [sort: string]: readonly string[] } = {
  boolean: ['true', 'false'],
  number: ['0', '1'],
  value: ['0', 'false', 'null'],
  statement: ['{}'],
  body: ['true', 'false'],
  test: ['() => true'],
};

const within = (term: Term, sort: string): readonly Term[] =>
  term.parts.flatMap((part) => {
    if (typeof part === 'string') return [];
    return part.sort === sort ? [part] : within(part, sort);
  });

/** Returns a list without some of its parts: halves first, then fewer. */
function* withLess(term: Term): Generator<Term> {
  const { parts } = term;
  for (let size = parts.length; size >= 1; size = size >> 1)
    for (let at = 0; at < parts.length; at += size)
      yield { ...term, parts: [...parts.slice(0, at), ...parts.slice(at + size)] };
}

/** Yields the pieces that are less than a piece and can stand in its place. */
function* lesser(term: Term): Generator<Term> {
  if (term.between !== undefined) yield* withLess(term);
  for (const text of LEAST[term.sort] ?? []) yield { sort: term.sort, parts: [text] };
  yield* within(term, term.sort);
}

/**
 * Returns the piece at a place, counted as they stand in the text; and the whole with another in its place.
 */
const at = (term: Term, place: number): Term => {
  let left = place;
  const find = (here: Term): Term | undefined => {
    if (left === 0) return here;
    left -= 1;
    for (const part of here.parts) {
      const found = typeof part === 'string' ? undefined : find(part);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(term)!;
};

const replaced = (term: Term, place: number, by: Term): Term => {
  let left = place;
  const go = (here: Term): Term => {
    if (left === 0) {
      left = -1;
      return by;
    }
    if (left < 0) return here;
    left -= 1;
    return { ...here, parts: here.parts.map((part) => (typeof part === 'string' ? part : go(part))) };
  };
  return go(term);
};

/**
 * Makes a model smaller, piece by piece, as long as it still `fails`: nothing that can be left out or put
 * more simply by itself is left, unless so many `tries` do not suffice.
 */
export const shrink = async (
  whole: Term,
  fails: (smaller: Term) => Promise<boolean>,
  tries: number,
): Promise<Term> => {
  let best = whole;
  let left = tries;
  /** Finds the first smaller one that still fails by another piece at this place. */
  const better = async (place: number): Promise<Term | undefined> => {
    for (const piece of lesser(at(best, place))) {
      const next = replaced(best, place, piece);
      if (textOf(next).length >= textOf(best).length) continue;
      if (left <= 0) return undefined;
      left -= 1;
      if (await fails(next)) return next;
    }
    return undefined;
  };
  for (let before = ''; before !== textOf(best);) {
    before = textOf(best);
    for (let place = 0; place < sizeOf(best); place += 1) {
      for (let next = await better(place); next !== undefined; next = await better(place)) {
        best = next;
        if (place >= sizeOf(best)) break;
      }
    }
  }
  return best;
};
