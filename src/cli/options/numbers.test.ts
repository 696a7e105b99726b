import { describe, expect, it } from 'vitest';
import { seed } from './numbers.ts';

describe('a seed', () => {
  it('is a whole number', () => {
    expect([seed('--seed')('7'), seed('--seed')('-2147483648')]).toEqual([7, -2147483648]);
    expect(() => seed('--seed')('2147483648')).toThrow(/UW304/);
    expect(() => seed('--seed')('tonight')).toThrow(/UW304/);
  });

  it('is another one each day, if it is `today`', () => {
    const on = (text: string): number => seed('--seed', () => new Date(text))('today');
    expect([on('2026-11-29T23:59:59Z'), on('2026-11-30T00:00:00Z')]).toEqual([20261129, 20261130]);
  });
});
