import { describe, expect, test } from 'vitest';
import { createRandom, runStudy } from 'underwatch';
import { pioneerJitter } from './jitter.ts';

const result = runStudy(pioneerJitter, { runs: 50_000, seed: 1, confidence: 0.99, error: 0.01 });

describe('a genuine and two tampered machines over a network with jitter', () => {
  test('every claim is shown, with an interval and by the sequential test', () => {
    expect(
      result.populations.map(({ outside, population, sequential, verdict }) => [
        population.id,
        outside,
        verdict,
        sequential.decision,
      ]),
    ).toEqual([
      ['I-NOFP-RATE', 49, 'shown', 'low'],
      ['P-ASW-RATE', 54, 'shown', 'low'],
      ['P-MEMCPY-RATE', 50_000, 'shown', 'high'],
    ]);
  });

  test('the true rate of false alarms, one in a thousand by construction, lies in its interval', () => {
    const { interval } = result.populations[0]!;
    expect(interval.lower).toBeLessThan(0.001);
    expect(interval.upper).toBeGreaterThan(0.001);
  });

  test('delays have the quantiles that they are made of', () => {
    const [genuine] = pioneerJitter.populations;
    const random = createRandom(2);
    const quietNs = 111_200_714;
    const delays = Array.from({ length: 20_000 }, () => genuine!.draw(random) - quietNs).toSorted(
      (a, b) => a - b,
    );
    expect(delays[0]).toBeGreaterThanOrEqual(0);
    expect(delays.at(-1)).toBeLessThan(500_000);
    for (const [place, ns] of [
      [10_000, 20_000],
      [18_000, 60_000],
      [19_800, 150_000],
    ] as const)
      expect(Math.abs(delays[place]! / ns - 1)).toBeLessThan(0.05);
  });
});
