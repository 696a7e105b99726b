import type { Attack } from './attack.ts';

/** `1 step`, `2 steps`; large numbers with commas. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** `7 steps`; of an attack that goes on, those of its stem: `7 steps to no return`. */
export const stepsWords = ({ length, onward }: Attack): string =>
  `${counted(length, 'step')}${onward === undefined ? '' : ' to no return'}`;

/** `7 steps, shortest` or, where shorter ones were not ruled out, `7 steps`. */
export const lengthWords = (attack: Attack): string =>
  `${stepsWords(attack)}${attack.shortest ? ', shortest' : ''}`;
