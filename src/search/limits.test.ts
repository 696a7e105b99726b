import { expect, test } from 'vitest';
import { withBudget } from './limits.ts';

test('a search without limits has an hour, and four gibibytes where the machine has more', () => {
  const { memoryLimitMb, timeLimitMs } = withBudget();
  expect(timeLimitMs).toBe(3_600_000);
  expect(memoryLimitMb).toBeGreaterThan(0);
  expect(memoryLimitMb).toBeLessThanOrEqual(4096);
});

test('limits that are given go before those, and the others are left as they are', () => {
  expect(withBudget({ maxDepth: 3, memoryLimitMb: 9000, timeLimitMs: 86_400_000 })).toEqual({
    maxDepth: 3,
    memoryLimitMb: 9000,
    timeLimitMs: 86_400_000,
  });
});
