import type { DecidedSearch, Wanted } from './keeper.ts';

/**
 * A worker that makes searches of a run elsewhere than in this thread: in another process, say. One at a
 * time.
 */
export interface SearchWorker {
  /**
   * Settles when it can take a search, with true; or once it is known that it never will, with false. `left`
   * says how many searches nobody has taken.
   */
  readonly ready: (left: () => number) => Promise<boolean>;
  /** Returns the search's result. Throws the fault that ended it. */
  readonly decide: (wanted: Wanted) => Promise<DecidedSearch>;
}
