import { Fault } from '../fault.ts';
import type { AnyModel } from '../model.ts';
import { nearestWord } from '../text/nearest-word.ts';
import { isTable, kindText, notOwn } from './own-parts.ts';

/** The kind that a part must have. `checkModel` looks at texts, since it says what they are for. */
type Kind =
  | 'a function'
  | 'an object'
  | 'an object of texts'
  | 'a text'
  | 'a list of texts'
  | 'a function or a list of texts'
  | 'a function or an object'
  | 'a number'
  | 'a whole number from 0 on'
  | 'anything';

/** The parts of a structure, each with its kind; those that end in `?` may be left out. */
type Parts = { readonly [name: string]: Kind };

const MODEL: Parts = {
  id: 'anything',
  says: 'anything',
  defences: 'an object of texts',
  capabilities: 'an object of texts',
  parameters: 'an object',
  'accepts?': 'an object',
  'universe?': 'a function',
  initial: 'a function',
  actions: 'an object',
  invariants: 'an object',
  'present?': 'an object',
  'interchangeable?': 'a function or a list of texts',
};
const ACTION: Parts = {
  actor: 'anything',
  says: 'anything',
  'needs?': 'a text',
  'cost?': 'a number',
  'exists?': 'a function',
  'choose?': 'a function or an object',
  'when?': 'a function',
  then: 'a function',
};
const PRESENT: Parts = {
  'step?': 'a function',
  'value?': 'a function',
  'register?': 'a function',
  'hidden?': 'a list of texts',
};
const STATEMENT: Parts = { kind: 'anything', says: 'anything', source: 'anything' };
const INVARIANTS: { readonly [kind: string]: Parts } = {
  always: { ...STATEMENT, 'given?': 'a function', holds: 'a function' },
  'never-step': { ...STATEMENT, 'given?': 'a function', bad: 'a function' },
  sometimes: { ...STATEMENT, witness: 'a function' },
  within: {
    ...STATEMENT,
    given: 'a function',
    responds: 'a function',
    steps: 'a whole number from 0 on',
  },
  'no-deadlock': { ...STATEMENT, 'mayEnd?': 'a function' },
  recovers: { ...STATEMENT, 'given?': 'a function', good: 'a function' },
};

const IS: { readonly [kind in Kind]: (value: unknown) => boolean } = {
  'a function': (value) => typeof value === 'function',
  'an object': isTable,
  'an object of texts': (value) =>
    isTable(value) && Object.values(value).every((text) => typeof text === 'string'),
  'a text': (value) => typeof value === 'string',
  'a list of texts': (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
  'a function or a list of texts': (value) => IS['a function'](value) || IS['a list of texts'](value),
  'a function or an object': (value) => IS['a function'](value) || IS['an object'](value),
  'a number': (value) => Number.isFinite(value),
  'a whole number from 0 on': (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  anything: () => true,
};

const textOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (!isTable(value)) return kindText(value);
  const odd = Object.entries(value).find(([, text]: [string, unknown]) => typeof text !== 'string');
  return odd === undefined ? 'an object' : `${odd[0]}: ${kindText(odd[1])}`;
};

const malformed = (where: string, expected: string, got: string, likely: string): Fault =>
  new Fault('UW101', {
    where,
    expected,
    got,
    likely,
    next: 'see the README on models; a file whose types are checked cannot have this',
  });

const unknownWord = (where: string, known: readonly string[], got: string): Fault => {
  const nearest = nearestWord(known, got);
  const likely = nearest === undefined ? 'a part that nothing looks at' : `a typing error for ${nearest}`;
  return malformed(where, `one of ${known.join(', ')}`, got, likely);
};

const LEFT_OUT = 'the field was left out';
const COMPUTED = 'it is computed from something that is missing';
const OF_ANOTHER = 'a Map, a Set, or an instance of a class, whose methods are no fields of its own';

const likelyOf = (value: unknown): string => {
  if (value === undefined) return LEFT_OUT;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTable(value)
    ? OF_ANOTHER
    : COMPUTED;
};

const checkParts = (where: string, thing: unknown, parts: Parts): void => {
  if (typeof thing !== 'object' || thing === null || Array.isArray(thing))
    throw malformed(where, 'an object', textOf(thing), 'a part was left out');
  const given = thing as { readonly [name: string]: unknown };
  const names = Object.keys(parts).map((name) => name.replace('?', ''));
  const lent = notOwn(given, names);
  if (lent !== undefined)
    throw malformed(
      `${where}, ${lent}`,
      'a field of its own',
      `one that ${kindText(given)} does not list`,
      OF_ANOTHER,
    );
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined) throw unknownWord(where, names, stray);
  for (const [part, kind] of Object.entries(parts)) {
    const name = part.replace('?', '');
    const value = given[name];
    if (IS[kind](value) || (part.endsWith('?') && value === undefined)) continue;
    throw malformed(`${where}, ${name}`, kind, textOf(value), likelyOf(value));
  }
};

const NAMED = ['defences', 'capabilities', 'parameters', 'invariants'] as const;

/**
 * Checks that a model has the parts that name something: whoever speaks of a model looks those up. Throws
 * UW101.
 */
export const needNames = (model: AnyModel): void => {
  for (const part of [...NAMED, 'actions'] as const) {
    const value: unknown = model[part];
    if (IS['an object'](value)) continue;
    throw malformed(`model ${model.id}, ${part}`, 'an object', textOf(value), likelyOf(value));
  }
};

/**
 * Checks names. Throws UW101 for one that every object has already: a table would have something by it that
 * nobody put there.
 */
const checkNames = (model: AnyModel): void => {
  for (const part of NAMED) {
    const taken = Object.keys(model[part]).find((name) => name in Object.prototype);
    if (taken === undefined) continue;
    throw new Fault('UW101', {
      where: `model ${model.id}, ${part}`,
      expected: 'names that no object has by itself',
      got: taken,
      likely: 'a name that means something to JavaScript',
      next: 'give it another name',
    });
  }
};

/**
 * Checks the parts of a structure, where types may not have been checked. Throws UW101, naming the nearest
 * right word, for parts that are missing, unknown or of another kind.
 */
export const checkStructure = (model: AnyModel): void => {
  checkParts('a model', model, MODEL);
  checkNames(model);
  if (model.present !== undefined) checkParts(`model ${model.id}, present`, model.present, PRESENT);
  for (const [name, action] of Object.entries(model.actions))
    checkParts(`model ${model.id}, action ${name}`, action, ACTION);
  for (const [name, invariant] of Object.entries(model.invariants)) {
    const where = `model ${model.id}, invariant ${name}`;
    const { kind } = (invariant ?? {}) as { readonly kind?: unknown };
    const known = Object.keys(INVARIANTS);
    if (typeof kind !== 'string' || !Object.hasOwn(INVARIANTS, kind))
      throw unknownWord(`${where}, kind`, known, typeof kind === 'string' ? kind : textOf(kind));
    checkParts(where, invariant, INVARIANTS[kind]!);
  }
};
