import { describe, expect, test } from 'vitest';
import { conform, qemuQ35, type Conformance, type Part } from 'underwatch';
import { intel, layouts, qemu72Q35 } from '../../models/platform/chipset/index.ts';
import { lacksQemu } from '../../src/testing/qemu.ts';
import { chipsetPart, chipsetPartOf } from './chipset.ts';
import { smramPart, smramPartOf } from './smram.ts';

const against = (part: Part, operations: number, seed = 1): Promise<Conformance> =>
  conform(part, qemuQ35, { operations, seed });

describe.skipIf(lacksQemu())('parts of the models against QEMU', () => {
  test('the registers and their locks show no difference', async () => {
    const { counterexample, exercised, operations, version } = await against(chipsetPart, 20_000);
    expect(counterexample).toBeUndefined();
    expect(operations).toBeGreaterThanOrEqual(20_000);
    expect(version).toMatch(/^\d+\.\d+/);
    // Every register was written, and whatever is compared of it was seen.
    for (const { compared, name, ones, writes, zeros } of exercised) {
      expect([name, writes > 100, (zeros | ones) >>> 0]).toEqual([name, true, compared]);
    }
  });

  test('the map of memory shows none', async () => {
    const { counterexample, operations } = await against(smramPart, 20_000);
    expect(counterexample).toBeUndefined();
    expect(operations).toBeGreaterThanOrEqual(20_000);
  });

  test('a seed generates the same again', async () => {
    const [one, other, third] = [
      await against(smramPart, 500, 3),
      await against(smramPart, 500, 3),
      await against(smramPart, 500, 4),
    ];
    expect(other).toEqual(one);
    expect(third.exercised).not.toEqual(one.exercised);
  });

  test('the datasheets say something else of D_OPEN than QEMU does', async () => {
    const { counterexample } = await against(
      smramPartOf({ behaviour: qemu72Q35, layout: layouts.ich9 }, true),
      20_000,
    );
    // Opened without G_SMRAME, or TSEG opened: one write shows the first, three operations the second.
    expect(counterexample!.operations.length).toBeLessThanOrEqual(3);
    expect(counterexample!.difference.name).toMatch(/^memory: (compatible|tseg)$/);
  });

  test('the datasheets differ from QEMU before anything is done', async () => {
    const { counterexample } = await against(chipsetPartOf(intel), 1000);
    expect(counterexample!.operations).toEqual([]);
  });
});
