/** The variables that a terminal, a shell, Node or a loader sets: no model depends on them. */
const OF_SURROUNDINGS =
  /^(_|PWD|OLDPWD|SHLVL|TERM|COLORTERM|(FORCE|NO)_COLOR|COLUMNS|LINES|(NODE|JITI|npm|XDG|SSH|VSCODE|TERM)_\w+)$/;

// Those of this file, of functions of the language, and of who asked.
const FRAMES = 8;

/** Whether Node itself asks, or a loader: for how they are to work, and not for a model. */
const isLoaderAsking = (): boolean => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const at: { stack?: string } = {};
  Error.captureStackTrace(at, isLoaderAsking);
  Error.stackTraceLimit = stackTraceLimit;
  const [, , , ...frames] = String(at.stack).split('\n');
  const asker = frames.find((frame) => !/[( ](<anonymous>|native)\)?$/.test(frame)) ?? '';
  return /\bnode:|[\\/]node_modules[\\/](jiti|tsx)[\\/]/.test(asker);
};

/** Wraps the environment so that it calls `note` with the name of every variable that is looked at. */
const watched = (environment: NodeJS.ProcessEnv, note: (name: string) => void): NodeJS.ProcessEnv => {
  const noted = (name: string | symbol): void => {
    if (typeof name !== 'string' || OF_SURROUNDINGS.test(name) || isLoaderAsking()) return;
    note(name);
  };
  return new Proxy(environment, {
    get: (target, name) => {
      noted(name);
      return Reflect.get(target, name) as unknown;
    },
    has: (target, name) => {
      noted(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor: (target, name) => {
      noted(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
};

/** Tells `note` the name of each environment variable that is read, until the returned function is called. */
export const listenToEnvironment = (note: (name: string) => void): (() => void) => {
  const { env } = process;
  let isListening = true;
  // Code that keeps the environment that it was given may read it later, and is not heard then.
  process.env = watched(env, (name) => {
    if (isListening) note(name);
  });
  return () => {
    isListening = false;
    process.env = env;
  };
};
