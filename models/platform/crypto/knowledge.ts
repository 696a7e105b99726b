import { match, P } from 'ts-pattern';
import { isSame, privateHalf, textOf, type Signed, type Term } from './terms.ts';

/**
 * The adversary's knowledge: terms it has read, taken apart as far as possible; in the order of their texts,
 * each once.
 */
export type Knowledge = readonly Term[];

const keyOf = (term: Term): string =>
  term.kind === 'signed' ? `${textOf(term)} ${term.origin}` : textOf(term);

/**
 * All that can be read out of a term: the parts of a message, and the body of a signature. A hash hides its
 * content.
 */
const readableIn = (term: Term): readonly Term[] =>
  match(term)
    .with({ kind: P.union('atom', 'hash') }, (whole) => [whole])
    .with({ kind: 'tuple' }, ({ parts }) => parts.flatMap(readableIn))
    .with({ kind: 'signed' }, (statement) => [statement, ...readableIn(statement.body)])
    .exhaustive();

/** The knowledge after reading `terms` as well. */
export const learn = (known: Knowledge, ...terms: readonly Term[]): Knowledge => {
  const all = new Map(known.map((term) => [keyOf(term), term]));
  for (const term of terms.flatMap(readableIn)) all.set(keyOf(term), term);
  return [...all].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, term]) => term);
};

/** Whether the adversary can build `term` from what it knows (Dolev, Yao 1983). */
export const derives = (known: Knowledge, term: Term): boolean =>
  known.some((one) => isSame(one, term)) ||
  match(term)
    .with({ kind: 'atom' }, () => false)
    .with({ kind: 'tuple' }, ({ parts }) => parts.every((part) => derives(known, part)))
    .with({ kind: 'hash' }, ({ of }) => derives(known, of))
    .with({ kind: 'signed' }, ({ key, body }) => derives(known, privateHalf(key)) && derives(known, body))
    .exhaustive();

/** The statements in the knowledge: those can be replayed. */
export const statementsIn = (known: Knowledge): readonly Signed[] =>
  known.filter((term): term is Signed => term.kind === 'signed');
