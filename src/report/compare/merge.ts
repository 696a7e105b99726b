import { canonical, Fault, type Value } from '../../model/index.ts';
import type { CorpusEntry, Report, RunEntry, ShardEntry, SourcesEntry } from '../report.ts';

/** A report and the file that it was read from. */
export interface Stored {
  readonly path: string;
  readonly report: Report;
}

const foreign = (where: string, expected: string, got: string): Fault =>
  new Fault('UW383', {
    where,
    expected,
    got,
    likely: 'reports of several runs, or of another version, were put together',
    next: 'make all shards with one version, of the same claims, with the same options',
  });

const incomplete = (expected: string, got: string): Fault =>
  new Fault('UW384', {
    where: 'what to merge',
    expected,
    got,
    likely: 'a shard failed, or its report was not collected',
    next: 'run what is missing, and name the report.json of each shard once',
  });

interface Part extends Stored {
  readonly shard: ShardEntry;
}

const withoutShard = (entry: RunEntry): Omit<RunEntry, 'interrupted' | 'shard'> => {
  const { shard: _, interrupted: __, ...run } = entry;
  return run;
};

/** Returns the common part of shards of one run, as text. */
const commonOf = ({ report, shard }: Part): string =>
  canonical(
    JSON.parse(
      JSON.stringify([report.tool, withoutShard(report.run), shard.of, shard.order, report.suites ?? []]),
    ) as Value,
  );

/**
 * Checks shards. Throws UW383 for reports that are no shards of one run, and UW384 where one is missing or
 * there twice.
 */
const partsOf = (stored: readonly Stored[]): readonly Part[] => {
  const parts = stored.map(({ path, report }) => {
    const { shard } = report.run;
    if (shard !== undefined) return { path, report, shard };
    throw foreign(path, 'the report of a shard', 'one of a whole run');
  });
  const [first] = parts;
  if (first === undefined) throw incomplete('at least one report', 'none');
  for (const part of parts) {
    if (commonOf(part) !== commonOf(first))
      throw foreign(part.path, `a shard of the run of ${first.path}`, 'one of another run');
  }
  const { of } = first.shard;
  const numbers = parts.map(({ shard }) => shard.index);
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((one) => !numbers.includes(one));
  if (missing.length > 0) throw incomplete(`all ${of} shards`, `none of number ${missing.join(', ')}`);
  if (numbers.length > of) throw incomplete(`each of ${of} shards once`, `${numbers.length} reports`);
  return parts;
};

const byKey = <T>(entries: readonly (readonly [string, T])[]): { readonly [key: string]: T } =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Joins kept attacks, each once, in the order of their files. */
const corpusIn = (parts: readonly Part[]): readonly CorpusEntry[] =>
  [
    ...new Map(parts.flatMap(({ report }) => report.corpus ?? []).map((one) => [one.file, one])).values(),
  ].toSorted((a, b) => (a.file < b.file ? -1 : 1));

const sourcesIn = (parts: readonly Part[]): { readonly [model: string]: SourcesEntry } => {
  const all = parts.flatMap(({ report }) => Object.entries(report.sources ?? {}));
  return byKey(
    [...new Set(all.map(([model]) => model))].map((model) => {
      const own = all.filter(([id]) => id === model).map(([, sources]) => sources);
      return [
        model,
        {
          actions: byKey(own.flatMap(({ actions }) => Object.entries(actions))),
          invariants: byKey(own.flatMap(({ invariants }) => Object.entries(invariants))),
        },
      ];
    }),
  );
};

/**
 * Merges the reports of a run that was divided into shards: the result is, but for its timing, the very one
 * that the whole run would have left. Throws UW383 for reports that are no shards of one run, and UW384 where
 * one of them, or a claim, is missing or there twice.
 */
export const mergeReports = (stored: readonly Stored[]): Report => {
  const parts = partsOf(stored);
  const [part] = parts;
  if (part === undefined) throw incomplete('at least one report', 'none');
  const { report: first, shard } = part;
  const place = new Map(shard.order.map((id, at) => [id, at]));
  const claims = parts.flatMap(({ report }) => report.claims);
  const byId = new Map(claims.map((entry) => [entry.id, entry]));
  const ordered = shard.order.flatMap((id) => byId.get(id) ?? []);
  if (ordered.length !== shard.order.length || claims.length !== ordered.length) {
    throw incomplete(`each of ${shard.order.length} claims once`, `${claims.length} entries`);
  }
  const searches = parts
    .flatMap(({ report }) => report.searches)
    .toSorted((a, b) => (place.get(a.claims[0] ?? '') ?? 0) - (place.get(b.claims[0] ?? '') ?? 0));
  const items = parts.map(({ report }) => report.timing.items);
  const { schemaVersion, suites, tool } = first;
  return {
    schemaVersion,
    tool,
    run: { ...withoutShard(first.run), interrupted: parts.some(({ report }) => report.run.interrupted) },
    claims: ordered,
    searches,
    ...(first.corpus === undefined ? {} : { corpus: corpusIn(parts) }),
    ...(suites === undefined ? {} : { suites }),
    ...(first.sources === undefined ? {} : { sources: sourcesIn(parts) }),
    timing: {
      startedAt: parts.map(({ report }) => report.timing.startedAt).toSorted()[0] ?? '',
      durationMs: parts.reduce((sum, { report }) => sum + report.timing.durationMs, 0),
      items: Object.fromEntries(
        shard.order.map((id) => [id, items.find((one) => Object.hasOwn(one, id))?.[id] ?? 0]),
      ),
    },
  };
};
