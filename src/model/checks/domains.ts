import type { Choices, Domain } from '../domain.ts';
import { Fault } from '../fault.ts';
import { assertPlain, canonical } from '../plain/plain.ts';

const unusable = (where: string, expected: string, got: string, likely: string): Fault =>
  new Fault('UW113', {
    where,
    expected,
    got,
    likely,
    next: 'use oneOf([…]), integers(from, to) or booleans()',
  });

const textOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  return isPlain(value) ? 'an object' : 'an object that is not plain';
};

/** Whether an object has fields of its own: a promise or a map has none, and would be no choice at all. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !Object.hasOwn(value, '__proto__');
};

const isDomain = (value: unknown): value is Domain =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as { readonly values?: unknown }).values);

/** Checks that a value is a domain. Throws UW113 if it is none. */
export function needDomain(where: string, domain: unknown): asserts domain is Domain {
  if (isDomain(domain)) return;
  throw unusable(where, 'a domain', textOf(domain), 'the values are given without oneOf');
}

/**
 * Checks a domain. Throws UW113 for what is no domain, and for one with two values that no trace could tell
 * apart; UW102 for an empty one; UW103 for values that are not plain.
 */
const checkDomain = (where: string, domain: unknown): void => {
  needDomain(where, domain);
  if (domain.values.length === 0) {
    throw new Fault('UW102', {
      where,
      expected: 'a domain of at least one value',
      got: 'an empty one',
      likely: 'the domain is computed from a scenario parameter that leaves nothing',
      next: 'give the domain a value, or leave the action out by the capability it needs',
    });
  }
  assertPlain(domain.values, where);
  const seen = new Set<string>();
  for (const value of domain.values) {
    const text = canonical(value);
    if (seen.has(text)) {
      throw unusable(
        where,
        'each value once',
        `${text} twice`,
        'the values are computed, and two of them are the same',
      );
    }
    seen.add(text);
  }
};

/**
 * Checks the choices of the action at `where`. Throws UW102, UW103 or UW113 for choices that cannot be made.
 */
export const checkChoices = (where: string, choices: Choices): void => {
  if (typeof choices !== 'object' || choices === null || Array.isArray(choices) || !isPlain(choices)) {
    const likely = 'the names are missing, or it is made by an async function, or is a Map';
    throw unusable(`${where}, choose`, 'domains by their names', textOf(choices), likely);
  }
  for (const [name, domain] of Object.entries(choices)) checkDomain(`${where}, choice ${name}`, domain);
};
