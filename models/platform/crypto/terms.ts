import { match } from 'ts-pattern';

/**
 * An atom: a value that cannot be taken apart (a nonce, a key, a name). Names hold none of the signs that
 * texts are made with.
 */
export interface Atom {
  readonly kind: 'atom';
  readonly name: string;
}

/** A tuple of values, as in a message. */
export interface Tuple {
  readonly kind: 'tuple';
  readonly parts: readonly Term[];
}

/** A hash; only the hashed term gives it. */
export interface Hash {
  readonly kind: 'hash';
  readonly of: Term;
}

/**
 * A body with a signature under the private half of `key`. `origin` records where and when it was made;
 * nobody sees it, and only invariants read it. Two statements that differ in it alone look the same to
 * everyone.
 */
export interface Signed {
  readonly kind: 'signed';
  readonly key: string;
  readonly body: Term;
  readonly origin: string;
}

/**
 * A term of ideal cryptography (Dolev, Yao 1983): constructors are injective, so equal terms were built
 * alike, and there is no operation but those here.
 */
export type Term = Atom | Tuple | Hash | Signed;

/** Makes an atom. */
export const atom = (name: string): Atom => ({ kind: 'atom', name });

/** Makes a message of two or more parts; with one, its text would be that of the part. */
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

/** Whether two terms look the same to everyone. */
export const isSame = (one: Term, other: Term): boolean => textOf(one) === textOf(other);

/**
 * A copy that shares no part with a draft of a state. Terms are built of parts of other terms, and immer does
 * not support a draft that stands in two places of a state at once.
 */
export const detached = <T extends Term | readonly Term[]>(value: T): T =>
  JSON.parse(JSON.stringify(value)) as T;
