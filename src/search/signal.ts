// Between two turns of the event loop nobody hears a signal but a thread of its own. It is asked here.
let heard = (): boolean => false;

/** Whether a signal came that is to end the search, even one that the event loop has not delivered yet. */
export const isSignalled = (): boolean => heard();

/** Makes searches call `isHeard` during long operations; returns a function that ends that. */
export const hearSignals = (isHeard: () => boolean): (() => void) => {
  const before = heard;
  heard = isHeard;
  return () => {
    heard = before;
  };
};
