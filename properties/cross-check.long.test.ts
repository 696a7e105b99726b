import { describe, expect, test } from 'vitest';
import { crossCheck, systemOf } from 'underwatch';
import { chipset } from '../models/platform/chipset/model.ts';
import { suites } from './index.ts';

/** One scenario of every suite, and every model once. */
const subjects = suites.map(({ id, claims }) => {
  const { model, scenario } = claims[0]!;
  return [id, model, scenario] as const;
});

describe('every engine says the same of the models, as far as a few thousand states go', () => {
  test.each([
    ...subjects,
    ['the chipset by itself', chipset, { without: [], capabilities: [], parameters: {} }] as const,
  ])('%s', async (_, model, scenario) => {
    const checked = await crossCheck(systemOf(model, scenario), {
      maxStates: 3000,
      plainStates: 300,
      runs: 10,
    });
    expect(checked.disagreements).toEqual([]);
    expect(checked.runs.length).toBeGreaterThan(2);
  });
});
