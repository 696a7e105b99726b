import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

// Code that leaves a mark when it runs, and reads any board.
const CODE = `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('./ran', import.meta.url), '');
export default { auditors: [] };
`;

/** A folder with logs and a configuration among them, as an archive of somebody's may have. */
const boardWithCode = (name: string, config: string): string => {
  place.write(`${name}/inteltool.log`, 'nothing');
  place.write(`${name}/lspci.log`, 'nothing');
  place.write(`${name}/${config}`, CODE);
  return join(place.path, name);
};

const ran = (folder: string): boolean => existsSync(join(folder, 'ran'));
const audit = (cwd: string, ...args: readonly string[]): Promise<Ended> =>
  runCli(['audit', ...args, '--out', join(place.path, 'out', String(args[0]?.length))], { cwd });

describe.concurrent('code among the logs of a board', () => {
  it.each(['ts', 'mts', 'js', 'mjs'])(
    'is not run by an audit of the folder it is in: underwatch.config.%s',
    async (ending) => {
      const config = `underwatch.config.${ending}`;
      const folder = boardWithCode(`in-${ending}`, config);
      const { code, stdout, stderr } = await audit(folder, '.');
      expect(ran(folder)).toBe(false);
      expect(stderr).toContain(`${config} is among the logs and was not run; --config ${config} runs it`);
      expect(stdout).toContain('UW402');
      expect(code).toBe(2);
    },
  );

  it('is not run by an audit of the logs beside it, nor of a folder above it, nor from elsewhere', async () => {
    const beside = boardWithCode('beside', 'underwatch.config.mjs');
    await audit(beside, 'inteltool.log', 'lspci.log');
    expect(ran(beside)).toBe(false);
    const above = boardWithCode('above/logs', 'underwatch.config.mjs');
    await audit(above, '..');
    expect(ran(above)).toBe(false);
    const other = boardWithCode('other', 'underwatch.config.mjs');
    const { stderr } = await audit(place.path, 'other');
    expect(ran(other)).toBe(false);
    expect(stderr).toBe('');
  });

  it('is not run where a link leads there', async () => {
    const folder = boardWithCode('real', 'underwatch.config.mjs');
    mkdirSync(join(place.path, 'desk'));
    symlinkSync(folder, join(place.path, 'desk/board'));
    symlinkSync(join(folder, 'underwatch.config.mjs'), join(place.path, 'desk/underwatch.config.mjs'));
    const { stderr } = await audit(join(place.path, 'desk'), 'board');
    expect(ran(folder)).toBe(false);
    expect(stderr).toContain('was not run');
  });

  it('is run when it is named, and where it is no part of what is audited', async () => {
    const named = boardWithCode('named', 'underwatch.config.mjs');
    const { stderr } = await audit(named, '.', '--config', 'underwatch.config.mjs');
    expect(ran(named)).toBe(true);
    expect(stderr).toBe('');
    const project = join(place.path, 'project');
    place.write('project/underwatch.config.mjs', CODE);
    place.write('project/boards/a/inteltool.log', 'nothing');
    await audit(project, 'boards/a');
    expect(ran(project)).toBe(true);
  });
});
