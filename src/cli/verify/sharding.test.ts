import { beforeAll, describe, expect, it } from 'vitest';
import type { Claim, Suite } from '../../claim/claim.ts';
import { runClaims } from '../../claim/run/run.ts';
import { shardOf } from '../../claim/shard.ts';
import { mergeReports, type Stored } from '../../report/compare/merge.ts';
import { claimsReport, jsonText } from '../../report/document.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import type { Report } from '../../report/report.ts';
import { sourcesOf } from '../../report/source/sources.ts';
import { doorSuite, faultySuite, longSuite, wrongSuite } from '../../testing/models/door.ts';
import { faultOf } from '../../testing/fault-of.ts';
import { amongAll, shardNumber } from './sharding.ts';

// A suite of which each claim asks what another suite asks, so that questions are alike across shards.
const twins: Suite = {
  ...doorSuite,
  id: 'twins',
  claims: doorSuite.claims.map((claim) => ({
    ...claim,
    id: `TWIN-${claim.id}`,
    suite: 'twins',
    limits: { maxDepth: 5 },
  })),
};
const suites: readonly Suite[] = [
  doorSuite,
  wrongSuite,
  faultySuite,
  twins,
  { ...longSuite, claims: longSuite.claims.slice(0, 1) },
];
const all = suites.flatMap(({ claims }) => claims);
const costsMs = { 'DOOR-OPEN': 900, 'DOOR-PICKED': 300, 'TWIN-DOOR-OPEN': 300, FAULTY: 10 };

const reportOf = async (claims: readonly Claim[], index = 0, of = 0): Promise<Report> => {
  const run = amongAll(await runClaims(claims), all);
  return claimsReport(run, {
    run: {
      engine: 'exhaustive',
      seed: 1,
      limits: {},
      probeRuns: 0,
      ...(of === 0 ? {} : { shard: { index, of, order: all.map(({ id }) => id) } }),
    },
    clocked: { startedAt: new Date(index), durationMs: 1 },
    reproduce: ({ claim }) => `again ${claim.id}`,
    suites,
    sources: await sourcesOf(run, process.cwd()),
  });
};

/** The report of a shard as another machine reads it. */
const shard = async (index: number, of: number): Promise<Stored> => {
  const path = `${index}.json`;
  const report = await reportOf(shardOf(all, { index, of }, costsMs), index, of);
  return { path, report: parseReport(path, jsonText(report)) };
};

const shards = (of: number): Promise<readonly Stored[]> =>
  Promise.all(Array.from({ length: of }, (_, at) => shard(at + 1, of)));

const timeless = (report: Report): string => {
  const { timing: _, ...rest } = report;
  return jsonText(rest);
};

let whole: Report;
beforeAll(async () => {
  whole = await reportOf(all);
});

describe('shards', () => {
  it.each([1, 2, 3, 7])(
    'of a run in %i have together the report of the whole run, byte by byte',
    async (of) => {
      const parts = await shards(of);
      expect(parts.filter(({ report }) => report.claims.length > 0).length).toBe(Math.min(of, 7));
      const merged = mergeReports(parts.toReversed());
      expect(timeless(merged)).toBe(timeless(whole));
      expect(Object.keys(merged)).toEqual(Object.keys(whole));
      expect(Object.keys(merged.timing.items)).toEqual(Object.keys(whole.timing.items));
      expect(merged.timing.durationMs).toBe(of);
    },
  );

  it('take about the same time, and never part claims that share a search', () => {
    const parts = [1, 2, 3].map((index) => shardOf(all, { index, of: 3 }, costsMs).map(({ id }) => id));
    expect(parts.flat().toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    const of = (id: string): number => parts.findIndex((part) => part.includes(id));
    // Two of 300 ms stay away from the one of 900 ms, and from each other.
    expect(new Set(['DOOR-OPEN', 'DOOR-PICKED', 'TWIN-DOOR-OPEN'].map(of)).size).toBe(3);
    expect(of('DOOR-OPENS')).toBe(of('DOOR-OPEN'));
    expect(of('WRONG-SHUT')).toBe(of('DOOR-OPEN'));
  });

  it('are named from 1 on', () => {
    expect(shardNumber('2/7')).toEqual({ index: 2, of: 7 });
    for (const text of ['0/2', '3/2', '1', '1/0', '1/2/3', 'a/b', '1/1001', '-1/2']) {
      expect(faultOf(() => shardNumber(text)).code).toBe('UW385');
    }
  });
});

describe('what is no run in shards', () => {
  it('is told by code', async () => {
    const parts = await shards(3);
    const [first, second, third] = parts as [Stored, Stored, Stored];
    const codeOf = (...stored: readonly Stored[]): string => faultOf(() => mergeReports(stored)).code;
    expect(codeOf(first, second)).toBe('UW384');
    expect(codeOf(first, second, third, third)).toBe('UW384');
    expect(codeOf()).toBe('UW384');
    expect(codeOf({ path: 'whole.json', report: whole })).toBe('UW383');
    const changed = (change: Partial<Report>): Stored => ({
      path: 'x',
      report: { ...second.report, ...change },
    });
    expect(codeOf(first, changed({ tool: { name: 'underwatch', version: '9.9.9' } }), third)).toBe('UW383');
    expect(codeOf(first, changed({ run: { ...second.report.run, seed: 2 } }), third)).toBe('UW383');
    expect(codeOf(first, changed({ claims: [] }), third)).toBe('UW384');
    expect(codeOf(first, changed({ claims: first.report.claims }), third)).toBe('UW384');
  });

  it('is a run that was interrupted, where one of its shards was', async () => {
    const [first, second] = (await shards(2)) as [Stored, Stored];
    const stopped = { ...second.report, run: { ...second.report.run, interrupted: true } };
    expect(mergeReports([first, { path: 'x', report: stopped }]).run.interrupted).toBe(true);
  });
});
