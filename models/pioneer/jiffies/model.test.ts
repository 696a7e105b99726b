import { expect, test } from 'vitest';
import { checkModel, explore, systemOf } from 'underwatch';
import { canBeCounted, BENCHMARK } from '../../platform/translation/index.ts';
import { jiffies } from './model.ts';

test('is complete', () => checkModel(jiffies));

test.each([6, 7, 8, 9, 10, 11])(
  '%i cycles: the model counts what the sum says can be counted',
  (loopCycles) => {
    for (const { least, most } of [BENCHMARK.twoDigits, BENCHMARK.oneDigit]) {
      const parameters = { loopCycles, leastIterations: least, mostIterations: most };
      const { verdicts } = explore(systemOf(jiffies, { without: [], capabilities: [], parameters }), {
        invariants: ['I-PRINTED'],
      });
      expect(verdicts['I-PRINTED']!.kind === 'holds').toBe(canBeCounted(loopCycles, { least, most }));
    }
  },
);
