import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
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
          got: `one that process ${process.pid} on ${hostname()} works in`,
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

  it('of a process on another machine is not', () => {
    writeFileSync(path, JSON.stringify({ host: 'elsewhere', pid: process.pid, started: '1' }));
    expect(() => lock(place.path, path)).toThrow('UW332');
  });
});
