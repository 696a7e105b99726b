import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['defences', ...args, '--config', configAt('keep')], { cwd: place.path });

const GUIDE = fileURLToPath(new URL('../../../docs/guide.md', import.meta.url));

describe('the guide', () => {
  it('shows what is printed of H-DEFER', async () => {
    const [, command = '', shown = ''] =
      /```console\n\$ npx underwatch (defences [^\n]*)\n([^`]*)```/.exec(readFileSync(GUIDE, 'utf8')) ?? [];
    expect(command).toContain('H-DEFER');
    const { code, stdout } = await runCli(command.split(' '), { cwd: place.path });
    expect(stdout).toBe(shown);
    expect(code).toBe(0);
  });
});

describe.concurrent('underwatch defences', () => {
  it('says first what is the cheapest fix, and what does nothing', async () => {
    const { code, stdout } = await run('keep');
    expect(stdout).toBe(`keep  2 known attacks; defences added to those that each scenario has on
  cheapest fix  bar, moat (cost 2): stops all 2, every state searched
                of K-YARD it holds because what it speaks of never happens then
  alone         guard stops 1 of 2; lock stops 1 of 2
                bar, moat, lantern, sign: alone these stop none
  not enough    all but bar: K-YARD works; all but moat: K-YARD works
  essential     bar, moat: in every set that is enough
  useless       guard, lock, lantern, sign: in no set that is enough and minimal

  attack   steps  stopped by
  K-CROWN      3  guard, or lock, or bar with moat
  K-YARD       1  bar with moat
5 searches of all states; no set is taken to be enough because a smaller one is
left out, since no path shows them: K-BACK
`);
    expect(code).toBe(0);
  });

  it('counts sets from nothing, with costs', async () => {
    const { code, stdout } = await run('K-CROWN', '--from-nothing', '--cost', 'guard=3', '--cost', 'lock=4');
    expect(stdout).toContain('cheapest fix  bar, moat (cost 2): stops it');
    expect(stdout).toContain('also enough   guard (cost 3); lock (cost 4)');
    expect(code).toBe(0);
  });

  it('shows where an attack ends under each defence', async () => {
    const { stdout } = await run('K-CROWN', '--matrix');
    expect(stdout).toMatch(/alone on +1\n +bar +1!\n +moat +!\n +guard +3\n/);
    expect(stdout).toMatch(/alone off +1\n +bar +3\n/);
  });

  it('gives the same as data, and writes it into a file, whole or not at all', async () => {
    const file = join(place.path, 'defences.json');
    const [written, printed] = await Promise.all([
      run('K-CROWN', '--output', file),
      run('K-CROWN', '--json'),
    ]);
    expect(written.stdout).toContain('cheapest fix');
    expect(readFileSync(file, 'utf8')).toBe(printed.stdout);
    const { models } = JSON.parse(printed.stdout) as {
      readonly models: readonly { readonly together: { readonly sets: readonly object[] } }[];
    };
    expect(models[0]!.together.sets[0]).toEqual({
      defences: ['guard'],
      cost: 1,
      minimal: true,
      vacuousFor: [],
      without: [{ defence: 'guard', attack: { id: 'K-CROWN', known: 0 } }],
    });
    const refused = await run('K-CROWN', '--output', join(place.path, 'none', 'defences.json'));
    expect([refused.code, refused.stderr.includes('UW604')]).toEqual([2, true]);
  });

  it('names the attacks that it leaves out', async () => {
    const { stdout } = await run('keep');
    expect(stdout).toContain('left out, since no path shows them: K-BACK\n');
  });

  it.each([
    [['K-HELD'], 'UW410'],
    [['K-NONE'], 'UW305'],
    [['keep', '--cost', 'guard'], 'UW304'],
    [['keep', '--cost', 'wall=1'], 'UW413'],
    [['keep', '--max-states', '0'], 'UW201'],
  ] as const)('refuses %j with %s', async (args, fault) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr.includes(fault)]).toEqual([2, true]);
  });

  it('ends with 1 where a limit leaves a set open', async () => {
    const { code, stdout } = await run('K-CROWN', '--max-states', '2');
    expect(code).toBe(1);
    expect(stdout).toContain('perhaps not minimal');
    expect(stdout).toContain('undecided     K-CROWN: a limit ended a search\n');
    expect(stdout).not.toContain('stop none');
  });
});
