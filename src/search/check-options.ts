import { inspect } from 'node:util';
import { Fault, type System } from '../model/index.ts';
import { nearestWord } from '../model/text/nearest-word.ts';

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 100);

const unknown = (where: string, expected: string, got: unknown, nearest?: string): Fault =>
  new Fault('UW202', {
    where,
    expected,
    got: textOf(got),
    likely:
      nearest === undefined
        ? 'a typing error, or a name of another version'
        : `a typing error for ${nearest}`,
    next: 'correct it, or leave it out; what is not known would be left out without a word',
  });

/** Checks words. Throws UW202, with the nearest right word, unless all of `got` are among `known`. */
const needWords = (where: string, known: readonly string[], got: unknown): void => {
  if (!Array.isArray(got)) throw unknown(where, `a list of ${known.join(', ')}`, got);
  for (const word of got as readonly unknown[]) {
    if (typeof word === 'string' && known.includes(word)) continue;
    const nearest = typeof word === 'string' ? nearestWord(known, word) : undefined;
    throw unknown(where, known.length === 0 ? 'nothing' : `one of ${known.join(', ')}`, word, nearest);
  }
};

/**
 * Checks a system and invariants. Throws UW202 for what is no system, and for invariants that its model does
 * not have.
 */
export const needInvariants = (system: System, invariants: readonly string[] | undefined): void => {
  const { instances, model } = (system ?? {}) as Partial<System>;
  if (model === undefined || !Array.isArray(instances)) {
    const isModel = typeof system === 'object' && system !== null && 'actions' in system;
    throw unknown('a search', 'a system, as `systemOf` makes one', isModel ? 'a model' : system);
  }
  if (invariants === undefined) return;
  needWords(`a search of model ${model.id}, invariants`, Object.keys(model.invariants), invariants);
};

/** The kind of value that an option takes. */
export type OptionKind = 'anything' | 'true or false' | 'a number' | { readonly words: readonly string[] };

const fits = (kind: OptionKind, value: unknown): boolean => {
  if (kind === 'true or false') return typeof value === 'boolean';
  if (kind === 'a number') return typeof value === 'number' && !Number.isNaN(value);
  return true;
};

/** Checks that options are an object. Throws UW202 if not. */
export const needObject = (where: string, options: unknown): void => {
  if (typeof options !== 'object' || options === null) throw unknown(where, 'options by name', options);
};

/** Checks an observer. Throws UW202 for one that cannot be called. */
export const needObserver = (where: string, observer: unknown): void => {
  if (observer === undefined || typeof observer === 'function') return;
  throw unknown(`${where}, option observer`, 'a function', observer);
};

/**
 * Checks options, where types may not have been checked. Throws UW202 for options that do not exist, and for
 * values that they cannot have: either would silently make another search. A list is checked word by word.
 */
export const needOptions = <O extends object>(
  where: string,
  kinds: { readonly [name in keyof Required<O>]: OptionKind },
  options: O,
): void => {
  needObject(where, options);
  needWords(`${where}, options`, Object.keys(kinds), Object.keys(options));
  for (const [name, kind] of Object.entries(kinds) as readonly (readonly [string, OptionKind])[]) {
    const value: unknown = options[name as keyof O];
    if (value === undefined) continue;
    const at = `${where}, option ${name}`;
    if (typeof kind === 'object') needWords(at, kind.words, Array.isArray(value) ? value : [value]);
    else if (!fits(kind, value)) throw unknown(at, kind, value);
  }
};
