// A page has none of the functions of node's `util` that look through what stands for an object.

type Function_ = (...args: readonly unknown[]) => unknown;

/** Does nothing: in the page, nobody asks how often something is described. */
export const noteDescribed = (): void => undefined;

/** Does nothing: in the page, nothing looks inside an object. */
export const noteSeen = (): void => undefined;

/** Returns false: in the page, nothing is seen. */
export const takeSeen = (): boolean => false;

/** Returns the function as it is. */
export const notingDescribed = (original: Function_): Function_ => original;

/** Returns the function as it is. */
export const notingSeen = (original: Function_): Function_ => original;

/** Does nothing: in the page, there is nothing to watch. */
export const watchInspection = (): void => undefined;
