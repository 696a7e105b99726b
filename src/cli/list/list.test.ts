import { afterAll, describe, expect, it } from 'vitest';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: place.path });

describe.concurrent('underwatch list', () => {
  it('lists suites with their claims, and models with their parts', async () => {
    const { code, stdout } = await run('list', '--config', configAt('door'));
    expect(code).toBe(0);
    expect(stdout).toContain('door  what a burglar can do\n  DOOR-OPEN    violated in 1  door  shut\n');
    expect(stdout).toContain('  defences\n    steel  the lock cannot be picked\n');
    expect(stdout).toContain('boards that `audit` reads');
  });

  it.each([
    [['door'], ['DOOR-OPEN', 'DOOR-QUIET', '  defences\n']],
    [['DOOR-OPEN'], ['DOOR-OPEN ']],
    [
      ['DOOR-O*', 'door-q?iet'],
      ['DOOR-OPEN ', 'DOOR-OPENS ', 'DOOR-QUIET '],
    ],
  ])('lists what %j means', async (names, parts) => {
    const { code, stdout, stderr } = await run('list', ...names, '--config', configAt('door'));
    expect(stderr).toBe('');
    for (const part of parts) expect(stdout).toContain(part);
    expect(stdout.includes('DOOR-STEEL')).toBe(names[0] === 'door');
    expect(stdout).not.toContain('boards that `audit` reads');
    expect(code).toBe(0);
  });

  it('finds the configuration of the folder that it runs in', async () => {
    place.write('underwatch.config.ts', `export { default } from '${configAt('door')}';`);
    const { stdout } = await run('list', '--json', '--models');
    expect(JSON.parse(stdout)).toMatchObject({
      models: [{ id: 'door', defences: { steel: expect.any(String) } }],
    });
  });

  it('uses what is built in for what a configuration leaves out', async () => {
    const { code, stdout } = await run(
      'list',
      '--json',
      '--config',
      place.write('bare.config.mjs', 'export default {};'),
    );
    expect(code).toBe(0);
    const { suites } = JSON.parse(stdout) as { readonly suites: readonly { readonly id: string }[] };
    expect(suites.length).toBeGreaterThan(0);
    expect(suites.map(({ id }) => id)).not.toContain('door');
  });
});

describe.concurrent('underwatch', () => {
  it.each([
    ['--help'],
    ['verify', '--help'],
    ['audit', '--help'],
    ['replay', '--help'],
    ['explain', '--help'],
    ['export', '--help'],
    ['list', '--help'],
  ])('explains %s %s with examples', async (...args) => {
    const { code, stdout } = await run(...args);
    expect(stdout).toContain('Examples:\n  underwatch ');
    expect(code).toBe(0);
  });

  it('exits with 2 and shows its commands when none is given', async () => {
    const { code, stderr } = await run();
    expect(stderr).toContain('Commands:');
    expect(code).toBe(2);
  });
});
