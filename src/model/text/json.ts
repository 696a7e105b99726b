import { Fault } from '../fault.ts';
import { nameGivenTwice } from './json-names.ts';

/**
 * The most levels of nested lists and objects that are read: code that looks at a value goes down level by
 * level.
 */
export const MOST_LEVELS = 100;

const tooDeep = (where: string): Fault =>
  new Fault('UW324', {
    where,
    expected: `at most ${MOST_LEVELS} lists and objects within each other`,
    got: 'more',
    likely: 'the file was made by something else, or to do harm',
    next: 'find out where it comes from; write it anew with underwatch',
  });

const noPlainName = (where: string, path: string): Fault =>
  new Fault('UW325', {
    where: `${where}, at ${path}`,
    expected: 'names of fields that are names in JavaScript, too',
    got: '__proto__',
    likely: 'it was made to change what all objects are, or by a tool that lost a name',
    next: 'give the field another name',
  });

const twoFields = (where: string, name: string): Fault =>
  new Fault('UW328', {
    where,
    expected: 'each field of an object once',
    got: `two fields named ${JSON.stringify(name)} in one object`,
    likely:
      'two versions of the file were joined, or it was made to mean one thing to one reader and another to the next',
    next: 'take out the one that is not meant',
  });

/** Checks the nesting of a text. Throws UW324 if its brackets are too deep, whether or not it is JSON. */
const checkLevels = (where: string, text: string): void => {
  let level = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) {
      inString = true;
    } else if (code === 0x5b || code === 0x7b) {
      level += 1;
      if (level > MOST_LEVELS) throw tooDeep(where);
    } else if (code === 0x5d || code === 0x7d) {
      level -= 1;
    }
  }
};

const checkNames = (where: string, value: unknown, path: string): void => {
  if (value === null || typeof value !== 'object') return;
  for (const [name, item] of Object.entries(value)) {
    if (name === '__proto__') throw noPlainName(where, path === '' ? 'the top' : path);
    if (item !== null && typeof item === 'object') {
      checkNames(where, item, path === '' ? name : `${path}.${name}`);
    }
  }
};

/**
 * Reads JSON that anyone may have written. Throws UW324 for text that is nested too deeply, UW325 for a field
 * named `__proto__`, which assignments and schemas lose, UW328 for two fields of one name, of which one would
 * be lost, and the fault of `refuse` for text that is no JSON.
 */
export const parseJson = (where: string, text: string, refuse: (got: string) => Fault): unknown => {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  checkLevels(where, plain);
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch (error) {
    throw refuse((error as SyntaxError).message);
  }
  checkNames(where, value, '');
  const twice = nameGivenTwice(plain);
  if (twice !== undefined) throw twoFields(where, twice);
  return value;
};
