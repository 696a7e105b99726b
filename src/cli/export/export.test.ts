import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const config = ['--config', configAt('door')];
const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['export', ...args, ...config], { cwd: place.path });

/** The lines of a heading that say what was exported. */
const subjectIn = (text: string): readonly string[] =>
  ['defences off', 'capabilities', 'parameters', 'Reachable:'].map(
    (part) => text.split('\n').find((line) => line.includes(part)) ?? 'not there',
  );

describe.concurrent('underwatch export', () => {
  it('writes a model with every defence, every capability and its own parameters', async () => {
    const { code, stdout, stderr } = await run('door', '--format', 'murphi');
    expect(stderr).toBe('');
    expect(subjectIn(stdout)).toEqual([
      '--   defences off   none',
      '--   capabilities   hands, pick',
      '--   parameters     as the model has them',
      '-- Reachable: 3 states, 2 transitions, depth 2; 1 initial state.',
    ]);
    expect(stdout).toContain('\nrule "push"\n');
    expect(code).toBe(0);
  });

  it('takes the model and the scenario of a claim', async () => {
    const { code, stdout } = await run('--claim', 'DOOR-PICKED', '--format', 'promela');
    expect(subjectIn(stdout)).toEqual([
      ' *   defences off   steel',
      ' *   capabilities   hands, pick',
      ' *   parameters     {"lock":true}',
      ' * Reachable: 4 states, 3 transitions, depth 3; 1 initial state.',
    ]);
    expect(code).toBe(0);
  });

  it('takes defences, capabilities and parameters one by one', async () => {
    const options = ['--without', 'steel', '--capability', 'pick', '--set', 'lock=true', 'alarm=false'];
    const { code, stdout } = await run('door', '--format', 'dot', ...options);
    expect(subjectIn(stdout)).toEqual([
      '//   defences off   steel',
      '//   capabilities   pick',
      '//   parameters     {"alarm":false,"lock":true}',
      '// Reachable: 2 states, 1 transition, depth 1; 1 initial state.',
    ]);
    expect(code).toBe(0);
  });

  it('takes an adversary who can do nothing', async () => {
    const { code, stdout } = await run('door', '--format', 'dot', '--no-capability');
    expect(subjectIn(stdout)).toEqual([
      '//   defences off   none',
      '//   capabilities   none',
      '//   parameters     as the model has them',
      '// Reachable: 1 state, 0 transitions, depth 0; 1 initial state.',
    ]);
    expect(code).toBe(0);
  });

  it('says beside an AUT file what the file cannot say of itself', async () => {
    const { code, stdout, stderr } = await run('--claim', 'DOOR-PICKED', '--format', 'aut');
    expect(stdout).toBe('des (0, 3, 4)\n(0, "pick", 1)\n(1, "push", 2)\n(2, "ring", 3)\n');
    expect(subjectIn(stderr)[3]).toBe('Reachable: 4 states, 3 transitions, depth 3; 1 initial state.');
    expect(code).toBe(0);
  });

  it('writes into a file, and nothing but that file', async () => {
    const path = place.write('files/door.aut', 'an earlier one');
    const { code, stdout } = await run('door', '--format', 'aut', '--output', path);
    expect(stdout).toBe('');
    expect(readFileSync(path, 'utf8')).toBe('des (0, 2, 3)\n(0, "push", 1)\n(1, "ring", 2)\n');
    expect(readdirSync(join(place.path, 'files'))).toEqual(['door.aut']);
    expect(code).toBe(0);
  });

  it('writes what is just small enough', async () => {
    expect((await run('door', '--format', 'aut', '--max-states', '3')).code).toBe(0);
  });

  it('explains its formats', async () => {
    const { code, stdout } = await run('--help');
    expect(stdout).toContain('  promela   Promela, for Spin\n');
    expect(stdout).toContain('Examples:\n  underwatch export ');
    expect(code).toBe(0);
  });
});

