import { expect, test } from 'vitest';
import { runClaims, systemOf, type Claim, type SearchSummary } from 'underwatch';
import { suites } from './index.ts';

const claimsOf = (holds: (claim: Claim) => boolean): readonly Claim[] =>
  suites.flatMap(({ claims }) => claims.filter(holds));

const reducedBy = (kind: 'symmetry' | 'partial-order', searches: readonly SearchSummary[]): number =>
  searches.filter(({ reduced = [] }) =>
    reduced.some((one) => one.kind === kind && (one.kind === 'symmetry' || one.reduced > 0)),
  ).length;

/** Whether a scenario of a claim has two parts of a kind: without these a search is what it is unreduced. */
const hasAlike = ({ model, scenario }: Claim): boolean => {
  const { interchangeable = [] } = model;
  if (typeof interchangeable === 'function') return true;
  const [initial] = systemOf(model, scenario).initial;
  return interchangeable.some((path) => (initial![path] as readonly unknown[]).length > 1);
};

// Expected lengths are those of the searches without: what is exchanged changes none of them.
test('claims of models with interchangeable parts come out as they do one by one', async () => {
  const claims = claimsOf(hasAlike);
  const { results, searches } = await runClaims(claims, { reduce: ['symmetry'] });
  expect(results.filter(({ asExpected }) => !asExpected)).toEqual([]);
  expect(results.every(({ attack }) => attack?.shortest !== false)).toBe(true);
  expect(reducedBy('symmetry', searches)).toBe(37);
});

test('so do those whose steps can be left in one order only, though not by shortest attacks', async () => {
  const claims = claimsOf(({ model }) =>
    ['smram', 'bios-flash', 'hypersentry-measurement'].includes(model.id),
  );
  const { results, searches } = await runClaims(claims, { reduce: ['symmetry', 'partial-order'] });
  expect(results.filter(({ asExpected }) => !asExpected)).toEqual([]);
  expect(reducedBy('partial-order', searches)).toBe(47);
  const longer = results.filter(
    ({ attack, claim: { length } }) => attack !== undefined && length !== undefined && attack.length > length,
  );
  expect(longer.length).toBe(17);
  expect(longer.every(({ attack }) => attack?.shortest === false)).toBe(true);
});
