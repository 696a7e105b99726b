import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parts } from '../index.ts';
import { conformancePage, type Recorded } from './testing/document.ts';

const file = (path: string): URL => new URL(`../../${path}`, import.meta.url);

const { runs } = JSON.parse(readFileSync(file('reports/conformance.json'), 'utf8')) as {
  readonly runs: readonly (Recorded & { readonly counterexample?: unknown })[];
};

test('every part has a recorded run without a difference, with the deviations that it has now', () => {
  expect(runs.map(({ part }) => part)).toEqual(parts.map(({ id }) => id));
  for (const [index, part] of parts.entries()) {
    const { counterexample, deviations, leftOut } = runs[index]!;
    expect([counterexample, deviations, leftOut]).toEqual([undefined, part.deviations, part.leftOut]);
  }
});

test('docs/conformance.md is written from it', () => {
  const page = conformancePage(runs);
  if (process.env['UPDATE'] === '1') writeFileSync(file('docs/conformance.md'), page);
  expect(readFileSync(file('docs/conformance.md'), 'utf8')).toBe(page);
});
