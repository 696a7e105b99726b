import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectFiles } from './tidy/files.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'dist/bin.js');
const BOARDS = join(ROOT, '../shared/platforms');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

const blocks = [...readme.matchAll(/<!-- (from|prints)(?: (\S+))? -->\n```\w+\n([\s\S]*?)```/g)].map(
  ([, kind, about, text]) => ({ kind, about, text: text! }),
);
const ofKind = (kind: string) => blocks.filter((block) => block.kind === kind);

const run = (args: readonly string[]): string => {
  const out = mkdtempSync(join(tmpdir(), 'readme-'));
  try {
    return execFileSync(process.execPath, [BIN, ...args, '--out', out], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
};

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
  test.each(ofKind('from').map(({ about, text }) => [about!, text]))('shows %s as it is', (path, text) => {
    expect(text.trimEnd()).toBe(readFileSync(join(ROOT, path), 'utf8').trimEnd());
  });

  test('has its examples', () => {
    expect([ofKind('from').length, ofKind('prints').length]).toEqual([3, 2]);
  });

  const [verify, audit] = ofKind('prints');

  test('prints what it says verify prints', () => {
    const [command, ...lines] = verify!.text.trimEnd().split('\n');
    expectPrinted(run(command!.replace('$ npx underwatch ', '').split(' ')), lines);
  });

  const board = join(BOARDS, audit!.about!);
  const isHere = existsSync(board);
  if (!isHere) {
    // oxlint-disable-next-line no-console -- tests that are left out must be seen to be.
    console.warn(`NOT TESTED: the audit example of the README, because ${board} is not there`);
  }

  test.skipIf(!isHere && process.env['CI'] === undefined)('prints what it says audit prints', () => {
    const [, ...lines] = audit!.text.trimEnd().split('\n');
    expectPrinted(run(['audit', board]), lines);
  });
});
