import { describe, expect, test } from 'vitest';
import { conform, qemuQ35 } from 'underwatch';
import { lacksQemu } from '../../src/testing/qemu.ts';
import { chipsetPartOf } from './chipset.ts';
import { defects } from './testing/defects.ts';

/** The command's settings without options. */
const DEFAULT_OPERATIONS = 10_000;

describe.skipIf(lacksQemu())('a defect of the model is found within the default budget', () => {
  test('there are at least a hundred', () => {
    expect(defects.length).toBeGreaterThanOrEqual(100);
    expect(new Set(defects.map(({ says }) => says)).size).toBe(defects.length);
  });

  test.each(defects)('$says', async ({ behaviour }) => {
    const part = chipsetPartOf(behaviour);
    const options = { operations: DEFAULT_OPERATIONS, seed: 1, shrinks: false };
    const { counterexample } = await conform(part, qemuQ35, options);
    expect(counterexample).toBeDefined();
  });
});
