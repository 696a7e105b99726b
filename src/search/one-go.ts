import { needObject, needObserver } from './check-options.ts';
import type { Observer, Progress } from './result.ts';

/**
 * Runs a search in slices in one go, and tells `observer` how far it has come. Throws UW202 for what are no
 * options.
 */
export const searchInOneGo = <O extends object, R>(
  where: string,
  options: O & { readonly observer?: Observer },
  search: (options: Omit<O, 'observer'>) => Generator<Progress, R, 'stop' | undefined>,
): R => {
  needObject(where, options);
  const { observer, ...rest } = options;
  needObserver(where, observer);
  const slices = search(rest);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next(observer?.(slice.value) === 'stop' ? 'stop' : undefined);
  return slice.value;
};
