import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonText } from '../../report/document.ts';
import { reportSchema } from '../../report/schema/schema.ts';
import type { AttackFile } from '../../report/attack-file.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli([...args, '--config', configAt('door')], { cwd: place.path });

const PICKED = 'out/attacks/DOOR-PICKED.json';
const read = (path: string): AttackFile =>
  JSON.parse(readFileSync(join(place.path, path), 'utf8')) as AttackFile;
const reportIn = (folder: string): ReturnType<typeof reportSchema.parse> =>
  reportSchema.parse(JSON.parse(readFileSync(join(place.path, folder, 'report.json'), 'utf8')));
/** Writes a changed copy of the attack on the picked lock into a folder. */
const put = (path: string, change: Partial<AttackFile>): string => {
  place.write(path, jsonText({ ...read(PICKED), ...change }));
  return path;
};
const pick = { action: 'pick', choice: {} };
const push = { action: 'push', choice: {} };
const ring = { action: 'ring', choice: {} };

beforeAll(async () => {
  await run('verify', '--out', 'out');
}, 60_000);

describe.concurrent('underwatch corpus', () => {
  it('keeps the attacks of a run, each under the name of its claim, and leaves them as they are', async () => {
    const { code, stdout } = await run('corpus', 'add', 'out/attacks', '--corpus', 'all');
    expect([code, stdout]).toEqual([
      0,
      [
        'added    all/DOOR-OPEN.json  DOOR-OPEN: 1 step, shortest',
        'added    all/DOOR-PICKED.json  DOOR-PICKED: 2 steps, shortest',
        '2 attacks: 2 written, 0 kept as they were',
        '',
      ].join('\n'),
    ]);
    const again = await run('corpus', 'add', 'out/attacks', '--corpus', 'all');
    expect(again.stdout).toBe('2 attacks: 0 written, 2 kept as they were\n');
    expect(read('all/DOOR-PICKED.json')).toEqual(read(PICKED));
    const checked = await run('corpus', 'check', '--corpus', 'all');
    expect([checked.code, checked.stdout]).toEqual([0, '2 kept attacks: all work\n']);
  });

  it('makes an attack smaller that is not known to be shortest, and says what a search says of it', async () => {
    const long = put('long.json', { shortest: false, steps: [pick, push, ring] });
    const { stdout } = await run('corpus', 'add', long, '--corpus', 'small', '--name', 'by-hand');
    expect(stdout).toContain('added    small/by-hand.json  DOOR-PICKED: 2 steps, shortest\n');
    const shallow = await run('corpus', 'add', long, '--corpus', 'shallow', '--max-states', '1');
    expect(shallow.stdout).toContain('added    shallow/DOOR-PICKED.json  DOOR-PICKED: 2 steps\n');
    expect(read('shallow/DOOR-PICKED.json').shortest).toBe(false);
    const better = await run('corpus', 'add', PICKED, '--corpus', 'shallow');
    expect(better.stdout).toContain(
      'shorter  shallow/DOOR-PICKED.json  DOOR-PICKED: 2 → 2 steps, shortest\n',
    );
  });

  it('refuses an attack that does not work, and puts one that works in its place', async () => {
    const dead = put('dead.json', { scenario: { ...read(PICKED).scenario, without: [] } });
    const { code, stderr } = await run('corpus', 'add', dead, '--corpus', 'none');
    expect([code, stderr.slice(0, 5)]).toEqual([2, 'UW396']);
    expect(readdirSync(place.path)).not.toContain('none');
    put('renewed/DOOR-PICKED.json', { scenario: { ...read(PICKED).scenario, without: [] } });
    const renewed = await run('corpus', 'add', PICKED, '--corpus', 'renewed');
    expect(renewed.stdout).toContain('renewed  renewed/DOOR-PICKED.json  DOOR-PICKED: 2 steps, shortest;');
    expect(read('renewed/DOOR-PICKED.json')).toEqual(read(PICKED));
  });

  it.each([
    ['check', 'x.json'],
    ['add'],
    ['add', 'x.json', 'y.json', '--name', 'one'],
    ['check', '--corpus', 'nowhere'],
  ])('refuses %s %s', async (...args) => {
    const { code, stderr } = await run('corpus', ...args);
    expect([code, /^UW30[14]/.test(stderr)]).toEqual([2, true]);
  });
});

