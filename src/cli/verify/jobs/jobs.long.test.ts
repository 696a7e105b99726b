import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../../report/schema/schema.ts';
import { createWorkplace } from '../../../testing/workplace.ts';
import { configAt, runCli, type Ended, type Running } from '../../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const verify = (jobs: number, out: string, env: Running['env'] = {}, more: Partial<Running> = {}) =>
  runCli(
    [
      'verify',
      '--config',
      configAt('jobs'),
      '--jobs',
      String(jobs),
      '--out',
      out,
      '--memory-limit-mb',
      '512',
    ],
    { cwd: place.path, env, ...more },
  );

const reportIn = (out: string) => {
  const { timing: _, ...report } = reportSchema.parse(
    JSON.parse(readFileSync(join(place.path, out, 'report.json'), 'utf8')),
  );
  return report;
};

/** Returns the processes that one started. */
const childrenOf = (pid: number): readonly number[] => {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
};
const isRunning = (pid: number): boolean => {
  const stat = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return stat !== '' && !stat.startsWith('Z');
};

/** Waits until `is` says so, half a minute at the most. */
const until = async (is: () => boolean): Promise<boolean> => {
  for (let turn = 0; turn < 600 && !is(); turn += 1) await later(50);
  return is();
};

/**
 * Starts a run of two processes, the other of which never ends its search, and has `act` do something to it.
 */
const stuck = async (
  out: string,
  act: (leader: number, worker: number) => Promise<void>,
): Promise<{ readonly ended: Ended; readonly worker: number }> => {
  let worker = 0;
  let acted: Promise<void> | undefined;
  const ended = await verify(
    2,
    out,
    { MISDEED: 'sticks' },
    {
      onStart: ({ pid = 0 }) => {
        acted = (async () => {
          await until(() => childrenOf(pid).length > 0);
          worker = childrenOf(pid)[0] ?? 0;
          // Here all that is left is through soon, and the other process does not come away from its search.
          await later(3000);
          await act(pid, worker);
        })();
      },
    },
  );
  await acted;
  return { ended, worker };
};

const one = await verify(1, 'one');

describe('verify --jobs', () => {
  it.each([2, 3])('says the same with %d processes as with one', async (jobs) => {
    const { code, stdout } = await verify(jobs, `jobs-${jobs}`);
    expect([one.code, code]).toEqual([0, 0]);
    expect(reportIn(`jobs-${jobs}`)).toEqual(reportIn('one'));
    const untimed = (text: string): string =>
      text.replaceAll(/\d+\.\d s/g, 'N s').replaceAll(/\b(one|jobs-\d)\//g, 'OUT/');
    expect(untimed(stdout)).toBe(untimed(one.stdout));
    for (const name of readdirSync(join(place.path, 'one/attacks')))
      expect(readFileSync(join(place.path, `jobs-${jobs}/attacks`, name), 'utf8')).toBe(
        readFileSync(join(place.path, 'one/attacks', name), 'utf8'),
      );
  });

  it('makes no use of a process that never comes to be ready, and says so', async () => {
    const { code, stderr } = await verify(2, 'never', { MISDEED: 'never ready' });
    expect(code).toBe(0);
    expect(stderr).toContain('a second process makes no searches: it ended by SIGKILL before it was ready');
    expect(reportIn('never')).toEqual(reportIn('one'));
  });

  it('makes a search once more whose process died, and tells where that one died, too', async () => {
    const { code } = await verify(2, 'dies', { MISDEED: 'dies', LIFE_MS: '0' });
    const { claims } = reportIn('dies');
    const faults = claims.flatMap(({ error }) => error?.code ?? []);
    expect([code, new Set(faults)]).toEqual([2, new Set(['UW363'])]);
    // The searches of this process itself, and every verdict that there is, are as they were.
    const before = reportIn('one').claims;
    const decided = claims.filter(({ error }) => error === undefined);
    expect(decided.length).toBeGreaterThan(0);
    for (const claim of decided)
      expect(claim.verdict).toBe(before.find(({ id }) => id === claim.id)?.verdict);
  });

  it('searches here what is another model there', async () => {
    const { stderr } = await verify(2, 'differs', { MISDEED: 'differs' });
    expect(stderr).toContain('the configuration makes other models there than here');
    expect(reportIn('differs')).toEqual(reportIn('one'));
  });

  it('ends with 2 where code of the configuration failed there and nobody waited', async () => {
    const { code, stderr } = await verify(2, 'fails', { MISDEED: 'fails' });
    expect([code, stderr.includes('UW343')]).toEqual([2, true]);
    expect(reportIn('fails')).toEqual(reportIn('one'));
  });

  it('leaves no process behind when it is killed', async () => {
    const { ended, worker } = await stuck('killed', async (leader) => {
      process.kill(leader, 'SIGKILL');
      await Promise.resolve();
    });
    expect([ended.code, worker > 0]).toEqual([null, true]);
    expect(await until(() => !isRunning(worker))).toBe(true);
  });

  it('ends at the second signal, and its processes with it', async () => {
    const { ended, worker } = await stuck('stopped', async (leader) => {
      process.kill(leader, 'SIGINT');
      await later(500);
      process.kill(leader, 'SIGINT');
    });
    expect([ended.code, worker > 0]).toEqual([130, true]);
    expect(await until(() => !isRunning(worker))).toBe(true);
  });

  it.each([
    [['--jobs', '2', '--threads', '2'], 'option --jobs'],
    [['--jobs', '2', '--checkpoint', 'kept'], 'option --jobs'],
    [['--jobs', '0'], 'option --jobs'],
    [['--jobs', 'all'], 'option --jobs'],
  ])('refuses %s', async (options, where) => {
    const { code, stderr } = await runCli(['verify', ...options], { cwd: place.path });
    expect([code, stderr.startsWith(`UW304`), stderr.includes(where)]).toEqual([2, true, true]);
  });

  it('is not what one starts by hand', async () => {
    const { code, stderr } = await runCli(['work'], { cwd: place.path });
    expect([code, stderr.slice(0, 5)]).toEqual([2, 'UW304']);
  });
});
