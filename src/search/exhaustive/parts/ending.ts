import type { Bound } from '../../result.ts';
import type { Writable } from '../../writable.ts';

/** The reason why a search ends before its queue is empty, with what its reader should know of that. */
export interface Ending {
  readonly bound: Bound | undefined;
  readonly warnings: readonly string[];
}

/** Makes the ending of a search that nothing has ended yet. */
export const createEnding = (): Ending => ({ bound: undefined, warnings: [] });

/** Ends a search by a bound. */
export const endBy = (ending: Writable<Ending>, bound: Bound | undefined): void => {
  ending.bound = bound;
};

/** Adds a warning, once. */
export const warn = (ending: Writable<Ending>, warning: string): void => {
  if (!ending.warnings.includes(warning)) ending.warnings = [...ending.warnings, warning];
};
