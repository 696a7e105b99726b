import { Fault } from '../fault.ts';
import { limited, nowMs } from './limited.ts';
import { callNow, countOfCalls, endless, watch, watchingNow, type Call } from './running.ts';

/** A search that goes on slice by slice, and may be told to stop. */
export type Slices<P, R> = Generator<P, R, 'stop' | undefined>;

/**
 * The time, in milliseconds, that one call of a model's function may take, unless the search's limit is
 * lower.
 */
const CALL_MS = 20_000;
/** The time by which a call may outlast the time limit of its search. */
const BEYOND_MS = 1000;
// The time that a search whose time is over may take to notice, once it is begun anew.
const LAST_MS = 500;
// A search that is so young is begun anew without regret where it was broken off for nothing.
const YOUNG_MS = 10_000;
// The number of calls in a slice below which each of them can be watched by itself.
const FEW_CALLS = 64;

type CleanUps = Set<() => void>;

// Those of what runs now: several searches may go on in turns, and one that is broken off leaves the others
// as they are.
let cleanUps: CleanUps = new Set();

/**
 * Registers `cleanUp` to run when the present work is broken off; returns a function that takes that back.
 */
export const onBrokenOff = (cleanUp: () => void): (() => void) => {
  const own = cleanUps;
  own.add(cleanUp);
  return () => void own.delete(cleanUp);
};

const withCleanUps = <T>(own: CleanUps, run: () => T): T => {
  const before = cleanUps;
  cleanUps = own;
  try {
    return run();
  } finally {
    cleanUps = before;
  }
};

const cleanUpAll = (own: CleanUps): void => {
  for (const cleanUp of own) cleanUp();
  own.clear();
};

/** The time limits under which a search is watched. */
export interface Patience {
  /** The time limit of the search, in milliseconds. */
  readonly timeLimitMs?: number | undefined;
  readonly callMs?: number;
}

/** Whether a call that was broken off with its search is to blame. */
const isToBlame = (call: Call | undefined, mostMs: number, isOver: boolean): call is Call => {
  if (call === undefined) return false;
  const ranMs = nowMs() - call.sinceMs;
  return ranMs >= 0.9 * mostMs || (isOver && ranMs >= 0.9 * BEYOND_MS);
};

/**
 * The fault of a search whose time is over before it can look at its limit: no call is to blame, but there
 * are too many of them.
 */
const tooMuch = (limitMs: number): Fault =>
  new Fault('UW119', {
    where: 'a search',
    expected: `to look at the time limit of ${limitMs} ms when it is over`,
    got: "more calls of the model's functions in a state than could be made by then",
    likely: 'an action has very many choices, or the functions of the model take long',
    next: 'raise the time limit, or give the actions fewer choices',
  });

/**
 * Runs a search in slices, and breaks it off when a function of the model does not return: throws UW117, with
 * its name and the state that it was given. A search can be broken off in the middle of anything, and cannot
 * be continued then; where it turns out that nothing was wrong but the machine (the process was stopped,
 * say), it is begun anew. So that few hours are lost to that, calls are watched one by one once they are
 * rare. `begin` is told how many milliseconds of the time limit were spent before. Where none is left, the
 * search has half a second to say so: throws UW119 where it does not.
 */
export function* watchedSlices<P, R>(
  begin: (spentMs: number) => Slices<P, R>,
  { callMs = CALL_MS, timeLimitMs }: Patience = {},
): Slices<P, R> {
  // The outer watch covers this, too.
  if (watchingNow() !== 'nothing') return yield* begin(0);
  const startMs = nowMs();
  // The check of limits tells what is no limit.
  const limitMs = Number.isFinite(timeLimitMs) ? timeLimitMs! : Infinity;
  const leftMs = (): number => limitMs - (nowMs() - startMs);
  const mostMs = (): number => Math.min(callMs, Math.max(0, leftMs()) + BEYOND_MS);
  const own: CleanUps = new Set();
  let slices = begin(0);
  let mayRestart = true;
  let isLast = false;
  let callsBefore = Infinity;
  let reply: 'stop' | undefined;
  try {
    for (;;) {
      const isWorthIt = nowMs() - startMs < YOUNG_MS || callsBefore >= FEW_CALLS;
      const asStretch = isLast || (mayRestart && isWorthIt);
      const callsAtStart = countOfCalls();
      const patienceMs = isLast ? LAST_MS : mostMs();
      watch(asStretch ? 'stretch' : 'calls', mostMs);
      let outcome;
      let call: Call | undefined;
      try {
        outcome = withCleanUps(own, () =>
          limited(asStretch ? patienceMs : Infinity, () => slices.next(reply)),
        );
        call = callNow();
      } finally {
        watch('nothing');
      }
      if (outcome.kind === 'stopped') {
        cleanUpAll(own);
        if (outcome.busy && isToBlame(call, patienceMs, leftMs() <= 0)) throw endless(call);
        if (isLast) throw tooMuch(limitMs);
        // The reason why it was stopped may come again: from here on it cannot be broken off by that.
        mayRestart = false;
        isLast = leftMs() <= 0;
        slices = begin(nowMs() - startMs);
        reply = undefined;
        continue;
      }
      if (outcome.value.done === true) return outcome.value.value;
      callsBefore = countOfCalls() - callsAtStart;
      reply = yield outcome.value.value;
    }
  } finally {
    closeQuietly(slices);
  }
}

const closeQuietly = <P, R>(slices: Slices<P, R>): void => {
  try {
    slices.return(undefined as R);
  } catch {
    // One that was broken off counts as one that runs. Nothing is to be done for one that is over.
  }
};

/** Runs a single computation, such as that of a model's initial states, as `watchedSlices` does. */
export const watchedOnce = <T>(run: () => T, patience: Patience = {}): T => {
  // oxlint-disable-next-line require-yield -- it is over before anybody could wait for it
  const begin = function* once(): Slices<never, T> {
    return run();
  };
  const slices = watchedSlices(begin, patience);
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
};
