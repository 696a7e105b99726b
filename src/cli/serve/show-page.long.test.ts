import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const folder = (name: string): string => {
  mkdirSync(join(place.path, name), { recursive: true });
  return join(place.path, name);
};

type Environment = { readonly [name: string]: string };

// No screen: whatever runs the tests may have one.
const NO_SCREEN = { DISPLAY: '', WAYLAND_DISPLAY: '', BROWSER: '' };

/** Runs a command that serves a page, and sends it `signal` once stderr says what it waits for. */
const served = (
  cwd: string,
  args: readonly string[],
  {
    env = {},
    signal = 'SIGINT',
    until = 'this machine alone',
  }: {
    readonly env?: Environment;
    readonly signal?: NodeJS.Signals;
    readonly until?: string | ((stderr: string) => boolean);
  } = {},
): Promise<Ended> => {
  let ended = false;
  return runCli(args, {
    cwd,
    env: { ...NO_SCREEN, ...env },
    onStderr: (child: ChildProcess, stderr) => {
      const isTime = typeof until === 'string' ? stderr.includes(until) : until(stderr);
      if (ended || !isTime) return;
      ended = true;
      child.kill(signal);
    },
  });
};

const ADDRESS = /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/\n$/;

describe('underwatch open', () => {
  const cwd = folder('open');
  const door = ['verify', '--config', configAt('door')];

  it('shows the report that was written last, until it is interrupted', async () => {
    await runCli(door, { cwd });
    await runCli([...door, '--claim', 'DOOR-PICKED'], { cwd });
    const args = ['open', '--no-browser', '--config', configAt('door')];
    const first = await served(cwd, args);
    expect(first.stderr).toContain(
      'reports/latest/verify-selection/report.json, a run of verify begun at 20',
    );
    expect([first.code, ADDRESS.test(first.stdout)]).toEqual([0, true]);
    const long = new Date('2100-01-01');
    utimesSync(join(cwd, 'reports/latest/verify/report.json'), long, long);
    const other = await served(cwd, args, { signal: 'SIGTERM' });
    expect(other.stderr).toContain('reports/latest/verify/report.json, ');
    expect(other.code).toBe(0);
    const named = await served(cwd, [...args, 'reports/latest/verify-selection'], { signal: 'SIGHUP' });
    expect(named.stderr).toContain('reports/latest/verify-selection/report.json, ');
    expect(named.code).toBe(0);
  });

  it('starts the browser with the address', async () => {
    const bin = folder('bin');
    const told = join(place.path, 'told');
    const opener = place.write(
      'bin/xdg-open',
      `#!/bin/sh\necho "$@" > ${told}.part\nmv ${told}.part ${told}\nexit 3\n`,
    );
    chmodSync(opener, 0o755);
    const env = { PATH: `${bin}:${process.env['PATH']}`, DISPLAY: ':99' };
    const { code, stderr, stdout } = await served(cwd, ['open', 'reports/latest/verify'], {
      env,
      until: 'in one yourself',
    });
    expect(readFileSync(told, 'utf8')).toBe(stdout);
    expect(stderr).toContain(
      'no browser was started, as xdg-open ended with 3; open the address in one yourself',
    );
    expect(code).toBe(0);
  });

  it('says what to do where there is no screen, or nothing that opens one', async () => {
    const until = 'in one yourself';
    const blind = await served(cwd, ['open', 'reports/latest/verify'], { until });
    expect(blind.stderr).toContain('no browser was started, as there is no screen: DISPLAY,');
    const env = { PATH: folder('empty'), DISPLAY: ':99' };
    const bare = await served(cwd, ['open', 'reports/latest/verify'], { env, until });
    expect(bare.stderr).toContain('no browser was started, as xdg-open is not installed; open');
    expect([blind.code, bare.code]).toEqual([0, 0]);
  });

  it('tells by code what it cannot open', async () => {
    const opened = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr, stdout } = await runCli(['open', ...args], { cwd: folder('other') });
      expect([code, stdout]).toEqual([2, '']);
      return stderr.split('\n')[0] ?? '';
    };
    expect(await opened()).toBe('UW450 there is no report to open: reports/latest');
    expect(await opened('.')).toBe('UW450 there is no report to open: .');
    expect(await opened('gone.json')).toMatch(/^UW301 /);
    const whole = readFileSync(join(cwd, 'reports/latest/verify/report.json'), 'utf8');
    expect(await opened(place.write('other/cut.json', whole.slice(0, 999)))).toMatch(/^UW380 /);
    expect(
      await opened(place.write('other/new.json', whole.replace('"schemaVersion": 1', '"schemaVersion": 9'))),
    ).toMatch(/^UW381 /);
  });
});

describe('underwatch explore', () => {
  it('needs no run, and leaves nothing', async () => {
    const cwd = folder('explore');
    const { code, stdout } = await served(cwd, ['explore', 'smram', '--no-browser']);
    expect([code, ADDRESS.test(stdout)]).toEqual([0, true]);
    expect(existsSync(join(cwd, 'reports'))).toBe(false);
  });

  it('tells by code which model does not run in a page, or is none', async () => {
    const cwd = folder('none');
    const explored = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr, stdout } = await runCli(['explore', ...args], { cwd });
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    const known = ['--config', configAt('door')];
    expect(await explored('nothing', ...known)).toMatch(/^UW603 /);
    expect(await explored(...known)).toMatch(/^UW603 /);
    expect(await explored('DOOR-PICKED', '--without', 'alarm', ...known)).toMatch(/^UW304 /);
    expect(await explored('door', '--without', 'nothing', ...known)).toMatch(/^UW105 /);
    const door = JSON.stringify(configAt('door'));
    const config = place.write(
      'none/node.config.ts',
      `import { readFileSync } from 'node:fs';\nimport door from ${door};\nreadFileSync('/dev/null');\nexport default door;\n`,
    );
    const refused = await explored('door', '--config', config);
    expect(refused).toMatch(/^UW452 a model does not run in a page: model door$/m);
    expect(refused).toContain('node:fs.readFileSync is not there in a page');
  });
});
