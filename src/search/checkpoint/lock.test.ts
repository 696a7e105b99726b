import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { lock } from './lock.ts';

const place = createWorkplace();
afterAll(place.remove);

const path = join(place.path, 'a.lock');

describe('the lock of a folder', () => {
  it('is held by one at a time', () => {
    const release = lock(place.path, path);
    expect(() => lock(place.path, path)).toThrow(
      expect.objectContaining({
        code: 'UW332',
        details: expect.objectContaining({
          got: expect.stringMatching(
            `^process ${process.pid} on ${hostname()} writes to it since \\d{4}-\\d\\d-\\d\\dT`,
          ) as string,
        }) as object,
      }) as Error,
    );
    release();
    expect(readdirSync(place.path)).toEqual([]);
    lock(place.path, path)();
  });

  it.each([
    ['that is no more', (): object => ({ pid: spawnSync(process.execPath, ['-e', '']).pid, started: '' })],
    ['that had the number of another', (): object => ({ pid: process.pid, started: '1' })],
    ['that nobody can read', (): undefined => undefined],
  ])('of a process %s is taken over', (_, holder) => {
    writeFileSync(
      path,
      JSON.stringify({ host: hostname(), ...holder() }).slice(holder() === undefined ? 1 : 0),
    );
    const release = lock(place.path, path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    release();
    expect(existsSync(path)).toBe(false);
  });

  it('is taken over by one at a time, whoever else sees the same dead process', async () => {
    const contested = join(place.path, 'contested.lock');
    const taker = fileURLToPath(new URL('./testing/taker.ts', import.meta.url));
    const take = async (): Promise<readonly number[]> => {
      const args = ['--import', import.meta.resolve('tsx'), taker, contested, '2000'];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      return stdout.split(' ').map(Number);
    };
    const takers = await Promise.all([take(), take(), take()]);
    for (const [had] of takers) expect(had).toBeGreaterThan(0);
    expect(takers.map(([, overlaps]) => overlaps)).toEqual([0, 0, 0]);
    rmSync(contested);
  }, 60_000);

  it('of a process on another machine is not', () => {
    writeFileSync(path, JSON.stringify({ host: 'elsewhere', pid: process.pid, started: '1' }));
    expect(() => lock(place.path, path)).toThrow('UW332');
  });
});
