import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['study', ...args, '--config', configAt('dam')], { cwd: place.path });

describe.concurrent('underwatch study', () => {
  it('prints of every claim the share, its interval, and the sequential test; a refuted one ends with 1', async () => {
    const { code, stderr, stdout } = await run('rain', '--runs', '2000', '--seed', '5');
    expect(stderr).toBe('');
    expect(stdout).toBe(`rain  rain against the wall
  within 5 to 89 mm; seed 5
  RAIN-SELDOM  too much or too little
    claimed: at most 20.00 % are out of limits
    shown  323 runs of 2,000: between 14.09 % and 18.38 % (99 % confidence)
    sequential test between 20.00 % and 40.00 %: the claimed one, after 40 runs
  RAIN-OFTEN  the same, claimed to be often
    claimed: at least 30.00 % are out of limits
    refuted  313 runs of 2,000: between 13.62 % and 17.85 % (99 % confidence)
    sequential test between 15.00 % and 30.00 %: the other one, after 102 runs
`);
    expect(code).toBe(1);
  });

  it('draws a picture that is the same for the same seed', async () => {
    const [first, second] = ['first.svg', 'second.svg'];
    await run('rain', '--runs', '500', '--svg', first);
    await run('rain', '--runs', '500', '--svg', second);
    const picture = readFileSync(join(place.path, first), 'utf8');
    expect(picture).toBe(readFileSync(join(place.path, second), 'utf8'));
    expect(picture).toContain('<title id="title">rain: rain against the wall</title>');
    expect(picture).toContain('prefers-color-scheme: dark');
  });

  it('writes JSON of a stable shape', async () => {
    const { stderr, stdout } = await run('rain', '--runs', '100', '--json');
    expect(stderr).toBe('');
    const data = JSON.parse(stdout) as { readonly [name: string]: unknown };
    expect(Object.keys(data).join(' ')).toBe('study unit lower upper runs seed confidence error populations');
  });

  it.each([
    ['a study that does not exist', ['snow'], ['UW305', 'snow', 'a study; nearest: study rain']],
    ['no runs', ['rain', '--runs', '0'], ['UW304', '--runs']],
    ['a confidence of all', ['rain', '--confidence', '100'], ['UW304', '--confidence']],
    [
      'a picture that cannot be written',
      ['rain', '--svg', 'nowhere/rain.svg'],
      ['UW604', 'nowhere/rain.svg'],
    ],
  ])('%s: a code and no text', async (_what, args, says) => {
    const { code, stderr, stdout } = await run(...args);
    for (const words of says) expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
