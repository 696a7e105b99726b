import { keepsSelfLoops, type Search, type Team } from '../search.ts';
import { releaseSet } from '../store.ts';
import { MOST_MEMBERS } from './shared.ts';
import { startTeam } from './team.ts';

// It takes some time until threads are there: in smaller searches they would not be there before the end.
const TEAM_AT = 2 ** 16;

/** Brings more threads into a search. */
export interface Recruiter {
  /** Starts them when the search is large enough, and takes them in once they are there. */
  readonly look: () => void;
  readonly end: () => void;
}

/**
 * For a search with `threads` threads. Owners of states are told by bits of a hash, so their number is a power of
 * two. What is asked of steps and of waiting times is asked by one thread, and so such searches have one.
 */
export const recruiter = (search: Search, threads: number): Recruiter => {
  const members = Math.min(MOST_MEMBERS, 2 ** Math.floor(Math.log2(threads)));
  let team: Team | undefined;
  return {
    look: () => {
      if (members < 2 || search.team !== undefined || keepsSelfLoops(search)) return;
      if (search.actions === undefined || search.store.size < TEAM_AT) return;
      team ??= startTeam(search, members);
      if (!team.isUp()) return;
      search.team = team;
      releaseSet(search.store);
      team.adopt();
    },
    end: () => team?.end(),
  };
};
