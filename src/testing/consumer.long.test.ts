import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsumer, toolPath, type ConsumerProject } from './consumer-project.ts';
import { projectRoot } from './tidy/files.ts';

/** The example that the consumer has as a model of its own. */
const AIRLOCK = join(projectRoot, 'examples/01-airlock');

const BIN = 'node_modules/underwatch/dist/bin.js';

describe('a project that installs the package', () => {
  let consumer: ConsumerProject;

  beforeAll(() => {
    consumer = createConsumer(new URL('consumer/', import.meta.url), ['vitest', '@types/node']);
    for (const name of readdirSync(AIRLOCK).filter((file) => file.endsWith('.ts')))
      cpSync(join(AIRLOCK, name), join(consumer.folder, name));
  }, 120_000);
  afterAll(() => consumer?.remove());

  it('gets what it needs and no tests', () => {
    const files = readdirSync(consumer.installed, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE']));
    expect(files.filter((path) => /\.test\.|testing|bench|tsbuildinfo|node_modules/.test(path))).toEqual([
      'examples/start/claims.test.ts',
    ]);
    expect(existsSync(join(consumer.folder, BIN))).toBe(true);
  });

  it('finds the types and the code of every entry', () => {
    const attw = consumer.node(
      toolPath('@arethetypeswrong/cli', 'dist/index.js'),
      consumer.tarball,
      '--profile',
      'esm-only',
    );
    expect(attw).toMatchObject({ exitCode: 0 });
    const publint = consumer.node(
      toolPath('publint', 'src/cli.js'),
      consumer.installed,
      '--strict',
      '--pack',
      'false',
    );
    expect(publint).toMatchObject({ exitCode: 0 });
  });

  it('type-checks its own model, claims and configuration', () => {
    const tsc = consumer.node(toolPath('typescript', 'bin/tsc'), '-p', '.');
    expect(tsc).toEqual({ exitCode: 0, output: '' });
  });

  it('runs its claims from the command line', () => {
    const verify = consumer.node(BIN, 'verify', '--json');
    expect(verify.exitCode, verify.output).toBe(0);
  });

  it('runs its claims as tests', () => {
    const vitest = consumer.node('node_modules/vitest/vitest.mjs', 'run');
    expect(vitest.output).toMatch(/Tests +3 passed \(3\)/);
    expect(vitest.exitCode).toBe(0);
  });

  it('replays an attack that its tests found, where its configuration has the model', () => {
    const { output } = consumer.node(
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=underwatch/reporter',
    );
    const [, path = 'none'] =
      /◆ \S+ +npx underwatch replay (reports\/latest\/vitest\/\S+)/.exec(output) ?? [];
    const replayed = consumer.node(BIN, 'replay', path);
    expect(replayed.output).toContain('as recorded');
    expect(replayed.exitCode, output).toBe(0);
  }, 60_000);

  describe('a search that an earlier run of the tests made', () => {
    const again = (): string => {
      const config = ['--config', 'cached/vitest.config.ts'];
      const ended = consumer.node('node_modules/vitest/vitest.mjs', 'run', ...config);
      expect(ended.exitCode, ended.output).toBe(0);
      return ended.output;
    };
    const table = (): string => join(consumer.folder, 'cached/table.ts');

    it('is taken over, and told by the reporter with the command that replays each attack', () => {
      expect(again()).toMatch(/◆ lock {2}1 known attack, 1 proved {2}117,649 states\n/);
      const output = again();
      expect(output).toMatch(/underwatch {2}2 claims: 1 known attack, 1 proved\n/);
      expect(output).toMatch(/◆ lock .* {2}117,649 states, 2 of 2 found by an earlier run\n/);
      expect(output).toMatch(/◆ OPENS {2}npx vitest run cached\/claims\.ts -t 'OPENS: '\n/);
    }, 120_000);

    it('is made again once a file changes that the model comes from, and where its entry is damaged', () => {
      writeFileSync(table(), readFileSync(table(), 'utf8').replace('turn = 1', 'turn = 8'));
      expect(again()).not.toContain('earlier run');
      expect(again()).toContain('2 of 2 found by an earlier run');
      const cache = join(consumer.folder, 'node_modules/.cache/underwatch');
      for (const name of readdirSync(cache)) writeFileSync(join(cache, name), 'nothing');
      expect(again()).not.toContain('earlier run');
    }, 120_000);
  });

  describe('where claims fail', () => {
    let output: string;
    const lineOf = (file: string, text: string): number =>
      readFileSync(join(consumer.folder, 'failing', file), 'utf8')
        .split('\n')
        .findIndex((line) => line.includes(text)) + 1;
    /** Returns the annotation that GitHub shows of the claim `id`: the file, the line, and the text. */
    const annotationOf = (id: string): { readonly at: string; readonly text: string } => {
      const [, file, line, text] =
        new RegExp(
          String.raw`^::error file=([^,]*),title=[^,]*> ${id}%3A[^,]*,line=(\d+),column=\d+::(.*)$`,
          'm',
        ).exec(output) ?? [];
      return { at: `${basename(file ?? 'none')}:${line}`, text: decodeURIComponent(text ?? '') };
    };

    beforeAll(() => {
      const reporters = ['github-actions', 'verbose', 'underwatch/reporter'].map(
        (name) => `--reporter=${name}`,
      );
      const config = ['--config', 'failing/vitest.config.ts'];
      const ended = consumer.node('node_modules/vitest/vitest.mjs', 'run', ...config, ...reporters);
      expect(ended.exitCode, ended.output).toBe(1);
      ({ output } = ended);
    }, 120_000);

    it('fails those claims and no others, a slow one included, and shows no comparison of truth values', () => {
      expect(output).toMatch(/Tests +5 failed \| 3 passed \(8\)/);
      for (const id of ['HUGE-ATTACK', 'FINE', 'BESIDE']) expect(output).toMatch(new RegExp(`✓ .*> ${id}: `));
      for (const id of ['HUGE', 'WRONG', 'THROWS', 'RETURNS'])
        expect(output).toMatch(new RegExp(`× .*> ${id}: `));
      expect(output).not.toMatch(/expected (true|false) to be/);
    });

    it('names the claim, its line, and what to do about a claim that takes too long', () => {
      const { at, text } = annotationOf('HUGE');
      expect(at).toBe(`counters.ts:${lineOf('counters.ts', 'HUGE: {')}`);
      expect(text).toMatch(/^Fault: UW341 a claim was not decided in time: suite mixed, claim HUGE\n/);
      expect(text).toMatch(
        /expected {2}a verdict \(holds\) within 1,500 ms\n {2}got {7}none after [\d,]+ states\n/,
      );
      expect(text).toContain('timeoutMs');
    });

    it('tells the attack on a claim that does not hold, at its line', () => {
      const { at, text } = annotationOf('WRONG');
      expect(at).toBe(`counters.ts:${lineOf('counters.ts', 'WRONG: {')}`);
      expect(text).toMatch(
        /^Unexpected: WRONG is not as expected: violated in 5 steps, shortest after 4\d states\n/,
      );
      expect(text).toContain('\n   5  someone     turns a digit (digit 1)\n');
    });

    it('ends with the attack as a story and what replays it, in the reporter as well', () => {
      const story = [
        '   5  someone     turns a digit (digit 1)',
        '  breaks  apart: Never three and two.',
        '  scope   the model as it is',
        "  replay  npx vitest run failing/claims.ts -t 'WRONG: '",
      ].join('\n');
      expect(annotationOf('WRONG').text).toContain(story);
      expect(output).toMatch(/^✗ NEW attack {2}WRONG {2}5 steps, no shorter one exists\n {2}expected /m);
      expect(output.split(story).length).toBeGreaterThan(2);
      expect(output).toMatch(/^ {2}! mixed {2}1 fault, 1 NEW attack, 1 unresolved, /m);
    });

    it('tells what a model threw, in which line and state, and where the claim is', () => {
      const { at, text } = annotationOf('THROWS');
      expect(at).toBe(`counters.ts:${lineOf('counters.ts', 'THROWS: {')}`);
      const thrownAt = `counters.ts:${lineOf('counters.ts', 'names[digits.length]')}`;
      expect(text).toMatch(/^Fault: UW106 an action or invariant threw: model counters, invariant throws\n/);
      expect(text).toContain(
        `got       TypeError: Cannot read properties of undefined (reading 'odd'), at failing/${thrownAt}:`,
      );
      expect(text).toContain('(this is {"digits":[6,6,6]})');
      expect(text).toMatch(new RegExp(String.raw`Caused by: TypeError: [^\n]*\n ❯ [^\n]*${thrownAt}:`));
    });

    it('has a fault of its own for a recipe that returns, from suites and matchers', () => {
      const { at, text } = annotationOf('RETURNS');
      expect(at).toBe(`claims.ts:${lineOf('claims.ts', 'RETURNS: {')}`);
      expect(text).toMatch(/^Fault: UW125 a recipe returned something: model light, action turn, then\n/);
      expect(text).toContain('put braces around its body');
      const matcher = lineOf('claims.ts', ".toUphold('off')");
      expect(output).toMatch(
        new RegExp(
          String.raw`::error [^\n]*a matcher that meets a fault,line=${matcher},column=\d+::Fault: UW125 `,
        ),
      );
    });

    it('shows what a name would do to a terminal instead of doing it', () => {
      expect(output).toContain(String.raw`claims of all kinds, 100 %s \u001b[31m of them\nnamed`);
    });
  });
});
