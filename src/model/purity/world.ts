import { syncBuiltinESMExports } from 'node:module';
import { onBrokenOff } from '../watchdog/slices.ts';
import { note } from '../watchdog/outside-access.ts';
import { notingDescribed, notingSeen } from './seen-through.ts';

type Function_ = (...args: readonly unknown[]) => unknown;

/** Functions that restore what was changed; the last change is at the end. */
const restores: (() => void)[] = [];

// These are watched, too: what they were is what puts things back.
const { defineProperty, getOwnPropertyDescriptor } = Object;

/** Replaces `name` of `target`, if it is there and can be changed. */
const replace = (
  target: object,
  name: string,
  by: (descriptor: PropertyDescriptor) => PropertyDescriptor,
): void => {
  const descriptor = getOwnPropertyDescriptor(target, name);
  if (descriptor?.configurable !== true) return;
  restores.push(() => void defineProperty(target, name, descriptor));
  defineProperty(target, name, by(descriptor));
};

const askables = new WeakSet<object>();

/** Wraps a function so that it notes being asked; else it is what it was, whatever stands on it included. */
const askable = (original: Function_, what: string): Function_ => {
  const watched = new Proxy(original, {
    apply: (target, self, args) => {
      note(what);
      return Reflect.apply(target, self, args);
    },
  });
  askables.add(watched);
  return watched;
};

const trapCall = (target: object, name: string, what: string): void =>
  replace(target, name, (descriptor) => {
    if (typeof descriptor.value !== 'function' || askables.has(descriptor.value)) return descriptor;
    return { ...descriptor, value: askable(descriptor.value as Function_, what) };
  });

/** Traps a function that looks at how its argument is made. */
const trapLook = (target: object, name: string, noting: (original: Function_) => Function_): void =>
  replace(target, name, (descriptor) => {
    if (typeof descriptor.value !== 'function') return descriptor;
    return { ...descriptor, value: noting(descriptor.value as Function_) };
  });

const DESCRIBING: readonly (readonly [holder: object, name: string])[] = [
  [Object, 'getOwnPropertyDescriptor'],
  [Object, 'getOwnPropertyDescriptors'],
  [Reflect, 'getOwnPropertyDescriptor'],
  [Object.prototype, '__lookupGetter__'],
  [Object.prototype, '__lookupSetter__'],
];

/** Like `trapCall`, for methods on a prototype of `object`. */
const trapMethod = (object: object, name: string, what: string): void => {
  let owner: object | null = object;
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner) as object | null;
  if (owner !== null) trapCall(owner, name, what);
};

/** Traps reads of `name`, and calls `onRead` at each. */
const trapRead = (target: object, name: string, onRead: (value: unknown) => void): void =>
  replace(target, name, (descriptor) => {
    const written: { value?: unknown } = { value: descriptor.value };
    return {
      configurable: true,
      enumerable: descriptor.enumerable ?? false,
      get(this: unknown) {
        const value: unknown = descriptor.get === undefined ? written.value : descriptor.get.call(this);
        onRead(value);
        return value;
      },
      set(this: unknown, value: unknown) {
        if (descriptor.set === undefined) written.value = value;
        else descriptor.set.call(this, value);
      },
    };
  });

/** Traps `Date`: `new Date()` and `Date()` ask the clock; `new Date(2020, 1, 1)` does not. */
const trapDate = (): void =>
  replace(globalThis, 'Date', (descriptor) => {
    const watched: unknown = new Proxy(descriptor.value as DateConstructor, {
      apply: (target, self, args) => {
        note('a call of Date()');
        return Reflect.apply(target, self, args) as string;
      },
      construct: (target, args, newTarget) => {
        if (args.length === 0) note('a call of new Date() without arguments');
        return Reflect.construct(target, args, newTarget === watched ? target : newTarget) as object;
      },
    });
    replace(Date.prototype, 'constructor', (own) => ({ ...own, value: watched }));
    return { ...descriptor, value: watched };
  });

// Libraries look there whether they are in production.
const NOT_ASKED = 'NODE_ENV';

const trapEnvironment = (): void =>
  replace(process, 'env', (descriptor) => ({
    ...descriptor,
    value: new Proxy(descriptor.value as NodeJS.ProcessEnv, {
      get: (target, name, self) => {
        if (name !== NOT_ASKED) note(`a look at process.env.${String(name)}`);
        return Reflect.get(target, name, self) as unknown;
      },
      has: (target, name) => {
        note(`a look for process.env.${String(name)}`);
        return Reflect.has(target, name);
      },
      ownKeys: (target) => {
        note('a look at all of process.env');
        return Reflect.ownKeys(target);
      },
    }),
  }));

/** Traps a text of a moment, which is one of now where none is given. */
const trapNow = (target: object, name: string, what: string): void =>
  replace(target, name, (descriptor) => {
    const value: unknown = descriptor.value;
    // oxlint-disable-next-line typescript/unbound-method -- it is called with the object that it is asked of
    const get = descriptor.get as ((this: object) => Function_) | undefined;
    const watched = (original: Function_): Function_ =>
      new Proxy(original, {
        apply: (called, self, args) => {
          if (args[0] === undefined) note(what);
          return Reflect.apply(called, self, args);
        },
      });
    if (typeof value === 'function') return { ...descriptor, value: watched(value as Function_) };
    if (get === undefined) return descriptor;
    return {
      ...descriptor,
      get(this: object) {
        return watched(get.call(this));
      },
    };
  });

