import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli([...args, '--config', configAt('door')], { cwd: place.path });

const GUIDE = fileURLToPath(new URL('../../../docs/guide.md', import.meta.url));

describe('the guide', () => {
  it.each(['explain --attack H-DEFER', 'attacks H-DEFER'])('shows what is printed by %s', async (command) => {
    const guide = readFileSync(GUIDE, 'utf8');
    const at = guide.indexOf(`$ npx underwatch ${command}\n`);
    const shown = guide.slice(guide.indexOf('\n', at) + 1, guide.indexOf('```', at));
    expect(shown).toContain('H-DEFER  ');
    const { code, stdout } = await runCli(command.split(' '), { cwd: place.path });
    expect(stdout.startsWith(shown)).toBe(true);
    expect(code).toBe(0);
  });
});

describe.concurrent('underwatch attacks', () => {
  it('tells the different attacks, the weakest adversaries, and without what none is left', async () => {
    const { code, stdout } = await run('attacks', 'DOOR-PICKED', '--output', 'found/ways');
    expect(stdout).toBe(`DOOR-PICKED  a lock that is not of steel is picked
  1 different attack, all there are (3 searches)
    2 steps    does pick, push
    no attack  without doing pick; or push: every state searched
  1 weakest adversary, all there are (3 searches)
    2 steps    can pick, hands
    no attack  without pick; or hands: every state searched
`);
    expect(code).toBe(0);
    const files = ['DOOR-PICKED-actions-1.json', 'DOOR-PICKED-capabilities-1.json'];
    expect(readdirSync(join(place.path, 'found/ways')).toSorted()).toEqual(files);
    expect((await run('replay', 'found/ways/DOOR-PICKED-actions-1.json')).code).toBe(0);
  });

  it('says that a limit left more open, and ends with 1', async () => {
    const { code, stdout } = await run('attacks', 'DOOR-PICKED', '--max-searches', '1', '--by', 'actions');
    expect(stdout).toContain('1 different attack, at least: a limit ended it (1 search)\n');
    expect(code).toBe(1);
  });

  it('tells the same as data', async () => {
    const { stdout } = await run('attacks', 'DOOR-PICKED', '--json', '--by', 'capabilities');
    expect(JSON.parse(stdout)).toMatchObject({
      attacks: [
        {
          claim: 'DOOR-PICKED',
          found: [{ by: 'capabilities', complete: true, cuts: [['pick'], ['hands']] }],
        },
      ],
    });
  });

  it('needs a claim with an attack', async () => {
    const { code, stdout, stderr } = await run('attacks', 'DOOR-STEEL');
    expect(stderr).toContain('UW392');
    expect([code, stdout]).toEqual([2, '']);
  });
});
