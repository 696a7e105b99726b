import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemOf } from '../../model/index.ts';
import { door } from '../../testing/models/door.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { explore, exploreInSlices } from './explore.ts';
import { withPresentNames } from './options.ts';

const place = createWorkplace();
afterAll(place.remove);

const system = systemOf(door, { without: [], capabilities: [], parameters: {} });

test('a checkpoint is also known by its earlier name', () => {
  const file = join(place.path, 'kept');
  const slices = exploreInSlices(system, { keeping: { file, everyMs: 1e9 } });
  slices.next();
  expect(slices.next('stop').value).toMatchObject({ bound: 'interrupted' });
  expect(existsSync(file)).toBe(true);
  const { states } = explore(system, { keeping: { file } });
  expect(states).toBe(explore(system).states);
});

test('of two names the present one counts, and options without the earlier one stay as they are', () => {
  const options = { checkpoint: 'new', keeping: 'old' };
  expect(withPresentNames(options)).toEqual({ checkpoint: 'new' });
  const without = { checkpoint: 'new' };
  expect(withPresentNames(without)).toBe(without);
});
