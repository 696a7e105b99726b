import { canonical } from '../plain/plain.ts';
import type { State } from '../model.ts';

// A state of some models fills a screen; what is left out is at its end.
const MOST_STATE_TEXT = 2000;

/** A state as an error tells it. */
export const told = (state: State): string => {
  const text = canonical(state);
  return `${text.slice(0, MOST_STATE_TEXT)}${text.length > MOST_STATE_TEXT ? '…' : ''}`;
};
