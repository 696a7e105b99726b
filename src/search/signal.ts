// Between two turns of the event loop nobody hears a signal but a thread of its own. It is asked here.
let heard = (): boolean => false;

/** Whether a signal came that is to end the search, also one that the event loop has not told yet. */
export const isSignalled = (): boolean => heard();

/** Has searches ask `isHeard` in the midst of long operations; returns what ends that. */
export const hearSignals = (isHeard: () => boolean): (() => void) => {
  const before = heard;
  heard = isHeard;
  return () => {
    heard = before;
  };
};
