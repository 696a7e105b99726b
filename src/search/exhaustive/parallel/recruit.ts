import { onBrokenOff } from '../../../model/watchdog/slices.ts';
import { joinTeam, type Team } from '../parts/workers.ts';
import { keepsSelfLoops, type Search } from '../search.ts';
import { startTeam } from './team.ts';

/**
 * The number of states from which on threads are started: smaller searches would be over before they are
 * there.
 */
export const THREADS_FROM: number = 2 ** 16;

// A search that grew twice as large meanwhile rather waits for its threads; those that do not come are not
// missed.
const PATIENCE_MS = 5000;

/** Brings more threads into a search. */
export interface Recruiter {
  /** Starts them when the search is large enough, and takes them in once they are there. */
  readonly look: () => void;
  readonly end: () => void;
}

// Questions about steps and waiting times are asked of all successors of a state, known or not.
const sharesWork = (search: Search): boolean => !keepsSelfLoops(search);

/** Makes the recruiter of a search with `members` threads, the one that calls among them. */
export const recruiter = (search: Search, members: number, from: number): Recruiter => {
  let team: Team | undefined;
  let forget = (): void => {};
  const started = (): Team => {
    const begun = startTeam(search, members);
    forget = onBrokenOff(begun.end);
    return begun;
  };
  return {
    look: () => {
      const { machines, store, workers } = search;
      if (members < 2 || workers.team !== undefined) return;
      if (!sharesWork(search)) return;
      if (machines.actions === undefined || store.size < from) return;
      team ??= started();
      if (!team.isUp(store.size < 2 * from ? 0 : PATIENCE_MS)) return;
      joinTeam(workers, team, members);
      team.adopt();
    },
    end: () => {
      forget();
      team?.end();
    },
  };
};
