import { Fault } from '../fault.ts';

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${value}`;
  return `a ${typeof value}`;
};

/** Abandons a promise: one that nobody waits for would end the process if it were refused. */
const abandon = (promise: PromiseLike<unknown>): void => {
  promise.then(undefined, () => undefined);
};

/** Describes, in words, what was returned; the rejection of a promise among it is ignored. */
export const tellReturned = (returned: unknown): string => {
  if (!isPromise(returned)) return kindOf(returned);
  abandon(returned);
  return 'a promise';
};

/**
 * Refuses what a recipe returned: throws UW125. A recipe changes its draft, and what it returns is no part of
 * the next state. `where` says whose recipe it is.
 */
export const refuseReturned = (where: string, returned: unknown): void => {
  if (returned === undefined) return;
  const expected = 'a recipe that changes its draft and returns nothing';
  if (isPromise(returned)) {
    abandon(returned);
    throw new Fault('UW125', {
      where,
      expected,
      got: 'a promise',
      likely: 'the recipe is `async`, and goes on after its step is over',
      next: 'leave out `async` and `await`: a model is a pure function of its state and waits for nothing',
    });
  }
  throw new Fault('UW125', {
    where,
    expected,
    got: kindOf(returned),
    likely:
      'an arrow function without braces, which returns what it assigns: `(draft) => (draft.n = 1)`; or a new state instead of a changed draft',
    next: 'put braces around its body: `(draft) => { draft.n = 1; }`; change the draft where it returns a new state',
  });
};
