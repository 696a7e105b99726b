import { createRequire } from 'node:module';
import type * as Acorn from 'acorn';
import { judgeFunction } from './judge.ts';

/**
 * The proof that the text of a callback gives. A `test` is a function of its element and of that element's
 * index: it writes nothing, calls nothing that it does not know, throws only by itself, and ends. A `change`
 * does the same but for what it writes to its own element. Nothing is known of any other callback.
 */
export type Proof = 'test' | 'change' | 'nothing';

type Callback = Acorn.ArrowFunctionExpression | Acorn.FunctionExpression;

// Searches of short arrays ask for no proof, and need not wait for a parser.
const require = createRequire(import.meta.url);
let parser: typeof Acorn | undefined;

// A model may have put one of its own in its place.
// oxlint-disable-next-line unbound-method -- it is applied to the callback
const sourceOf = Function.prototype.toString;

/**
 * The most texts whose proofs are remembered; a library that runs for days meets more than it needs to
 * remember.
 */
const MOST_TEXTS = 2000;
const proofs = new Map<string, Proof>();

/**
 * Parses the function that `text` is the source of; undefined where it is something else. Throws SyntaxError
 * for a method or native code.
 */
const functionIn = (text: string): Callback | undefined => {
  parser ??= require('acorn') as typeof Acorn;
  const { body } = parser.parse(`(${text}\n)`, { ecmaVersion: 'latest', sourceType: 'module' });
  const [statement, ...more] = body;
  if (statement?.type !== 'ExpressionStatement' || more.length > 0) return undefined;
  const { expression } = statement;
  const isFunction =
    expression.type === 'ArrowFunctionExpression' || expression.type === 'FunctionExpression';
  return isFunction ? expression : undefined;
};

const proofIn = (text: string): Proof => {
  try {
    const callback = functionIn(text);
    if (callback === undefined) return 'nothing';
    if (judgeFunction(callback, 'test')) return 'test';
    return judgeFunction(callback, 'change') ? 'change' : 'nothing';
  } catch (error) {
    // A text may be nested deeper than calls can be.
    if (error instanceof SyntaxError || error instanceof RangeError) return 'nothing';
    throw error;
  }
};

/** Returns the proof that the source text of `callback` gives; the same text is read once. */
export const proofOf = (callback: unknown): Proof => {
  if (typeof callback !== 'function') return 'nothing';
  const text = Reflect.apply(sourceOf, callback, []);
  const known = proofs.get(text) ?? proofIn(text);
  if (proofs.size >= MOST_TEXTS) proofs.clear();
  proofs.set(text, known);
  return known;
};
