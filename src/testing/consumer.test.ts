import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsumer, toolPath, type ConsumerProject } from './consumer-project.ts';

const BIN = 'node_modules/underwatch/dist/bin.js';

describe('a project that installs the package', () => {
  let consumer: ConsumerProject;

  beforeAll(() => {
    consumer = createConsumer(new URL('consumer/', import.meta.url), ['vitest', '@types/node']);
  }, 120_000);
  afterAll(() => consumer?.remove());

  it('gets what it needs and no tests', () => {
    const files = readdirSync(consumer.installed, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE']));
    expect(files.filter((path) => /\.test\.|testing|bench|tsbuildinfo|node_modules/.test(path))).toEqual([]);
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
    expect(vitest.output).toMatch(/Tests +4 passed \(4\)/);
    expect(vitest.exitCode).toBe(0);
  });
});
