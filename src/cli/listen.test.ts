import { expect, test } from 'vitest';
import { isSignalled } from '../search/signal.ts';
import { interruptible } from './interrupt.ts';

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s is heard before the event loop turns, and told once',
  async (name) => {
    let told = 0;
    const heardAt = await interruptible(
      () => {
        told += 1;
      },
      async (signal) => {
        // The threads have to be up.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        expect(isSignalled()).toBe(false);
        process.kill(process.pid, name);
        const startMs = performance.now();
        while (!isSignalled() && performance.now() - startMs < 20_000);
        expect(isSignalled()).toBe(true);
        expect(signal.aborted).toBe(true);
        // The event loop hears it as well.
        await new Promise((resolve) => setTimeout(resolve, 100));
        return told;
      },
    );
    expect(heardAt).toBe(1);
    expect(isSignalled()).toBe(false);
  },
);
