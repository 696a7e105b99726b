import { Fault } from '../../model/index.ts';
import { checkThreads } from '../../search/threads.ts';

const misread = (option: string, expected: string, got: string): Fault =>
  new Fault('UW304', {
    where: `option ${option}`,
    expected,
    got,
    likely: 'a typing error, or a unit: times are in milliseconds, memory is in mebibytes',
    next: 'give the number alone, in decimal',
  });

/** Reads an option that is a whole number from `min` to `max`. */
export const wholeNumber =
  (option: string, min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
    throw misread(option, `a whole number ${range}`, text);
  };

const SEEDS = [-(2 ** 31), 2 ** 31 - 1] as const;

/**
 * Reads a seed: a whole number, or `today`, which is the day in UTC as a number, 20261129: a run by night has
 * another one each night, and prints it. Throws UW304.
 */
export const seed =
  (option: string, now: () => Date = () => new Date()) =>
  (text: string): number =>
    text === 'today'
      ? Number(now().toISOString().slice(0, 10).replaceAll('-', ''))
      : wholeNumber(option, ...SEEDS)(text);

/** Reads a limit. Throws UW201 unless it is a whole number from 1 on. */
export const limit =
  (option: string) =>
  (text: string): number => {
    const value = /^\+?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= 1) return value;
    throw new Fault('UW201', {
      where: `option ${option}`,
      expected: 'a whole number from 1 on',
      got: text,
      likely: 'a typing error, or a unit: times are in milliseconds, memory is in mebibytes',
      next: 'leave the limit out to search without it',
    });
  };

/**
 * Reads how many threads a search may have. Throws UW345 for more than any has, UW304 for what is no number.
 */
export const threadCount = (text: string): number => {
  const value = /^\+?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw misread('--threads', 'a whole number', text);
  checkThreads(value, 'option --threads');
  return value;
};
