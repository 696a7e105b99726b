import { afterAll, expect, test } from 'vitest';
import { createWorkplace } from '../workplace.ts';
import { fuzz } from './fuzz.ts';

const place = createWorkplace();
afterAll(place.remove);

test(
  'every engine says what plain stepping says, of 2,000 models less those that are too large',
  { timeout: 900_000 },
  async () => {
    const progress = await fuzz({
      seed: Number(process.env['UNDERWATCH_SEED'] ?? 1),
      models: 2000,
      bounds: { states: 200, transitions: 2000 },
      engines: [],
      jobs: 2,
      limitMs: 120_000,
      folder: place.path,
    });
    expect(progress.disagreed).toEqual({});
    expect(progress.examined + progress.large).toBe(2000);
    expect(progress.examined).toBeGreaterThan(700);
    expect(progress.asked).toBeGreaterThan(progress.examined * 4);
  },
);
