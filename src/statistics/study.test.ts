import { expect, test } from 'vitest';
import { rainStudy } from '../testing/models/dam.ts';
import { runStudy } from './study.ts';

const options = { runs: 2000, seed: 5, confidence: 0.99, error: 0.01 };

test('a study says of each claim whether its sample shows it', () => {
  const { populations } = runStudy(rainStudy, options);
  // 0 to 4 and 90 to 99 are out of limits: 15 of 100.
  expect(populations.map(({ outside, verdict }) => [outside, verdict])).toEqual([
    [323, 'shown'],
    [313, 'refuted'],
  ]);
  for (const { interval } of populations) {
    expect(interval.lower).toBeLessThan(0.15);
    expect(interval.upper).toBeGreaterThan(0.15);
  }
  expect(populations.map(({ sequential }) => sequential.decision)).toEqual(['low', 'low']);
});

test('the same options give the same result, and a population does not depend on those before it', () => {
  expect(runStudy(rainStudy, options)).toEqual(runStudy(rainStudy, options));
  const [seldom] = rainStudy.populations;
  const alone = runStudy({ ...rainStudy, populations: [seldom!] }, options);
  expect(alone.populations[0]!.values).toEqual(runStudy(rainStudy, options).populations[0]!.values);
});

test('a claim that a few runs cannot decide is open', () => {
  const { populations } = runStudy(rainStudy, { ...options, runs: 10 });
  expect(populations.map(({ verdict }) => verdict)).toContain('open');
});