interface Case {
  readonly what: string;
  readonly args: readonly string[];
  readonly says: readonly string[];
}

const aut = ['--format', 'aut'];
mkdirSync(join(place.path, 'a-folder'));

const cases: readonly Case[] = [
  { what: 'no format', args: ['door'], says: ['UW304', '--format'] },
  {
    what: 'a format that does not exist',
    args: ['door', '--format', 'smv'],
    says: ['UW304', 'promela, murphi'],
  },
  { what: 'no model', args: aut, says: ['UW603', 'one of door', 'none', 'put the model first'] },
  {
    what: 'a model that does not exist',
    args: ['window', ...aut],
    says: ['UW603', 'a model or a claim; nearest: model door', 'window'],
  },
  {
    what: 'a claim that does not exist',
    args: ['--claim', 'DOOR-OPNE', ...aut],
    says: ['UW305', 'DOOR-OPNE', 'DOOR-OPEN'],
  },
  {
    what: 'a model and a claim',
    args: ['door', '--claim', 'DOOR-OPEN', ...aut],
    says: ['UW304', 'door and --claim DOOR-OPEN'],
  },
  ...[['--without', 'steel'], ['--capability', 'pick'], ['--no-capability'], ['--set', 'lock=true']].map(
    (options) => ({
      what: `a claim and ${options.join(' ')}`,
      args: ['--claim', 'DOOR-OPEN', ...aut, ...options],
      says: ['UW304', `option ${options[0]?.replace('--no-', '--')}`, 'its own model and scenario'],
    }),
  ),
  {
    what: 'an unknown defence',
    args: ['door', ...aut, '--without', 'iron'],
    says: ['UW105', 'iron', 'steel'],
  },
  {
    what: 'an unknown capability',
    args: ['door', ...aut, '--capability', 'wings'],
    says: ['UW105', 'wings', 'hands'],
  },
  {
    what: 'an unknown parameter',
    args: ['door', ...aut, '--set', 'bolt=1'],
    says: ['UW105', 'bolt', 'lock'],
  },
  {
    what: 'a parameter of another kind',
    args: ['door', ...aut, '--set', 'lock=1'],
    says: ['UW105', 'parameter lock', 'a boolean'],
  },
  {
    what: 'a parameter without a value',
    args: ['door', ...aut, '--set', 'lock'],
    says: ['UW304', 'name=value'],
  },
  {
    what: 'a value that is no JSON',
    args: ['door', ...aut, '--set', 'lock=yes'],
    says: ['UW304', 'lock=yes'],
  },
  {
    what: 'a system that is too large',
    args: ['door', ...aut, '--max-states', '2'],
    says: ['UW601', 'at most 2 states', '--max-states'],
  },
  {
    what: 'a picture that is too large',
    args: ['door', '--format', 'dot', '--max-states', '2'],
    says: ['UW602', 'at most 2 states', 'as aut'],
  },
  {
    what: 'no memory',
    args: ['door', ...aut, '--memory-limit-mb', '0'],
    says: ['UW201', '--memory-limit-mb'],
  },
  {
    what: 'a limit of nothing',
    args: ['door', ...aut, '--max-states', '0'],
    says: ['UW201', '--max-states'],
  },
  {
    what: 'a file in a folder that is not there',
    args: ['door', ...aut, '--output', 'nowhere/door.aut'],
    says: ['UW604', 'nowhere/door.aut', 'ENOENT', '--output'],
  },
  {
    what: 'a folder in the place of the file',
    args: ['door', ...aut, '--output', 'a-folder'],
    says: ['UW604', 'a-folder', 'EISDIR'],
  },
];

describe.concurrent('an export that cannot be made gives a code, no text and no file', () => {
  it.each(cases)('$what', async ({ args, says }) => {
    const { code, stdout, stderr } = await run(...args);
    for (const words of says) expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
    expect(existsSync(join(place.path, 'nowhere'))).toBe(false);
    expect(readdirSync(place.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
