import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createConsumer, toolPath, type ConsumerProject } from './consumer-project.ts';
import { printedIn } from './printed.ts';
import { projectRoot } from './tidy/files.ts';

const folders = readdirSync(join(projectRoot, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const BIN = '../node_modules/underwatch/dist/bin.js';
const VITEST = '../node_modules/vitest/vitest.mjs';

describe('the examples, copied outside, against the package as it is published', () => {
  let consumer: ConsumerProject;

  beforeAll(() => {
    consumer = createConsumer(new URL('../../examples', import.meta.url), ['vitest']);
  }, 120_000);
  afterAll(() => consumer?.remove());

  test('are four at least, beside what init writes', () => {
    expect(folders).toContain('start');
    expect(folders.length).toBeGreaterThanOrEqual(5);
  });

  describe.each(folders)('%s', (name) => {
    test('has types that fit, and no annotation of a parameter', () => {
      expect(consumer.nodeIn(name, toolPath('typescript', 'bin/tsc'), '-p', '.')).toEqual({
        exitCode: 0,
        output: '',
      });
    });

    test('prints what its README shows', () => {
      const readme = readFileSync(join(consumer.folder, name, 'README.md'), 'utf8');
      const { exitCode, output } = consumer.nodeIn(name, BIN, 'verify');
      expect(
        { exitCode, missing: printedIn(readme).filter((part) => !output.includes(part)) },
        output,
      ).toEqual({
        exitCode: 0,
        missing: [],
      });
      expect(printedIn(readme).length).toBeGreaterThan(0);
    });

    test('passes its tests', () => {
      const { exitCode, output } = consumer.nodeIn(name, VITEST, 'run');
      expect(output).toMatch(/Tests +\d+ passed \(\d+\)/);
      expect(exitCode).toBe(0);
    });
  });

  test('init writes one of them, which npm can test at once', () => {
    const bin = join(consumer.folder, 'node_modules/.bin');
    mkdirSync(bin);
    symlinkSync('../vitest/vitest.mjs', join(bin, 'vitest'));
    symlinkSync('../underwatch/dist/bin.js', join(bin, 'underwatch'));
    mkdirSync(join(consumer.folder, 'empty'));
    const written = consumer.nodeIn('empty', BIN, 'init', '../demo');
    expect(written).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(consumer.folder, 'demo')).toSorted()).toEqual(
      readdirSync(join(projectRoot, 'examples/start')).toSorted(),
    );
    const tested = consumer.npmIn('demo', 'test');
    expect(tested.output).toMatch(/Tests +4 passed \(4\)/);
    expect(tested.exitCode).toBe(0);
    expect(consumer.npmIn('demo', 'run', 'verify')).toMatchObject({ exitCode: 0 });
  });
});
