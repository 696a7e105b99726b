import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from './tidy/files.ts';
import { createWorkplace } from './workplace.ts';

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.array(
      z.object({
        name: z.string(),
        if: z.string().optional(),
        shell: z.literal('bash').optional(),
        env: z.record(z.string(), z.string()).optional(),
        run: z.string().optional(),
      }),
    ),
  }),
});

const action = actionSchema.parse(parse(readFileSync(join(projectRoot, 'action.yml'), 'utf8')));
const { write, path: folder, remove } = createWorkplace();
afterAll(remove);

const inFolder = (...path: readonly string[]): string => join(folder, ...path);

/** A project with the built package, and the command where npx looks for it. */
beforeAll(() => {
  cpSync(join(projectRoot, 'examples/00-one-file/underwatch.config.ts'), inFolder('underwatch.config.ts'));
  write('package.json', '{ "private": true, "type": "module" }');
  mkdirSync(inFolder('node_modules/.bin'), { recursive: true });
  symlinkSync(projectRoot, inFolder('node_modules/underwatch'));
  symlinkSync(join(projectRoot, 'dist/bin.js'), inFolder('node_modules/.bin/underwatch'));
});

/** The end of a step; `undefined` for one whose turn did not come. */
interface Ended {
  readonly code: number | null | undefined;
  readonly output: string;
}

/**
 * Runs what the action runs itself, as the runner does: bash stops at the first error, and later steps only
 * always run.
 */
const act = (given: { readonly [input: string]: string } = {}): { readonly [step: string]: Ended } => {
  for (const name of ['output', 'summary']) writeFileSync(inFolder(name), '');
  const ended: { [step: string]: Ended } = {};
  let failed = false;
  const valueOf = (expression: string): string => {
    const input = /^inputs\.(.+)$/.exec(expression)?.[1];
    if (input !== undefined) return given[input] ?? action.inputs[input]!.default;
    expect(expression).toBe('steps.verify.outputs.code');
    return /^code=(.*)$/m.exec(readFileSync(inFolder('output'), 'utf8'))?.[1] ?? '';
  };
  for (const step of action.runs.steps) {
    if (step.run === undefined || step.name === 'comment') continue;
    if (failed && step.if !== 'always()') {
      ended[step.name] = { code: undefined, output: '' };
      continue;
    }
    const env = Object.entries(step.env ?? {}).map(([name, text]) => [
      name,
      text.replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => valueOf(expression)),
    ]);
    const files = { GITHUB_OUTPUT: inFolder('output'), GITHUB_STEP_SUMMARY: inFolder('summary') };
    const { status, stderr, stdout } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', write('step.sh', step.run)],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, ...files, ...Object.fromEntries(env) } },
    );
    ended[step.name] = { code: status, output: stdout + stderr };
    failed ||= status !== 0;
  }
  return ended;
};

const RESULTS = 'annotations, summary and SARIF';
const codesOf = (ended: ReturnType<typeof act>): readonly unknown[] =>
  ['verify', RESULTS, 'result'].map((name) => ended[name]?.code);

describe('the action', () => {
  test('ends well where all is as expected, and leaves a summary, a page and SARIF', () => {
    const ended = act();
    expect(codesOf(ended)).toEqual([0, 0, 0]);
    expect(readFileSync(inFolder('summary'), 'utf8')).toContain('2 claims');
    expect(existsSync(inFolder('reports/latest/verify/index.html'))).toBe(true);
    const sarif = readFileSync(inFolder('reports/latest/verify/underwatch.sarif'), 'utf8');
    expect(JSON.parse(sarif)).toMatchObject({ version: '2.1.0' });
  });

  test('decides what it is told to: the words of `arguments`, and a shard', () => {
    expect(codesOf(act({ arguments: 'LOCKED --max-states 10', folder: 'one' }))).toEqual([0, 0, 0]);
    expect(readFileSync(inFolder('summary'), 'utf8')).toContain('1 claim');
    expect(codesOf(act({ shard: '1/2', folder: 'half' }))).toEqual([0, 0, 0]);
    expect(readFileSync(inFolder('summary'), 'utf8')).toContain('1 claim');
  });

  test('says of each alert whether it is new since a baseline', () => {
    const baseline = 'reports/latest/verify/report.json';
    expect(codesOf(act({ baseline, folder: 'since' }))).toEqual([0, 0, 0]);
    const sarif = readFileSync(inFolder('since/underwatch.sarif'), 'utf8');
    expect(sarif.match(/"baselineState": "\w+"/g)).toEqual(['"baselineState": "unchanged"']);
  });

  test('fails where a claim is not as expected, after it has told so', () => {
    const ended = act({ arguments: 'LOCKED --max-states 1', folder: 'limited' });
    expect(codesOf(ended)).toEqual([0, 0, 1]);
    expect(ended[RESULTS]!.output).toMatch(/^::error .*LOCKED/m);
  });

  test('passes an error of usage on', () => {
    const ended = act({ arguments: 'NO-SUCH-CLAIM', folder: 'nothing' });
    expect(codesOf(ended)).toEqual([0, 0, 2]);
    expect(ended['verify']!.output).toContain('NO-SUCH-CLAIM');
    expect(existsSync(inFolder('nothing'))).toBe(false);
  });

  test.each(['$(touch pwned)', '" && touch pwned #'])('takes no input for a command: %s', (text) => {
    for (const input of ['arguments', 'shard', 'folder']) act({ [input]: text });
    expect(existsSync(inFolder('pwned'))).toBe(false);
  });
});
