import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { systemOf } from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { explore } from './explore.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Tens of millions of states. */
const large = systemOf(smiGate, { ...plainScenario, parameters: { cores: 4, nonces: 5, pending: 4 } });

test('a limit that there is not is refused: it would end no search', () => {
  const limits = { maxState: 5 } as object;
  expect(() => explore(large, { limits })).toThrow(
    expect.objectContaining({
      code: 'UW202',
      details: expect.objectContaining({
        got: 'maxState',
        expected: 'one of maxDepth, maxStates, timeLimitMs, memoryLimitMb',
      }),
    }),
  );
});

describe('limits are kept within five per cent, time within that or a second', () => {
  test('time', () => {
    const startMs = performance.now();
    const { bound } = explore(large, { limits: { timeLimitMs: 4000 } });
    const durationMs = performance.now() - startMs;
    expect(bound).toBe('timeLimitMs');
    expect(durationMs).toBeGreaterThan(0.95 * 4000);
    // Five per cent, or a second where the machine is busy.
    expect(durationMs).toBeLessThan(4000 + Math.max(0.05 * 4000, 1000));
  });

  test.each([1, 7, 1000, 123_457, 500_000])('%d states, exactly', (maxStates) => {
    expect(explore(large, { limits: { maxStates } })).toMatchObject({
      bound: 'maxStates',
      states: maxStates,
    });
  });

  test('memory, as the system counts it', () => {
    const limitMb = 200;
    const out = execFileSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), at('./testing/rss-growth.ts'), String(limitMb)],
      { encoding: 'utf8', env: { ...process.env, TSX_TSCONFIG_PATH: at('../../../tsconfig.json') } },
    );
    const { bound, growthMb } = JSON.parse(out) as { readonly bound: string; readonly growthMb: number };
    expect(bound).toBe('memoryLimitMb');
    expect(growthMb).toBeLessThan(1.05 * limitMb);
    expect(growthMb).toBeGreaterThan(0.6 * limitMb);
  });
});
