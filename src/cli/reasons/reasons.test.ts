import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['reasons', ...args, '--config', configAt('reasons')], { cwd: place.path });

describe.concurrent('underwatch reasons', () => {
  it('prints what a claim rests on, and ends with 0 where that is what it declares', async () => {
    const { code, stderr, stdout } = await run('V-OUT');
    expect(stderr).toBe('');
    expect(stdout).toBe(`V-OUT  rests on wall (attack of 0 steps without it)
  not on  lock, alarm, dog, camera
  not asked after  guard, sign
1 claim: 1 declares reasons, and all are as declared
`);
    expect(code).toBe(0);
  });

  it('ends with 1 where a claim declares what is none, or omits one', async () => {
    const { code, stdout } = await run('--quiet');
    expect(stdout).toContain(
      'declared, and no reason: wall\n  a reason, and not declared: one of lock, guard\n',
    );
    expect(stdout).toContain('2 claims: 1 declares other reasons\n');
    expect(code).toBe(1);
  });

  it('gives the same as data', async () => {
    const { code, stdout } = await run('V-OUT', '--json');
    const { claims } = JSON.parse(stdout) as { readonly claims: readonly object[] };
    expect(claims).toEqual([
      {
        suite: 'vault',
        id: 'V-OUT',
        verdict: 'holds',
        restsOn: [{ defences: ['wall'], verdict: 'violated', steps: 0, shortest: true }],
        idle: expect.anything() as unknown,
        unasked: expect.anything() as unknown,
        declared: ['wall'],
      },
    ]);
    expect(code).toBe(0);
  });

  it('writes the same into a file, whole or not at all', async () => {
    const file = join(place.path, 'reasons.json');
    const [written, printed] = await Promise.all([run('V-OUT', '--output', file), run('V-OUT', '--json')]);
    expect(written.stdout).toMatch(/^V-OUT  rests on wall/);
    expect(readFileSync(file, 'utf8')).toBe(printed.stdout);
    const refused = await run('V-OUT', '--output', join(place.path, 'none', 'reasons.json'));
    expect([refused.code, refused.stderr.includes('UW604')]).toEqual([2, true]);
  });

  it.each([
    [['V-IN'], 'UW355'],
    [['V-NONE'], 'UW305'],
    [['--max-states', '0'], 'UW201'],
    [['--threads', '9'], 'UW345'],
  ] as const)('refuses %j with %s', async (args, fault) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr.includes(fault)]).toEqual([2, true]);
  });

  it('ends with 1 where a limit leaves a claim open', async () => {
    const { code, stdout } = await run('V-OUT', '--max-states', '2');
    expect([code, stdout.includes('expected to hold; it is unresolved (maxStates)')]).toEqual([1, true]);
  });
});
