import { match } from 'ts-pattern';

/**
 * A value that cannot be taken apart: a nonce, a key, a name. Names hold none of the signs that texts are
 * made with.
 */
export interface Atom {
  readonly kind: 'atom';
  readonly name: string;
}

/** Values one after the other, as in a message. */
export interface Tuple {
  readonly kind: 'tuple';
  readonly parts: readonly Term[];
}

/** A hash; nothing but what was hashed gives it. */
export interface Hash {
  readonly kind: 'hash';
  readonly of: Term;
}

/**
 * A body with a signature under the private half of `key`. `origin` is what nobody sees and only invariants
 * speak of: where and when it was made. Two statements that differ in it alone look the same to everyone.
 */
export interface Signed {
  readonly kind: 'signed';
  readonly key: string;
  readonly body: Term;
  readonly origin: string;
}

/**
 * Cryptography as it is meant to work (Dolev, Yao 1983): constructors that are injective, so that equal
 * terms were built alike, and no operation but those here.
 */
export type Term = Atom | Tuple | Hash | Signed;

/** A value of its own. */
export const atom = (name: string): Atom => ({ kind: 'atom', name });

/** A message of two or more parts; with one, its text would be that of the part. */
export const tuple = (first: Term, second: Term, ...rest: readonly Term[]): Tuple => ({
  kind: 'tuple',
  parts: [first, second, ...rest],
});

/** The hash of a term. */
export const hash = (of: Term): Hash => ({ kind: 'hash', of });

/** A statement under a key, by its name; whoever makes one has `privateHalf(key)`. */
export const sign = (key: string, body: Term, origin: string): Signed => ({
  kind: 'signed',
  key,
  body,
  origin,
});

/** The private half of a key. */
export const privateHalf = (key: string): Atom => atom(`${key}⁻¹`);

/** A term without the brackets that a message stands in. */
const insideOf = (term: Term): string =>
  term.kind === 'tuple' ? term.parts.map(textOf).join(' | ') : textOf(term);

/**
 * A term as slides 15 and 16 write it: `{Output | Nonce}K⁻¹`. Different terms have different texts, origins
 * aside.
 */
export const textOf = (term: Term): string =>
  match(term)
    .with({ kind: 'atom' }, ({ name }) => name)
    .with({ kind: 'tuple' }, (message) => `(${insideOf(message)})`)
    .with({ kind: 'hash' }, ({ of }) => `H(${insideOf(of)})`)
    .with({ kind: 'signed' }, ({ body, key }) => `{${insideOf(body)}}${key}⁻¹`)
    .exhaustive();

/** Whether two terms are the same to everyone who sees them. */
export const isSame = (one: Term, other: Term): boolean => textOf(one) === textOf(other);

/**
 * A copy that shares no part with a draft of a state. Terms are built of parts of other terms, and a draft
 * that comes to stand in two places of a state at once is more than immer follows.
 */
export const detached = <T extends Term | readonly Term[]>(value: T): T =>
  JSON.parse(JSON.stringify(value)) as T;
