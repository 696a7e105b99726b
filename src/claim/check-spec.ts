import { inspect } from 'node:util';
import { Fault, type AnyModel } from '../model/index.ts';
import { isTable, kindText, notOwn } from '../model/checks/own-parts.ts';
import { nearestWord } from '../model/text/nearest-word.ts';
import type { ClaimSpec, Expected } from './spec.ts';

type Check = readonly [expected: string, fits: (value: unknown) => boolean];

const EXPECTED: { readonly [kind in Expected]: true } = {
  holds: true,
  violated: true,
  unresolved: true,
  vacuous: true,
};

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const optional = ([expected, fits]: Check): Check => [
  expected,
  (value) => value === undefined || fits(value),
];
const NAMES: Check = [
  'a list of names',
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
];
const isSet = (one: unknown): boolean => typeof one === 'string' || NAMES[1](one);
const OBJECT: Check = ['an object', isTable];

const PARTS: { readonly [part in keyof Required<ClaimSpec<object, string, string>>]: Check } = {
  invariant: ['the name of an invariant', isText],
  without: optional(NAMES),
  capabilities: optional(NAMES),
  idle: optional(NAMES),
  parameters: optional(OBJECT),
  expect: [
    `one of ${Object.keys(EXPECTED).join(', ')}`,
    (value) => typeof value === 'string' && Object.hasOwn(EXPECTED, value),
  ],
  length: optional([
    'a whole number from 0 on',
    (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  ]),
  restsOn: optional([
    'a list of defences, and of lists of them',
    (value) => Array.isArray(value) && value.every(isSet),
  ]),
  says: ['a sentence that says what it claims', isText],
  source: ['a source', isText],
  limits: optional(OBJECT),
  leavesOut: optional([
    'reasons by the names of what is left out',
    (value) => isTable(value) && Object.values(value).every(isText),
  ]),
  untried: optional([
    'reasons by the names, or patterns of names, of what was not tried',
    (value) => isTable(value) && Object.values(value).every(isText),
  ]),
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 100);

const misread = (where: string, expected: string, got: string, nearest?: string): Fault =>
  new Fault('UW303', {
    where,
    expected,
    got,
    likely: `a typing error${nearest === undefined ? '' : ` for ${nearest}`}, in a file whose types are not checked`,
    next: 'see the README on suites: what is not known by its name would be left out of the claim',
  });

const unknown = (where: string, known: readonly string[], got: string): Fault =>
  misread(where, known.join(', '), got, nearestWord(known, got));

const incomplete = (where: string, expected: string, got: unknown, nearest?: string): Fault =>
  new Fault('UW101', {
    where,
    expected,
    got: got === undefined ? 'nothing' : textOf(got),
    likely:
      nearest === undefined
        ? 'the field was left out, or is of another kind'
        : `a typing error for ${nearest}`,
    next: 'see the README on suites; a file whose types are checked cannot have this',
  });

const checkSpec = (where: string, spec: unknown): void => {
  if (!isObject(spec)) throw incomplete(where, 'an object', spec);
  const given = spec as { readonly [part: string]: unknown };
  const names = Object.keys(PARTS);
  const lent = notOwn(given, names);
  if (lent !== undefined)
    throw misread(`${where}, ${lent}`, 'a field of its own', `one that ${kindText(given)} does not list`);
  const stray = Object.keys(given).find((part) => !names.includes(part));
  if (stray !== undefined) throw unknown(where, names, stray);
  for (const [part, [expected, fits]] of Object.entries(PARTS)) {
    const value = given[part];
    if (fits(value)) continue;
    const isWord = part === 'expect' && typeof value === 'string';
    const nearest = isWord ? nearestWord(Object.keys(EXPECTED), value) : undefined;
    throw incomplete(`${where}, ${part}`, expected, value, nearest);
  }
};

/** A suite as it was written, whose types may not have been checked. */
interface Written {
  readonly id: string;
  readonly says: string;
  readonly model: AnyModel;
  readonly claims: { readonly [id: string]: object };
}

const SUITE: { readonly [part in keyof Written]: Check } = {
  id: ['an id', isText],
  says: ['a sentence that says what it is', isText],
  model: ['a model, as `defineModel` makes one', isObject],
  claims: ['claims by their ids', isTable],
};

/**
 * Checks the parts of a suite, where types may not have been checked. Throws UW303 for parts that neither
 * suites nor claims have, which would be left out silently, and UW101, naming the nearest right word, for
 * those that are missing or of another kind.
 */
export const checkSuite = (written: Written): void => {
  if (!isObject(written)) throw incomplete('a suite', 'an object', written);
  const where = isText(written.id) ? `suite ${written.id}` : 'a suite';
  const stray = Object.keys(written).find((part) => !Object.hasOwn(SUITE, part));
  if (stray !== undefined) throw unknown(where, Object.keys(SUITE), stray);
  if (Array.isArray(written.claims)) {
    throw misread(`${where}, claims`, 'claims by their ids', 'a list');
  }
  for (const [part, [expected, fits]] of Object.entries(SUITE) as [keyof Written, Check][]) {
    if (!fits(written[part])) throw incomplete(`${where}, ${part}`, expected, written[part]);
  }
  for (const [id, spec] of Object.entries(written.claims)) checkSpec(`${where}, claim ${id}`, spec);
};
