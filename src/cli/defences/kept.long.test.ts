import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const LONG_MS = 280_000;

const keptBytes = (folder: string): number =>
  statSync(join(place.path, folder, 'defences.checkpoint'), { throwIfNoEntry: false })?.size ?? 0;

/** Runs the command and kills it once a further search was kept. */
const killed = (folder: string, ...args: readonly string[]): Promise<Ended> => {
  const before = keptBytes(folder);
  // A file of no search has some hundred bytes.
  const isFurther = (): boolean => keptBytes(folder) > Math.max(before, 600);
  return runCli(['defences', ...args], {
    cwd: place.path,
    onStart: (child) => {
      const wait = async (): Promise<void> => {
        while (!isFurther() && child.exitCode === null) await setTimeout(5);
        child.kill('SIGKILL');
      };
      void wait();
    },
  });
};

describe('defences that are killed', () => {
  it(
    'go on with what was found, to the same answer',
    async () => {
      const whole = await runCli(['defences', 'deferral', '--json'], { cwd: place.path });
      const first = await killed('kept', 'deferral', '--json', '--checkpoint', 'kept');
      const second = await killed('kept', 'deferral', '--json', '--resume', 'kept');
      expect([first.code, second.code]).toEqual([null, null]);
      const last = await runCli(['defences', 'deferral', '--json', '--resume', 'kept'], { cwd: place.path });
      expect([last.code, last.stdout]).toEqual([whole.code, whole.stdout]);
    },
    LONG_MS,
  );
});

describe('parts of defences', () => {
  it('are put together to the answer of one run', async () => {
    const run = (...args: readonly string[]): Promise<Ended> =>
      runCli(['defences', 'keep', '--matrix', ...args, '--config', configAt('keep')], { cwd: place.path });
    const whole = await run('--json');
    for (const index of [1, 2]) {
      const part = await run('--shard', `${index}/2`, '--checkpoint', `part-${index}`);
      expect([part.code, part.stdout.startsWith(`part ${index} of 2: `)]).toEqual([0, true]);
    }
    const merged = await run('--json', '--merge', 'part-1', 'part-2');
    expect([merged.code, merged.stdout]).toEqual([whole.code, whole.stdout]);
  });

  it.each([
    ['--shard', '1/2'],
    ['--checkpoint', 'a', '--resume', 'b'],
    ['--merge', 'nowhere'],
    ['--resume', 'nowhere'],
  ])('are refused with %s %s', async (...args) => {
    const asked = ['defences', 'keep', '--config', configAt('keep'), ...args];
    const { code, stderr } = await runCli(asked, { cwd: place.path });
    expect([code, /^UW3(04|14)/.test(stderr)]).toEqual([2, true]);
  });
});
