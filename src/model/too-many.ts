import { Fault } from './fault.ts';

/** The fault of too many choices for a search to go through. */
export const tooMany = (where: string, most: number, got: string): Fault =>
  new Fault('UW118', {
    where,
    expected: `at most ${most.toLocaleString('en-US')} of them: each is tried in every state`,
    got,
    likely: 'a register or an address is chosen by its number, or several large choices are made at once',
    next: 'choose from the few values that matter, and let several actions make several choices',
  });
