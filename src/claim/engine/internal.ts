import { Fault } from '../../model/index.ts';

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Whether V8 threw because the system had no memory left for an array. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError &&
  /allocation failed|invalid (typed )?array( buffer)? length|could not allocate/i.test(error.message);

/**
 * Makes a fault of `error`; one that was not thrown on purpose becomes UW331 where memory ran out, and
 * otherwise UW330, with the error as its cause. So it costs what was being done at `where`, and nothing else.
 */
export const faultOf = (error: unknown, where: string): Fault => {
  if (error instanceof Fault) return error;
  const fault = isOutOfMemory(error)
    ? new Fault('UW331', {
        where,
        expected: 'memory for what is searched',
        got: reasonOf(error),
        likely: 'the search needs more than the system gives this process',
        next: 'set --memory-limit-mb, with which a search ends in good order; or give the process more',
      })
    : new Fault('UW330', {
        where,
        expected: 'a verdict, or a fault that says why there is none',
        got: reasonOf(error),
        likely: 'a bug of underwatch; what else was asked for is not touched by it',
        next: 'report it with the command line, the model and the lines on stderr',
      });
  fault.cause = error;
  return fault;
};

/** Whether a fault is a bug of underwatch itself. */
export const isInternal = ({ code }: { readonly code: string }): boolean =>
  code === 'UW330' || code === 'UW120' || code === 'UW397';
