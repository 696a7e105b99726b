interface Holder {
  readonly stack?: string;
}

/** The places of declarations: the callers of the functions that declare models, claims and suites. */
const declared = new WeakMap<object, Holder>();

// A test runner and a library of assertions may stand between this package and the user's line.
const FRAMES = 50;

/** The stack of `callee`'s caller; it is made into text when it is first looked at. */
const holderAbove = (callee: (...args: never[]) => unknown): Holder => {
  const holder: Holder = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  try {
    Error.captureStackTrace(holder, callee);
    return holder;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

const linesOf = ({ stack }: Holder): string => stack?.split('\n').slice(1).join('\n') ?? '';

/** The stack of `callee`'s caller, without the line of the error. */
export const stackAbove = (callee: (...args: never[]) => unknown): string => linesOf(holderAbove(callee));

/** Remembers that `callee`'s caller declared each of `things`. */
export const rememberSite = (things: readonly object[], callee: (...args: never[]) => unknown): void => {
  const holder = holderAbove(callee);
  for (const thing of things) declared.set(thing, holder);
};

/** Returns where a claim or a model was declared; empty for one that was copied or made by hand. */
export const siteOf = (thing: object): string => {
  const holder = declared.get(thing);
  return holder === undefined ? '' : linesOf(holder);
};