describe.concurrent('verify with a corpus', () => {
  it('replays it first, and says that all work', async () => {
    put('fine/DOOR-PICKED.json', {});
    const { code, stdout, stderr } = await run('verify', '--corpus', 'fine', '--out', 'v-fine');
    expect([code, stderr.includes('before the search')]).toEqual([0, false]);
    expect(stdout).toContain('1 kept attack replayed before the search: all work\n');
    expect(reportIn('v-fine').corpus).toEqual([
      { file: 'fine/DOOR-PICKED.json', claim: 'DOOR-PICKED', length: 2, outcome: 'works' },
    ]);
    expect(readFileSync(join(place.path, 'v-fine/report.md'), 'utf8')).toContain(
      '1 kept attack replayed before the search: all work.',
    );
  });

  it('fails a run that lost an attack although every verdict is as expected', async () => {
    const scenario = { ...read(PICKED).scenario, without: [] };
    put('lost/DOOR-PICKED.json', { scenario });
    put('lost/GONE.json', { claim: 'GONE', invariant: 'unnoticed' });
    const { code, stdout, stderr } = await run('verify', '--corpus', 'lost', '--out', 'v-lost');
    expect(code).toBe(1);
    const [first] = stderr.split('\n');
    expect(first).toBe(
      'before the search: of 2 kept attacks, lost/DOOR-PICKED.json and 1 other do not work any more',
    );
    expect(stdout).toContain('7 claims: all as expected');
    expect(stdout).toContain('Kept attacks that do not work any more\n');
    expect(stdout).toContain('GONE, 2 steps: it runs, but no longer breaks unnoticed\n');
    expect(reportIn('v-lost').corpus?.map(({ outcome }) => outcome)).toEqual(['refused', 'harmless']);
    expect((await run('corpus', 'check', '--corpus', 'lost')).code).toBe(1);
    const one = await run('verify', 'DOOR-OPEN', '--corpus', 'lost', '--out', 'v-one');
    expect([one.code, reportIn('v-one').corpus]).toEqual([0, []]);
  });

  it('says where the run found a shorter attack', async () => {
    put('long/DOOR-PICKED.json', { shortest: false, steps: [pick, push, ring] });
    const { code, stdout } = await run('verify', '--corpus', 'long', '--out', 'v-long');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'shorter than kept: DOOR-PICKED (3 → 2); npx underwatch corpus add v-long/attacks keeps these\n',
    );
  });

  it('breaks by a kept attack what a limit left open, and says nothing of its length', async () => {
    put('open/DOOR-PICKED.json', {});
    const limited = ['verify', 'DOOR-PICKED', '--max-states', '1'];
    const without = await run(...limited, '--corpus', 'no-corpus', '--out', 'v-without');
    expect(without.code).toBe(1);
    const { code } = await run(...limited, '--corpus', 'open', '--out', 'v-open');
    const [claim] = reportIn('v-open').claims;
    expect([code, claim?.verdict, claim?.complete, claim?.attack?.shortest]).toEqual([
      0,
      'violated',
      false,
      false,
    ]);
    const shallow = await run(
      'verify',
      'DOOR-PICKED',
      '--max-depth',
      '1',
      '--corpus',
      'open',
      '--out',
      'v-depth',
    );
    expect([shallow.code, reportIn('v-depth').claims[0]?.verdict]).toEqual([1, 'unresolved']);
  });

  it('gives the same report by shards', async () => {
    put('parts/DOOR-PICKED.json', {});
    put('parts/GONE.json', { claim: 'GONE' });
    for (const index of [1, 2])
      await run('verify', '--corpus', 'parts', '--shard', `${index}/2`, '--out', `part-${index}`);
    const files = [1, 2].map((index) => `part-${index}/report.json`);
    await runCli(['merge', ...files, '--out', 'merged'], { cwd: place.path });
    await run('verify', '--corpus', 'parts', '--out', 'whole');
    expect(reportIn('merged').corpus).toEqual(reportIn('whole').corpus);
    expect(reportIn('whole').corpus).toHaveLength(2);
  });

  it('takes the attacks that stand beside its configuration, and none of another one', async () => {
    put('two/properties/corpus/GONE.json', { claim: 'GONE', model: 'of-another' });
    place.write('two/own/own.config.ts', `export { default } from ${JSON.stringify(configAt('door'))};\n`);
    const there = (...args: readonly string[]): Promise<Ended> =>
      runCli(args, { cwd: join(place.path, 'two') });
    const config = ['--config', 'own/own.config.ts'];
    const without = await there('verify', ...config, '--out', 'v-none');
    expect([without.code, reportIn('two/v-none').corpus]).toEqual([0, undefined]);
    const added = await there('corpus', 'add', '../out/attacks', ...config);
    expect(added.stdout).toContain('added    own/properties/corpus/DOOR-PICKED.json');
    expect((await there('corpus', 'check', ...config)).stdout).toBe('2 kept attacks: all work\n');
    const beside = await there('verify', ...config, '--out', 'v-beside');
    expect([beside.code, reportIn('two/v-beside').corpus?.map(({ file }) => file)]).toEqual([
      0,
      ['own/properties/corpus/DOOR-OPEN.json', 'own/properties/corpus/DOOR-PICKED.json'],
    ]);
  });

  it('refuses a file that is no attack', async () => {
    place.write('broken/DOOR-PICKED.json', '{}');
    const { code, stderr } = await run('verify', '--corpus', 'broken', '--out', 'v-broken');
    expect([code, stderr.slice(0, 5)]).toEqual([2, 'UW501']);
  });
});

it('writes a test that runs by itself, and says what is so now', async () => {
  const written = await run('replay', PICKED, '--as-test', 'picked.test.ts');
  expect(written.code).toBe(0);
  const text = readFileSync(join(place.path, 'picked.test.ts'), 'utf8');
  expect(text).toContain("test('DOOR-PICKED: 2 steps break shut', () => {\n  expect(works()).toBe(true);");
  expect(text).toContain('    // 2. burglar pushes the door\n    { action: ');
  const dead = put('stopped.json', { scenario: { ...read(PICKED).scenario, without: [] } });
  expect((await run('replay', dead, '--as-test', 'stopped.test.ts')).code).toBe(1);
  expect(readFileSync(join(place.path, 'stopped.test.ts'), 'utf8')).toContain(
    "test('DOOR-PICKED: 2 steps no longer break shut', () => {\n  expect(works()).toBe(false);",
  );
});
