import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const CHILD = fileURLToPath(new URL('./calls.ts', import.meta.url));
const TSCONFIG = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url));

// 10,000 in a night; what the heap swings by is then less of each.
const CALLS = Number(process.env['UNDERWATCH_CALLS'] ?? 700);

const measured = (calls: number, threads: number): { readonly bytesACall: number; readonly open: unknown } =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--expose-gc', '--import', import.meta.resolve('tsx'), CHILD, String(calls), String(threads)],
      { encoding: 'utf8', env: { ...process.env, TSX_TSCONFIG_PATH: TSCONFIG } },
    ),
  ) as { readonly bytesACall: number; readonly open: unknown };

describe('a library that is called again and again', () => {
  it('keeps nothing of a call, and leaves nothing open', () => {
    const { bytesACall, open } = measured(CALLS, 1);
    expect(bytesACall).toBeLessThan(1_500_000 / CALLS);
    expect(open).toEqual([]);
  });

  it('nor of one with threads, which have ended', () => {
    const calls = Math.ceil(CALLS / 70);
    const { bytesACall, open } = measured(calls, 2);
    expect(bytesACall).toBeLessThan(1_500_000 / calls);
    expect(open).toEqual([]);
  });
});
