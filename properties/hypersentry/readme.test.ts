import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hypersentry } from '../../models/hypersentry/invocation/model.ts';
import { measurement } from '../../models/hypersentry/measurement/model.ts';
import { suites } from '../index.ts';

const text = readFileSync(new URL('../../models/hypersentry/README.md', import.meta.url), 'utf8');
const claims = suites.flatMap((suite) => suite.claims);
const known = new Map(claims.map(({ id, expect: expected }) => [id, expected]));
const idsIn = (part: string): readonly string[] =>
  [...part.matchAll(/`((?:[A-Z][A-Z0-9]*)(?:-[A-Z0-9]+)+)`/g)].map(([, id]) => id!);

describe("HyperSentry's README", () => {
  test('names claims that there are', () => {
    const ids = idsIn(text);
    expect(ids.length).toBeGreaterThan(40);
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  test('maps each property of slide 17 to claims that hold, and to attacks', () => {
    const table = text.split('## The five properties of slide 17')[1]!.split('\n## ')[0]!;
    const rows = table.split('\n').filter((line) => /^\| [a-z]/.test(line) && !line.startsWith('| property'));
    expect(rows.map((row) => row.split('|')[1]!.trim())).toEqual([
      'stealthy invocation',
      'verifiable behaviour',
      'deterministic execution',
      'in-context privileged measurement',
      'attestable output',
    ]);
    for (const row of rows) {
      const [, , upholds, refutes] = row.split('|');
      expect(idsIn(upholds!).map((id) => [id, known.get(id)])).toEqual(
        idsIn(upholds!).map((id) => [id, 'holds']),
      );
      expect(idsIn(refutes!).map((id) => [id, known.get(id)])).toEqual(
        idsIn(refutes!).map((id) => [id, 'violated']),
      );
    }
  });
});

test('each claim of the invocation that holds says what outside its scope was not tried, and the README how many were', () => {
  const holding = claims.filter(({ expect: is, model }) => is === 'holds' && model === hypersentry);
  expect(holding.filter(({ untried }) => untried === undefined).map(({ id }) => id)).toEqual([]);
  const large = holding.filter(({ untried }) => untried?.['writes *']?.startsWith('for their size') === true);
  const words = text.replaceAll(/\s+/g, ' ');
  const told =
    /tried alone for (\d+) of the (\d+) claims.*The other (\d+) were not tried, for their size/.exec(words);
  const { length } = holding;
  expect(told?.slice(1).map(Number)).toEqual([length - large.length, length, large.length]);
});

test('every defence of the measurement is off in some claim, and has a row in the README', () => {
  const off = new Set(
    claims.filter(({ model }) => model === measurement).flatMap(({ scenario }) => scenario.without),
  );
  const names = Object.keys(measurement.defences);
  expect(names.filter((name) => !off.has(name))).toEqual([]);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
