import { syncBuiltinESMExports } from 'node:module';
import { isModelRunning } from '../watchdog/outside-access.ts';

// An object that stands for a state looks like the state to a function that reads it. Some functions look at
// how it is made: they find accessors where values are, and read nothing. A run that asks one of them is not
// what it would be on the state itself.
let described = 0;
let isSeen = false;

/** Notes that a property was described: called by the object that stands for a state. */
export const noteDescribed = (): void => {
  described += 1;
};

/** Notes that a function of a model may have seen how what it was given is made. */
export const noteSeen = (): void => {
  isSeen = true;
};

/** Whether a description was noted since the last call. */
export const takeSeen = (): boolean => {
  const was = isSeen;
  isSeen = false;
  return was;
};

type Function_ = (...args: readonly unknown[]) => unknown;

/** Wraps a function so that it notes when it describes what stands for a state. */
export const notingDescribed = (original: Function_): Function_ =>
  new Proxy(original, {
    apply: (target, self, args) => {
      const before = described;
      const result: unknown = Reflect.apply(target, self, args);
      if (described !== before) noteSeen();
      return result;
    },
  });

const isObject = (value: unknown): boolean => value !== null && typeof value === 'object';

/** Wraps a function so that it notes when a model has it look at an object from within. */
export const notingSeen = (original: Function_): Function_ =>
  new Proxy(original, {
    apply: (target, self, args) => {
      if (isModelRunning() && args.some(isObject)) noteSeen();
      return Reflect.apply(target, self, args);
    },
  });

const LOOKING_WITHIN = ['inspect', 'format', 'formatWithOptions'] as const;

let isWatched = false;

/** Watches the functions of node's `util` that look inside an object, from now on: they work as before. */
export const watchInspection = (): void => {
  if (isWatched) return;
  isWatched = true;
  const util = process.getBuiltinModule('node:util') as unknown as { [name: string]: Function_ };
  for (const name of LOOKING_WITHIN) {
    const own = Object.getOwnPropertyDescriptor(util, name);
    if (own?.writable === true) util[name] = notingSeen(util[name]!);
  }
  syncBuiltinESMExports();
};
