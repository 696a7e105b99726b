import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { reportSchema } from '../report/schema/schema.ts';
import { createWorkplace } from '../testing/workplace.ts';
import { OUT } from './options/defaults.ts';
import { HOSTILE } from './testing/hostile.config.ts';
import { configAt, runCli, type Ended } from './testing/run-cli.ts';

const workplace = createWorkplace();
afterAll(() => workplace.remove());

const run = (args: readonly string[], env: { readonly [name: string]: string } = {}): Promise<Ended> =>
  runCli([...args, '--config', configAt('hostile')], { cwd: workplace.path, env });

/**
 * Expects nothing that acts on a terminal but the ends of lines, and no line that a text of somebody else's
 * begins.
 */
const expectHarmless = (text: string): void => {
  expect(text.replaceAll('\n', '')).not.toMatch(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufffd]/u,
  );
  expect(text).not.toMatch(/^\s*FORGED/m);
};

describe('strings of a model that act on a terminal', () => {
  test.each<readonly [string, readonly string[], number]>([
    ['verify', ['verify'], 1],
    ['verify --verbose', ['verify', '--verbose'], 1],
    ['verify --engine random', ['verify', '--engine', 'random', '--runs', '50'], 1],
    ['list', ['list'], 0],
    ['list --json', ['list', '--json'], 0],
    ['explain', ['explain', 'hostile'], 0],
    ['explain --space', ['explain', '--space', 'hostile'], 0],
    ['explain a claim', ['explain', 'SAID'], 0],
    ['export dot', ['export', 'hostile', '--format', 'dot'], 0],
    ['export aut', ['export', 'hostile', '--format', 'aut'], 0],
    ['export promela', ['export', 'hostile', '--format', 'promela'], 0],
    ['export murphi', ['export', 'hostile', '--format', 'murphi'], 0],
  ])('are shown by %s', async (_what, args, code) => {
    const ended = await run(args);
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stdout).toMatch(/\\u001b/);
    expectHarmless(ended.stdout);
    expectHarmless(ended.stderr);
  });

  test('are in the JSON as they are, of a text that does nothing', async () => {
    const { stdout } = await run(['verify', '--json']);
    expectHarmless(stdout);
    const [claim] = reportSchema.parse(JSON.parse(stdout)).claims;
    expect(claim?.says).toBe(HOSTILE);
    expect(Object.values(claim?.attack?.steps[0]?.choices ?? {})).toEqual([HOSTILE]);
    for (const file of ['report.json', 'report.md', 'attacks/SAID.json'])
      expectHarmless(readFileSync(join(workplace.path, OUT.verify, file), 'utf8'));
    const replayed = await run(['replay', join(OUT.verify, 'attacks', 'SAID.json')]);
    expect(replayed.code, replayed.stderr).toBe(0);
    expectHarmless(replayed.stdout);
  });

  test('are shown in a fault', async () => {
    const { code, stdout, stderr } = await run(['verify'], { HOSTILE_THROWS: '1' });
    expect(code).toBe(2);
    expect(stdout).toContain('UW106');
    expectHarmless(stdout);
    expectHarmless(stderr);
  });

  test('leave the colours that are ours', async () => {
    const { stdout } = await run(['verify'], { FORCE_COLOR: '1' });
    expect(stdout).toContain('\u001b[');
    // oxlint-disable-next-line no-control-regex -- colours
    expectHarmless(stdout.replaceAll(/\u001b\[\d{1,2}m/g, ''));
  });

  test.each<readonly [string, readonly string[]]>([
    ['an option', ['verify', '--x\u001b[2J\nFORGED']],
    ['a claim', ['verify', '--claim', 'x\u001b[2J\nFORGED']],
    ['a number', ['verify', '--seed', '\u001b[2J\nFORGED']],
    ['a command', ['x\u001b[2J\nFORGED']],
    ['a file', ['replay', 'x\u001b[2J\nFORGED.json']],
    ['a folder of logs', ['audit', 'x\u001b[2J\nFORGED']],
    ['an engine', ['verify', '--engine', '\u202eFORGED\u001b']],
  ])('of %s in the arguments are shown', async (_what, args) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).toMatch(/\\u001b/);
    expectHarmless(stdout);
    expectHarmless(stderr);
  });
});