const CALLS_OF_PROCESS = [
  'hrtime',
  'uptime',
  'memoryUsage',
  'availableMemory',
  'constrainedMemory',
  'cpuUsage',
  'resourceUsage',
  'cwd',
  'getuid',
  'geteuid',
  'getgid',
  'getegid',
  'getgroups',
];
const READS_OF_PROCESS = [
  'argv',
  'argv0',
  'execArgv',
  'execPath',
  'pid',
  'ppid',
  'title',
  'arch',
  'platform',
  'version',
  'versions',
];
const CALLS_OF_PERFORMANCE = ['now', 'mark', 'measure', 'toJSON', 'eventLoopUtilization', 'getEntries'];

const DICE = ['getRandomValues', 'randomUUID'];
const DICE_OF_MODULE = [
  ...DICE,
  'randomBytes',
  'randomFill',
  'randomFillSync',
  'randomInt',
  'pseudoRandomBytes',
  'generateKey',
  'generateKeySync',
  'generateKeyPair',
  'generateKeyPairSync',
  'generatePrime',
  'generatePrimeSync',
];

/**
 * Traps the random functions of `crypto` when somebody first takes it, so that other runs need not load it.
 */
const trapCrypto = (): void =>
  trapRead(globalThis, 'crypto', (dice) => {
    for (const name of DICE) trapMethod(dice as object, name, `a call of crypto.${name}()`);
  });

const trapGlobals = (): void => {
  trapDate();
  trapCall(Date, 'now', 'a call of Date.now()');
  trapCall(Math, 'random', 'a call of Math.random()');
  for (const name of CALLS_OF_PERFORMANCE) trapMethod(performance, name, `a call of performance.${name}()`);
  trapRead(Object.getPrototypeOf(performance) as object, 'timeOrigin', () =>
    note('a look at performance.timeOrigin'),
  );
  for (const name of ['format', 'formatToParts'])
    trapNow(
      Intl.DateTimeFormat.prototype,
      name,
      `a call of Intl.DateTimeFormat.prototype.${name}() without a moment`,
    );
  trapCall(process.hrtime, 'bigint', 'a call of process.hrtime.bigint()');
  trapCall(process.memoryUsage, 'rss', 'a call of process.memoryUsage.rss()');
  for (const name of CALLS_OF_PROCESS) trapCall(process, name, `a call of process.${name}()`);
  for (const name of READS_OF_PROCESS) trapRead(process, name, () => note(`a look at process.${name}`));
  for (const [holder, name] of DESCRIBING) trapLook(holder, name, notingDescribed);
  trapLook(globalThis, 'structuredClone', notingSeen);
  trapEnvironment();
  trapCrypto();
};

const LOADED = 'NativeModule crypto';

/** Modules of Node with functions that tell something of the machine, or of its files. */
const MACHINE = ['os', 'fs', 'child_process'] as const;

const trapModule = (name: (typeof MACHINE)[number]): void => {
  const loaded = (process as { readonly moduleLoadList?: readonly string[] }).moduleLoadList;
  if (loaded?.includes(`NativeModule ${name}`) === false) return;
  const module: object = process.getBuiltinModule(`node:${name}`);
  for (const key of Object.keys(module)) trapCall(module, key, `a call of ${key}() of node:${name}`);
};

/** Traps functions that a model imported by name: `import { randomUUID } from 'node:crypto'`. */
const trapModules = (): void => {
  const loaded = (process as { readonly moduleLoadList?: readonly string[] }).moduleLoadList;
  if (loaded?.includes(LOADED) !== false) {
    const crypto = process.getBuiltinModule('node:crypto');
    for (const name of DICE_OF_MODULE) trapCall(crypto, name, `a call of ${name}()`);
    for (const name of DICE) trapMethod(crypto.webcrypto, name, `a call of crypto.${name}()`);
  }
  for (const name of MACHINE) trapModule(name);
  syncBuiltinESMExports();
};

/** The functions to watch: those in the globals, or also those imported from node's modules. */
export type Watched = 'globals' | 'modules';

let watching: Watched | undefined;

/** Restores all changed properties but the first `kept`. */
const putBack = (kept: number, before: Watched | undefined): void => {
  while (restores.length > kept) restores.pop()!();
  if (watching === 'modules') syncBuiltinESMExports();
  watching = before;
};

/**
 * Runs `run` while the clock, the dice, the environment and the process say so when they are asked by a
 * function of a model. They answer as ever, and are put back as they were, also where `run` is broken off.
 */
export const watchingWorld = <T>(run: () => T, watched: Watched = 'globals'): T => {
  if (watching === watched || watching === 'modules') return run();
  const before = watching;
  const kept = restores.length;
  const forgetCleanUp = onBrokenOff(() => putBack(0, undefined));
  try {
    watching = watched;
    if (before === undefined) trapGlobals();
    if (watched === 'modules') trapModules();
    return run();
  } finally {
    putBack(kept, before);
    forgetCleanUp();
  }
};

/** Like `watchingWorld`, for a function that runs in slices: between two slices nothing is watched. */
export function* watchingSlices<P, R, N>(
  slices: Generator<P, R, N>,
  watched: Watched = 'globals',
): Generator<P, R, N> {
  try {
    let slice = watchingWorld(() => slices.next(...([] as unknown as [N])), watched);
    while (slice.done !== true) {
      const reply = yield slice.value;
      slice = watchingWorld(() => slices.next(reply), watched);
    }
    return slice.value;
  } finally {
    slices.return(undefined as never);
  }
}
