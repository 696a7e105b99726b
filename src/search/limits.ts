import { Fault } from '../model/index.ts';
import type { Limits } from './result.ts';

/** Throws UW201 unless every limit that is given is a positive whole number. */
export const checkLimits = (limits: Limits): void => {
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined || (Number.isInteger(value) && (value as number) > 0)) continue;
    throw new Fault('UW201', {
      where: name,
      expected: 'a whole number from 1 on',
      got: String(value),
      likely: 'a typing error, or a unit: times are in milliseconds, memory is in mebibytes',
      next: 'leave the limit out to search without it',
    });
  }
};
