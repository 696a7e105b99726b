import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { createWorkplace } from '../workplace.ts';
import { fuzz, type FuzzOptions } from './fuzz.ts';

const place = createWorkplace();
afterAll(place.remove);

const bounds = { states: 200, transitions: 2000 };

const options = (name: string, more: Partial<FuzzOptions>): FuzzOptions => ({
  seed: 1,
  models: 100,
  bounds,
  engines: [],
  jobs: 2,
  limitMs: 60_000,
  folder: join(place.path, name),
  ...more,
});

describe('a run', () => {
  test('names a model that an engine does not answer for, and goes on', async () => {
    const progress = await fuzz(
      options('hang', { engines: ['defect-hang'], models: 4, limitMs: 10_000, jobs: 1 }),
    );
    expect(progress.disagreed).toEqual({ 2: 'defect-hang: no answer within 10000 ms' });
    expect(readdirSync(join(place.path, 'hang')).toSorted()).toEqual(['progress.json', 'seed-2-whole.txt']);
    expect(progress).toMatchObject({ examined: 4, large: 0 });
  });

  test('goes on where it was stopped', async () => {
    const whole = await fuzz(options('whole', { engines: ['exported'] }));
    const folder = join(place.path, 'stopped');
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const args = [
      '--models',
      '100',
      '--states',
      '200',
      '--jobs',
      '1',
      '--engine',
      'exported',
      '--out',
      folder,
    ];
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args]);
    await new Promise((resolve) => {
      child.stdout.once('data', () => child.kill('SIGKILL'));
      child.on('close', resolve);
    });
    const kept = JSON.parse(readFileSync(join(folder, 'progress.json'), 'utf8')) as { progress: object };
    expect(kept.progress).toMatchObject({ batches: [0] });
    const resumed = await fuzz(options('stopped', { engines: ['exported'] }));
    expect({ ...resumed, batches: resumed.batches.toSorted((a, b) => a - b) }).toEqual({
      ...whole,
      batches: [0, 1],
    });
  });
});
