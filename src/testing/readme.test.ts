import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { projectFiles } from './tidy/files.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'dist/bin.js');
const BOARDS = join(ROOT, '../shared/platforms');
const PICTURE = join(ROOT, 'docs/pictures/h-defer.svg');
/**
 * The fields that the picture shows beside the steps: the modification, the gate, the latch, the mode of the
 * core.
 */
const FIELDS = 'kernel,chipset.ALT_GP_SMI_EN,chipset.ALT_GP_SMI_STS,cores.0.mode';

/**
 * Returns the parts of a document that are compared with files (`from`) and commands (`prints`, `prints-in` a
 * folder).
 */
const blocksIn = (path: string, kind: string): readonly { readonly about: string; readonly text: string }[] =>
  [
    ...readFileSync(join(ROOT, path), 'utf8').matchAll(
      /<!-- ([a-z-]+)(?: (\S+))? -->\n```\w+\n([\s\S]*?)```/g,
    ),
  ]
    .filter((match) => match[1] === kind)
    .map(([, , about = '', text = '']) => ({ about, text }));

const out = mkdtempSync(join(tmpdir(), 'readme-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const run = (args: readonly string[], folder: string = ROOT): string =>
  execFileSync(process.execPath, [BIN, ...args], {
    maxBuffer: 2 ** 26,
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** The parts of a printed example between its ellipses; each must appear, in order. */
const expectPrinted = (output: string, example: readonly string[]): void => {
  let rest = output;
  for (const part of example.join('\n').split(/^…$/m)) {
    const wanted = part.trim();
    expect(rest).toContain(wanted);
    rest = rest.slice(rest.indexOf(wanted) + wanted.length);
  }
};

const linksIn = (path: string): readonly string[] =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\]\((?!https?:|#)([^)\s#]+)(?:#[^)]*)?\)/g)].map(
    ([, target]) => target!,
  );

describe('the documents', () => {
  const documents = projectFiles()
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.md'));

  test('lead somewhere with each of their links', () => {
    const dead = documents.flatMap((path) =>
      linksIn(path)
        .filter((target) => !existsSync(join(ROOT, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(documents).toContain('docs/guide.md');
    expect(dead).toEqual([]);
  });

  test('fit on a screen where they should: ARCHITECTURE.md has 130 lines at most', () => {
    expect(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(131);
  });
});

describe('the README', () => {
  test('is short: 200 lines at most', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(201);
  });

  test('shows its example as it is', () => {
    const [example, ...more] = blocksIn('README.md', 'from');
    expect(more).toEqual([]);
    expect(example!.text).toBe(readFileSync(join(ROOT, example!.about), 'utf8'));
  });

  test('prints what it says that the example prints', () => {
    const [example, ...more] = blocksIn('README.md', 'prints-in');
    expect(more).toEqual([]);
    const [, ...lines] = example!.text.trimEnd().split('\n');
    expectPrinted(run(['verify', '--out', out], join(ROOT, example!.about)), lines);
  });

  test('prints what it says that verify prints, and shows the attack that this finds', () => {
    const [verify, ...more] = blocksIn('README.md', 'prints');
    expect(more).toEqual([]);
    const [command, ...lines] = verify!.text.trimEnd().split('\n');
    const folder = join(out, 'defer');
    expectPrinted(run([...command!.replace('$ npx underwatch ', '').split(' '), '--out', folder]), lines);
    const drawn = join(out, 'h-defer.svg');
    run(['replay', join(folder, 'attacks/H-DEFER.json'), '--svg', drawn, '--fields', FIELDS]);
    if (process.env['UPDATE'] === '1') copyFileSync(drawn, PICTURE);
    expect(readFileSync(PICTURE, 'utf8'), 'UPDATE=1 draws it anew').toBe(readFileSync(drawn, 'utf8'));
  });

  test('names claims that there are', () => {
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const [, found = ''] = /## What was found\n([\s\S]*?)\n## /.exec(text) ?? [];
    const ids = [...found.matchAll(/`([A-Z][A-Z0-9-]+)`/g)].map(([, id = '']) => id);
    expect(ids.length).toBeGreaterThanOrEqual(10);
    const listed = run(['list', '--json']);
    expect(ids.filter((id) => !listed.includes(`"id": "${id}"`))).toEqual([]);
  });
});

describe('the page on boards', () => {
  const [audit] = blocksIn('docs/boards.md', 'prints');
  const board = join(BOARDS, audit!.about);
  const isHere = existsSync(board);
  if (!isHere) {
    // oxlint-disable-next-line no-console -- tests that are left out must be seen to be.
    console.warn(`NOT TESTED: the example of docs/boards.md, because ${board} is not there`);
  }

  test.skipIf(!isHere && process.env['CI'] === undefined)('prints what it says that audit prints', () => {
    const [, ...lines] = audit!.text.trimEnd().split('\n');
    expectPrinted(run(['audit', board, '--out', out]), lines);
  });
});
