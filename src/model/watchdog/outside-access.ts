import { Fault } from '../fault.ts';

// One thread runs one function of a model at a time.
let isRunning = false;
let asked: string | undefined;

const FRAMES = 3;

/** Whether node itself asks, on behalf of something else: a console looks for colours in the environment. */
const isNodeAsking = (): boolean => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const at: { stack?: string } = {};
  Error.captureStackTrace(at, note);
  Error.stackTraceLimit = stackTraceLimit;
  // The first frame is the trap; the next one is who asked.
  return String(at.stack).split('\n')[2]?.includes('node:') === true;
};

/** Notes that the world was asked for something, if a function of a model runs: that makes it impure. */
export function note(what: string): void {
  if (isRunning && asked === undefined && !isNodeAsking()) asked = what;
}

/** Runs a function of a model, and notes what it asks of the world meanwhile. */
export const asModel = <T>(run: () => T): T => {
  const before = isRunning;
  isRunning = true;
  try {
    return run();
  } finally {
    isRunning = before;
  }
};

/** Whether a function of a model runs. */
export const isModelRunning = (): boolean => isRunning;

/**
 * Returns a function that restores the present state after a function was broken off, which then runs no
 * further.
 */
export const backToNow = (): (() => void) => {
  const before = { isRunning, asked };
  return () => void ({ isRunning, asked } = before);
};

/** The fault of the function at `where`, if it asked the world for something since the last time. */
export const askedIn = (where: string): Fault | undefined => {
  if (asked === undefined) return undefined;
  const got = asked;
  asked = undefined;
  return new Fault('UW104', {
    where,
    expected: 'a function of the state, the choice and the setting, and of nothing else',
    got,
    likely: 'the model draws at random, looks at a clock, or reads something of the machine it runs on',
    next: 'move what it reads into the state, into a parameter, or into a choice of the actor',
  });
};

/**
 * The fault of a function that threw `error` because it used a draft of an earlier run, which is no longer
 * there.
 */
export const keptIn = (where: string, error: unknown): Fault | undefined =>
  error instanceof TypeError && error.message.includes('proxy that has been revoked')
    ? new Fault('UW104', {
        where,
        expected: 'what a function was given used while it runs',
        got: 'a draft of an earlier run',
        likely: 'a recipe keeps its draft, or a part of it, in a variable outside the state',
        next: 'let the recipe write to the draft what is to be kept',
      })
    : undefined;
