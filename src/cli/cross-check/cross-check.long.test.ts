import { afterAll, describe, expect, it } from 'vitest';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['cross-check', ...args], { cwd: place.path });
const door = ['--config', configAt('door')];

describe.concurrent('underwatch cross-check', () => {
  it('says what every engine counted and what all of them found', async () => {
    const { code, stdout, stderr } = await run('--claim', 'DOOR-PICKED', ...door);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /\n {2}exhaustive +4 +3 +3 {2}all {2}every state, by what was learned of the model\n/,
    );
    expect(stdout).toMatch(/\n {2}plain +4 +3 +3 {2}all {2}every state, with immer and a Set\n/);
    expect(stdout).toMatch(
      / {2}shut +violated in \d steps +also by plain, random, threads, fused, fingerprints, symbolic, partial-order/,
    );
    expect(stdout).toContain('Not run, for the model has nothing for it: symmetry');
    expect(stdout).toMatch(/\d engines agree\.\n$/);
    expect(code).toBe(0);
  });

  it('takes a model and a scenario, and prints one document', async () => {
    const { code, stdout } = await run('door', '--no-capability', '--json', ...door);
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'door',
      scenario: { without: [], capabilities: [], parameters: {} },
      engines: expect.arrayContaining([
        expect.objectContaining({ id: 'exhaustive', states: 1, transitions: 0, depth: 0, complete: true }),
      ]),
      idle: expect.arrayContaining(['symmetry']),
      disagreements: [],
    });
    expect(code).toBe(0);
  });

  it('looks no deeper than it is allowed to', async () => {
    const { code, stdout } = await run(
      'chipset',
      '--max-states',
      '300',
      '--plain-states',
      '50',
      '--runs',
      '5',
    );
    expect(stdout).toMatch(/ {2}exhaustive .* to depth \d/);
    expect(code).toBe(0);
  });

  it('ends with 3 and says how to see it again when two engines disagree', async () => {
    const { code, stdout, stderr } = await run('split', '--runs', '5', '--config', configAt('split'));
    expect(stdout).toMatch(/\d disagreements of \d engines\.\n$/);
    expect(stderr).toContain(
      'UW701 two engines disagree: model split, states\n  expected  601 (exhaustive)\n  got       600 (threads)\n',
    );
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      'npx underwatch cross-check split --max-states 200000 --plain-states 20000 --runs 5 --seed 1 --config ',
    );
    expect(code).toBe(3);
  });

  it.each([
    [['window'], 'UW603'],
    [['door', '--runs', '0'], 'UW201'],
    [['door', '--seed', 'x'], 'UW304'],
    [['door', '--claim', 'DOOR-OPEN'], 'UW304'],
  ])('refuses %j', async (args, fault) => {
    const { code, stdout, stderr } = await run(...args, ...door);
    expect(stderr).toContain(fault);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('explains itself', async () => {
    const { code, stdout } = await run('--help');
    expect(stdout).toContain('Examples:\n  underwatch cross-check ');
    expect(code).toBe(0);
  });
});
