import { readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const LONG_MS = 240_000;
const SELECTION = ['door', 'gate', '--claim', 'DOOR-PICKED', 'GATE-OPEN', 'GATE-CLOSED', 'GATE-SMALL'];
const ASKED = ['verify', ...SELECTION, '--config', configAt('gate'), '--probe-runs', '20'];

const verify = (...args: readonly string[]): Promise<Ended> =>
  runCli([...ASKED, ...args], { cwd: place.path });

/** The files of a report; of its JSON, all but the timing. */
const reportIn = (folder: string): readonly string[] => {
  const read = (name: string): string => readFileSync(join(place.path, folder, name), 'utf8');
  const json = read('report.json');
  expect(json).toContain('\n  "timing": {');
  return [json.slice(0, json.indexOf('\n  "timing": {')), read('report.md'), read('attacks/GATE-OPEN.json')];
};

/** The last time that anything was written of the run, or of the search in progress; 0 if there is none. */
const keptMs = (folder: string): number => {
  try {
    return Math.max(
      0,
      ...readdirSync(join(place.path, folder))
        .filter((name) => /^(search-\d+|run)\.checkpoint$/.test(name))
        .map((name) => statSync(join(place.path, folder, name)).mtimeMs),
    );
  } catch {
    return 0;
  }
};

/** Sends `signal` some time after something further was kept. */
const stoppedIn = (
  folder: string,
  signal: 'SIGKILL' | 'SIGINT',
  delayMs: number,
  ...args: readonly string[]
): Promise<Ended> => {
  const before = keptMs(folder);
  return runCli([...ASKED, ...args, '--checkpoint-every', '1', '--out', `out-${folder}`], {
    cwd: place.path,
    onStart: (child) => {
      const wait = async (): Promise<void> => {
        while (keptMs(folder) <= before && child.exitCode === null) await setTimeout(10);
        await setTimeout(delayMs);
        child.kill(signal);
      };
      void wait();
    },
  });
};

describe.concurrent('a run that is killed', () => {
  it(
    'goes on, however often it is killed, and leaves the report that it would have left',
    async () => {
      const delaysMs = fc.sample(fc.integer({ min: 0, max: 900 }), 3);
      const whole = await verify('--out', 'whole');
      expect(whole.code).toBe(0);
      const codes: (number | null)[] = [];
      for (const [turn, delayMs] of delaysMs.entries()) {
        const { code } = await stoppedIn(
          'kept',
          'SIGKILL',
          delayMs,
          turn === 0 ? '--checkpoint' : '--resume',
          'kept',
        );
        codes.push(code);
      }
      expect(codes).toContain(null);
      const last = await verify('--resume', 'kept', '--out', 'out-kept');
      expect(last.code).toBe(0);
      expect(reportIn('out-kept')).toEqual(reportIn('whole'));
      expect(readdirSync(join(place.path, 'kept')).toSorted()).toEqual([
        ...[0, 1, 2, 3].map((number) => `proof-${number}.checkpoint`),
        'run.checkpoint',
      ]);
      // A run that is through gives its report again at once, and may be written over.
      const again = await verify('--resume', 'kept', '--out', 'again');
      expect(again.code).toBe(0);
      expect(reportIn('again')).toEqual(reportIn('whole'));
    },
    LONG_MS,
  );

  it(
    'or interrupted, is not lost by mistake, and not taken for another one',
    async () => {
      // On a busy machine no search may have begun after 300 ms.
      for (const delayMs of [300, 900, 2700]) {
        rmSync(join(place.path, 'other'), { recursive: true, force: true });
        const { code, stderr } = await stoppedIn('other', 'SIGINT', delayMs, '--checkpoint', 'other');
        expect(code).toBe(130);
        expect(stderr).toContain('kept: the same command with --resume other goes on from here');
        if (readdirSync(join(place.path, 'other')).some((name) => name.startsWith('search-'))) break;
      }
      const anew = await verify('--checkpoint', 'other');
      expect([anew.code, anew.stderr]).toEqual([2, expect.stringContaining('UW315')]);
      const seeded = await verify('--resume', 'other', '--seed', '8');
      expect([seeded.code, seeded.stderr]).toEqual([2, expect.stringContaining('UW312')]);
      const selected = await runCli(
        ['verify', 'door', '--config', configAt('gate'), '--probe-runs', '20', '--resume', 'other'],
        { cwd: place.path },
      );
      expect(selected.code).toBe(2);
      expect(selected.stderr).toMatch(/got +claims: DOOR-PICKED, GATE-OPEN, GATE-CLOSED, GATE-SMALL/);
      const search = readdirSync(join(place.path, 'other')).find((name) => name.startsWith('search-'))!;
      truncateSync(join(place.path, 'other', search), 20_000);
      const cut = await verify('--resume', 'other');
      expect([cut.code, cut.stderr]).toEqual([2, expect.stringMatching(/UW311.*search-\d/s)]);
      truncateSync(join(place.path, 'other/run.checkpoint'), 100);
      const gone = await verify('--resume', 'other');
      expect([gone.code, gone.stderr]).toEqual([2, expect.stringMatching(/UW311.*run\.checkpoint/s)]);
    },
    LONG_MS,
  );

  it.each([
    [['--resume', 'nowhere'], 'UW314'],
    [['--resume', 'a', '--checkpoint', 'b'], 'UW304'],
    [['--checkpoint-every', '5'], 'UW304'],
    [['--checkpoint', '/dev/null/kept'], 'UW313'],
  ])('is not begun with %o: %s', async (args, expected) => {
    const { code, stderr } = await verify(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });
});
