import type { Claim } from '../../claim/claim.ts';
import { groupsOf } from '../../claim/group.ts';
import type { RunProgress } from '../../claim/run/run-options.ts';

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * The least time, and share, that has to be done before the rest is estimated: before, it would be a guess.
 */
const LEAST_MS = 2 * SECOND_MS;
const LEAST_SHARE = 0.02;

const leftWords = (leftMs: number): string =>
  leftMs < MINUTE_MS
    ? `${Math.max(1, Math.round(leftMs / SECOND_MS))} s left`
    : `${Math.round(leftMs / MINUTE_MS)} min left`;

/**
 * Returns the expected cost of each search: what it took before, where that is known, else what others take
 * on the average.
 */
const sharesOf = (
  claims: readonly Claim[],
  earlierMs: { readonly [claim: string]: number },
): ReadonlyMap<string, number> => {
  const groups = groupsOf(claims, {});
  const known = groups.map((group) => {
    const durations = group.claims.flatMap(({ id }) => earlierMs[id] ?? []);
    return durations.length === 0 ? undefined : Math.max(...durations);
  });
  const told = known.flatMap((durationMs) => durationMs ?? []);
  const average = told.length === 0 ? 1 : told.reduce((sum, one) => sum + one, 0) / told.length;
  const costs = known.map((durationMs) => durationMs ?? average);
  const whole = Math.max(
    Number.MIN_VALUE,
    costs.reduce((sum, one) => sum + one, 0),
  );
  let before = 0;
  const shares = new Map<string, number>();
  for (const [at, group] of groups.entries()) {
    shares.set(group.claims[0]?.id ?? '', before / whole);
    before += costs[at] ?? 0;
  }
  return shares;
};

/**
 * Makes a function that says in one line how far a run has come, `nowMs` after its start: claims, time left,
 * the current search, states in all and a second, the depth of the search, if it has one, and how many claims
 * it decides. `earlierMs` is how long claims took in an earlier run.
 */
export const createProgressText = (
  claims: readonly Claim[],
  earlierMs: { readonly [claim: string]: number },
): ((at: RunProgress, nowMs: number) => string) => {
  const shares = sharesOf(claims, earlierMs);
  // A search is named by the first of the claims that it decides.
  const together = new Map(groupsOf(claims, {}).map(({ claims: own }) => [own[0]?.id ?? '', own.length]));
  return ({ phase, claim, done, total, search, statesBeside }, nowMs) => {
    const states = statesBeside + search.states;
    const share = phase === 'probe' ? 0 : (shares.get(claim) ?? 0);
    const left = share < LEAST_SHARE || nowMs < LEAST_MS ? [] : [leftWords((nowMs * (1 - share)) / share)];
    const aSecond = nowMs <= 0 ? [] : [`${compact.format((states * SECOND_MS) / nowMs)}/s`];
    // A search of sets of states closes them under all actions at once: it has no depth to tell.
    const depth = search.depth === 0 ? [] : [`depth ${search.depth}`];
    const many = phase === 'probe' ? 1 : (together.get(claim) ?? 1);
    const decides = many === 1 ? [] : [`for ${many} claims`];
    const figures = [`${compact.format(states)} states`, ...aSecond, ...depth, ...decides].join(', ');
    const what = phase === 'probe' ? 'random search' : 'searching';
    return [what, `${done}/${total}`, ...left, claim, figures].join('  ');
  };
};
