import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['threshold', ...args, '--config', configAt('dam')], { cwd: place.path });

describe.concurrent('underwatch threshold', () => {
  it('prints both sides of a flip, what the answer rests on, and the attack', async () => {
    const { code, stderr, stdout } = await run(
      '--claim',
      'DAM-DRY',
      '--parameter',
      'rain',
      '--from',
      '8',
      '--to',
      '12',
    );
    // How far it is may be told, on a slow machine.
    expect(stderr).not.toContain('UW');
    expect(stdout).toBe(`DAM-DRY  dry of dam, as rain goes from 8 to 12
   8  holds                  9 states
  10  holds                 11 states
  11  violated in 11 steps  12 states
  12  violated in 11 steps  12 states
The verdict flips once: rain 10 holds, 11 violated in 11 steps.
All 5 values were searched.

rain = 11: 11 steps, no shorter one exists
   1  rain  raises the water (by 1)
   2  rain  raises the water (by 1)
   3  rain  raises the water (by 1)
   4  rain  raises the water (by 1)
   5  rain  raises the water (by 1)
   6  rain  raises the water (by 1)
   7  rain  raises the water (by 1)
   8  rain  raises the water (by 1)
   9  rain  raises the water (by 1)
  10  rain  raises the water (by 1)
  11  rain  raises the water (by 1)
`);
    expect(code).toBe(0);
  });

  it('says of a large range what was not looked at', async () => {
    const { code, stdout } = await run(
      'dam',
      '--invariant',
      'dry',
      '--parameter',
      'wall',
      '--from',
      '0',
      '--to',
      '500',
      '--samples',
      '3',
    );
    expect(stdout).toContain('The verdict flips once: wall 6 violated in 7 steps, 7 holds.\n');
    expect(stdout).toContain(
      '11 of 501 values were searched, those on the way to a flip among them; between two neighbours of\nthese that agree nothing was looked at.\n',
    );
    expect(code).toBe(0);
  });

  it('says that nothing flips', async () => {
    const { code, stdout } = await run(
      '--claim',
      'DAM-DRY',
      '--parameter',
      'wall',
      '--from',
      '7',
      '--to',
      '9',
    );
    expect(stdout).toContain('No flip: every value that was searched holds.\nAll 3 values were searched.\n');
    expect(code).toBe(0);
  });

  it('writes JSON of a stable shape', async () => {
    const { code, stderr, stdout } = await run(
      '--claim',
      'DAM-DRY',
      '--parameter',
      'wall',
      '--from',
      '6',
      '--to',
      '7',
      '--json',
    );
    expect(stderr).toBe('');
    const data = JSON.parse(stdout) as { readonly [name: string]: unknown };
    expect(Object.keys(data).join(' ')).toBe(
      'model invariant scenario parameter from to values everyValue probes flips',
    );
    expect(data).toMatchObject({
      parameter: 'wall',
      everyValue: true,
      probes: [
        { value: 6, verdict: 'violated', length: 7, shortest: true },
        { value: 7, verdict: 'holds' },
      ],
    });
    expect(code).toBe(0);
  });

  it('ends with 1 where a limit left a value undecided', async () => {
    const { code, stdout } = await run(
      '--claim',
      'DAM-DRY',
      '--parameter',
      'rain',
      '--from',
      '1',
      '--to',
      '5',
      '--max-states',
      '3',
    );
    expect(stdout).toContain('Not decided: at rain = 2 the limit maxStates ended the search.\n');
    expect(code).toBe(1);
  });

  it('explains itself', async () => {
    const { code, stdout } = await run('--help');
    expect(stdout).toContain('Nothing is claimed about values between two neighbours');
    expect(code).toBe(0);
  });

  const range = ['--from', '0', '--to', '9'];
  it.each([
    ['no parameter', ['dam', ...range], ['UW304', '--parameter']],
    ['no invariant', ['dam', '--parameter', 'wall', ...range], ['UW304', '--invariant']],
    [
      'a parameter that does not exist',
      ['--claim', 'DAM-DRY', '--parameter', 'width', ...range],
      ['UW105', 'width', 'wall, rain'],
    ],
    [
      'a parameter that is no number',
      ['--claim', 'DAM-DRY', '--parameter', 'name', ...range],
      ['UW901', 'of earth'],
    ],
    [
      'a range the wrong way round',
      ['--claim', 'DAM-DRY', '--parameter', 'wall', '--from', '9', '--to', '0'],
      ['UW901', '9 to 0'],
    ],
    [
      'a value that is no number',
      ['--claim', 'DAM-DRY', '--parameter', 'wall', '--from', 'low', '--to', '9'],
      ['UW304', '--from', 'low'],
    ],
    [
      'a claim that does not exist',
      ['--claim', 'DAM', '--parameter', 'wall', ...range],
      ['UW305', 'DAM-DRY'],
    ],
  ])('%s: a code and no text', async (_what, args, says) => {
    const { code, stderr, stdout } = await run(...args);
    for (const words of says) expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
