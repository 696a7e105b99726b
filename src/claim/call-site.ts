/** Where suites were declared, as lines of a stack: those of whoever called `suite`. */
const declared = new WeakMap<object, string>();

// A test runner and a library of assertions may stand between this package and the user's line.
const FRAMES = 50;

/** The stack of whoever called `callee`, without the line of the error. */
export const stackAbove = (callee: (...args: never[]) => unknown): string => {
  const holder: { readonly stack?: string } = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  try {
    Error.captureStackTrace(holder, callee);
    // The stack is made into text when it is first looked at.
    return holder.stack?.split('\n').slice(1).join('\n') ?? '';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/** Remembers that `claim` was declared at `stack`. */
export const rememberSite = (claim: object, stack: string): void => {
  declared.set(claim, stack);
};

/** Where `claim` was declared; empty for one that was copied or made by hand. */
export const siteOf = (claim: object): string => declared.get(claim) ?? '';
