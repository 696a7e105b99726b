import { limited, nowMs, type Outcome } from './limited.ts';
import { Fault } from '../fault.ts';
import type { State } from '../model.ts';
import { told } from '../text/state-text.ts';

/** A call of a model's function: which function it is, the state it was given, and since when it runs. */
export interface Call {
  readonly where: string;
  readonly stateOf: (() => State) | undefined;
  readonly sinceMs: number;
}

/** The scope of the watchdog: nothing; a stretch of a search with all calls in it; or each call by itself. */
export type Watching = 'nothing' | 'stretch' | 'calls';

let watching: Watching = 'nothing';
/** The time that a call may take when it is watched by itself. */
let patienceMs: () => number = () => Infinity;
let calls = 0;

// The call that runs, as variables: an object a call would cost more than many a call.
let where: string | undefined;
let stateOf: (() => State) | undefined;
let sinceMs = 0;

// Whether functions are run on values that may be no state at all: one that does not return there is not to
// blame.
let isSpeculation = false;

/** Runs functions on values that may never meet. No call is to blame where it is broken off. */
export const speculating = <T>(run: () => T): T => {
  const before = isSpeculation;
  isSpeculation = true;
  try {
    return run();
  } finally {
    isSpeculation = before;
  }
};

/** Returns how many calls there were so far. */
export const countOfCalls = (): number => calls;

/** The call that runs, or ran when it was broken off; undefined where none would be to blame. */
export const callNow = (): Call | undefined =>
  where === undefined || isSpeculation ? undefined : { where, stateOf, sinceMs };

/** Returns the present scope of the watchdog. */
export const watchingNow = (): Watching => watching;

/** Changes what is watched from now on; no call runs. */
export const watch = (what: Watching, callMs: () => number = () => Infinity): void => {
  watching = what;
  patienceMs = callMs;
  isSpeculation = false;
  forgetCall();
};

/** Forgets the call that ran: it was broken off, and something else goes on. */
export const forgetCall = (): void => {
  where = undefined;
  stateOf = undefined;
};

const stateIn = (call: Call): string => {
  try {
    return call.stateOf === undefined ? '' : ` (this is ${told(call.stateOf())})`;
  } catch {
    return '';
  }
};

/** The fault of a function that has not returned. */
export const endless = (call: Call): Fault =>
  new Fault('UW117', {
    where: call.where,
    expected: 'a function that returns',
    got: `no result after ${((nowMs() - call.sinceMs) / 1000).toFixed(1)} seconds`,
    likely: `a loop that does not end in the state that it was given${stateIn(call)}, or far more work than one step should be`,
    next: 'bound the loop by what the state holds; let several steps do what one cannot',
  });

// One that the machine did not let run is run once more: it is pure.
const MOST_TRIES = 3;

/** Runs one call by itself. Throws UW117 where it does not return. */
const alone = <T>(run: () => T): T => {
  for (let tries = 1; ; tries += 1) {
    watching = 'stretch';
    let outcome: Outcome<T>;
    try {
      outcome = limited(patienceMs(), run);
    } finally {
      watching = 'calls';
    }
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.busy || tries === MOST_TRIES) throw endless({ where: where!, stateOf, sinceMs });
    sinceMs = nowMs();
  }
};

/** Runs a function of a model so that its name is known if it does not return. */
export const running = <T>(place: string, run: () => T, of: (() => State) | undefined): T => {
  if (watching === 'nothing') return run();
  const [outerWhere, outerState, outerMs] = [where, stateOf, sinceMs];
  // The order matters: it may be broken off anywhere, and a call is no older than it looks.
  sinceMs = nowMs();
  stateOf = of;
  where = place;
  calls += 1;
  try {
    return watching === 'calls' ? alone(run) : run();
  } finally {
    where = outerWhere;
    stateOf = outerState;
    sinceMs = outerMs;
  }
};
