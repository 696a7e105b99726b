import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli([...args, '--config', configAt('door')], { cwd: place.path });

beforeAll(async () => {
  await run('verify', '--out', 'out');
});

/** The attack on the picked lock, with some of it changed. */
const changed = (name: string, change: (text: string) => string): string =>
  place.write(name, change(readFileSync(join(place.path, 'out/attacks/DOOR-PICKED.json'), 'utf8')));

describe.concurrent('underwatch replay', () => {
  it('tells the story and exits with 0 while the attack works', async () => {
    const { code, stdout, stderr } = await run('replay', 'out/attacks/DOOR-PICKED.json', '--verbose');
    expect(stderr).toBe('');
    expect(stdout).toBe(
      [
        'DOOR-PICKED  2 steps on model door',
        '  shut: The door is never open.',
        '  1  burglar  picks the lock; quietly #1',
        '     lock.picked  false → true',
        '  2  burglar  pushes the door',
        '     open  shut → wide open',
        'It still breaks shut, as recorded.',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  it('writes the states for other tools, with --itf', async () => {
    await run('replay', 'out/attacks/DOOR-PICKED.json', '--itf', 'picked.itf.json');
    const text = readFileSync(join(place.path, 'picked.itf.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      '#meta': { format: 'ITF', source: 'door' },
      states: [{ '#meta': { index: 0 } }, { '#meta': { index: 1, actor: 'burglar' } }, { open: true }],
    });
  });

  it('exits with 0 for a witness that is still reached', async () => {
    const { code, stdout } = await run('replay', 'out/witnesses/DOOR-OPENS.json');
    expect(stdout).toContain('It still shows opens, as recorded.');
    expect(code).toBe(0);
  });

  it('exits with 1 when a defence now refuses a step', async () => {
    const file = changed('steel.json', (text) => text.replace('"steel"', ''));
    const { code, stdout } = await run('replay', file);
    expect(stdout).toContain('It does not run any more.');
    expect(stdout).toContain('UW503 an attack no longer replays: model door, step 2 of 2');
    expect(code).toBe(1);
  });

  it('exits with 1 when it runs but breaks nothing', async () => {
    const file = changed('alarm.json', (text) =>
      text.replace('"invariant": "shut"', '"invariant": "unnoticed"'),
    );
    const { code, stdout } = await run('replay', file, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ claim: 'DOOR-PICKED', replays: false, attack: { length: 2 } });
    expect(code).toBe(1);
  });

  it("takes out of a user's own trace and scenario, with --shrink, what the attack does not need", async () => {
    const picked = JSON.parse(readFileSync(join(place.path, 'out/attacks/DOOR-PICKED.json'), 'utf8')) as {
      readonly steps: readonly object[];
    };
    const steps = [...picked.steps, { action: 'ring', choice: {} }];
    const mine = place.write('mine.json', JSON.stringify({ ...picked, steps, shortest: false }));
    const { code, stdout } = await run('replay', mine, '--shrink', '--output', 'small.json');
    expect(stdout).toBe(
      [
        'DOOR-PICKED  3 steps on model door',
        '  shut: The door is never open.',
        '  1  burglar  picks the lock; quietly #1',
        '  2  burglar  pushes the door',
        '',
        'What it needs:',
        '  steps         3 → 2',
        '  capabilities  2: hands, pick',
        '  defences off  1: steel',
        'It still breaks shut, as recorded.',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
    const small: unknown = JSON.parse(readFileSync(join(place.path, 'small.json'), 'utf8'));
    expect(small).toEqual({ ...picked, shortest: false });
    const again = await run('replay', 'small.json', '--shrink', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ replays: true, shrunk: small });
    const unshrunk = await run('replay', mine, '--output', 'small.json');
    expect([unshrunk.code, unshrunk.stderr.slice(0, 5)]).toEqual([2, 'UW304']);
  });

  it('takes an attack of another version when told to', async () => {
    const file = changed('old.json', (text) => text.replace(/"version": ".*"/, '"version": "9.9.9"'));
    expect((await run('replay', file)).code).toBe(2);
    expect((await run('replay', file, '--any-version')).code).toBe(0);
  });

  it('draws the attack, with the fields that are asked for', async () => {
    const { code } = await run('replay', 'out/attacks/DOOR-PICKED.json', '--svg', 'out/picked.svg');
    expect(code).toBe(0);
    const drawn = readFileSync(join(place.path, 'out/picked.svg'), 'utf8');
    expect(drawn).toContain('<title id="title">DOOR-PICKED: 2 steps, no shorter attack exists</title>');
    expect(drawn).toContain('<title>wide open</title>');
    const args = [
      'replay',
      'out/attacks/DOOR-PICKED.json',
      '--svg',
      'out/lock.svg',
      '--fields',
      'lock.picked',
    ];
    expect((await run(...args)).code).toBe(0);
    expect(readFileSync(join(place.path, 'out/lock.svg'), 'utf8')).not.toContain('wide open');
  });

  it('refuses fields without a picture, and fields that keep their value', async () => {
    const alone = await run('replay', 'out/attacks/DOOR-PICKED.json', '--fields', 'open');
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain('UW304');
    const still = await run(
      'replay',
      'out/attacks/DOOR-PICKED.json',
      '--svg',
      'no.svg',
      '--fields',
      'alarm.on',
    );
    expect(still.code).toBe(2);
    expect(still.stderr).toContain('UW356 a field that is to be drawn does not change: alarm.on');
  });
});
