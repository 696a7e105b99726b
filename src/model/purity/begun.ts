import { createHook } from 'node:async_hooks';
import { noteBegun } from '../watchdog/asked.ts';

/** What goes on after the function that began it, by the name that Node gives it. */
const GOES_ON: { readonly [type: string]: string } = {
  PROMISE: 'a promise',
  Timeout: 'a timer',
  Immediate: 'a callback of setImmediate()',
  Microtask: 'a callback of queueMicrotask()',
};

const hook = createHook({
  init: (_id, type) => {
    const what = GOES_ON[type];
    if (what !== undefined) noteBegun(`${what} that goes on when the function is over`);
  },
});

/** Has whatever a function of a model begins, and does not end, noted; returns what ends that. */
export const notingBegun = (): (() => void) => {
  hook.enable();
  return () => void hook.disable();
};
