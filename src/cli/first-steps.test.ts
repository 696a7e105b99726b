import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tool } from '../model/tool.ts';
import { createWorkplace } from '../testing/workplace.ts';
import { TEMPLATE } from './init/template.ts';
import { configAt, runCli, type Ended } from './testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: place.path });
const read = (file: string): string => readFileSync(join(place.path, file), 'utf8');

describe('a configuration that imports the built-in models', () => {
  const example = fileURLToPath(new URL('../../examples/04-board', import.meta.url));

  test('is decided in a folder where the package is not installed', async () => {
    cpSync(example, join(place.path, 'board'), { recursive: true });
    const { code, stdout, stderr } = await runCli(['verify'], { cwd: join(place.path, 'board') });
    expect(stderr).not.toContain('UW303');
    expect(stdout).toContain('4 claims: all as expected');
    expect(code).toBe(0);
  });

  test('gets them from the package that runs, not from a second copy', async () => {
    place.write(
      'same/underwatch.config.ts',
      [
        "import { defineConfig } from 'underwatch';",
        "import { smram } from 'underwatch/models';",
        "import { suites } from 'underwatch/properties';",
        'const same = suites.flatMap(({ claims }) => claims).some(({ model }) => model === smram);',
        "if (!same) throw new Error('two copies');",
        "export default defineConfig({ suites: suites.filter(({ id }) => id === 'cores') });",
      ].join('\n'),
    );
    const { code, stderr } = await runCli(['list'], { cwd: join(place.path, 'same') });
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe('underwatch init', () => {
  let written: Ended;
  beforeAll(async () => {
    written = await run('init', 'demo');
  });

  test('writes a project that is decided as it expects', async () => {
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toContain('demo has a first model now:\n  .github/workflows/verify.yml\n');
    expect(written.stdout).toContain('  cd demo\n');
    const { code, stdout } = await runCli(['verify'], { cwd: join(place.path, 'demo') });
    expect(stdout).toContain('NEED-LOCK  2 steps, no shorter one exists');
    expect(code).toBe(0);
  });

  test('asks for the version that wrote it', () => {
    const { devDependencies } = JSON.parse(read('demo/package.json')) as {
      readonly devDependencies: { readonly [name: string]: string };
    };
    expect(devDependencies['underwatch']).toBe(`^${tool.version}`);
  });

  test('replaces nothing', async () => {
    place.write('demo/model.ts', '// mine\n');
    const { code, stderr } = await run('init', 'demo');
    expect(code).toBe(2);
    expect(stderr).toContain('UW390 a file would be replaced');
    expect(stderr).toContain('model.ts');
    expect(read('demo/model.ts')).toBe('// mine\n');
  });

  test('leaves a project as it is that it joins', async () => {
    place.write('joined/package.json', '{}');
    const { code, stdout } = await run('init', 'joined');
    expect(code).toBe(0);
    expect(stdout).toContain('package.json was there, and is as it was');
    expect(read('joined/package.json')).toBe('{}');
    expect(readdirSync(join(place.path, 'joined')).toSorted()).toEqual(readdirSync(TEMPLATE).toSorted());
  });

  test('says why it cannot write', async () => {
    place.write('file', '');
    const { code, stderr } = await run('init', 'file');
    expect(code).toBe(2);
    expect(stderr).toContain('UW391 a first model cannot be written');
  });
});

describe('underwatch doctor', () => {
  test('says what is there, and what is missing costs', async () => {
    const { code, stdout } = await runCli(['doctor', '--config', configAt('door')], {
      cwd: place.path,
      env: { PATH: place.path },
    });
    expect(code).toBe(0);
    expect(stdout).toContain(`✓  underwatch          ${tool.version}\n`);
    expect(stdout).toMatch(/^– {2}vitest {14}not installed here\n +without {2}claims as tests/m);
    expect(stdout).toMatch(/^– {2}spin {16}not installed\n/m);
    expect(stdout).toMatch(/^✓ {2}threads {13}can be started\n/m);
    expect(stdout).toMatch(/^✓ {2}configuration {7}1 suite, \d+ claims\n/m);
  });

  test('fails for a configuration that cannot be used', async () => {
    place.write('broken/underwatch.config.ts', 'export default { suite: [] };\n');
    const { code, stdout } = await runCli(['doctor', '--json'], { cwd: join(place.path, 'broken') });
    expect(code).toBe(2);
    const { checks } = JSON.parse(stdout) as { readonly checks: readonly { readonly name: string }[] };
    expect(checks.find(({ name }) => name === 'configuration')).toMatchObject({ state: 'broken' });
  });
});
