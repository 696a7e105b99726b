import type { Claim } from '../claim/claim.ts';
import type { ClaimResult, ClaimRun } from '../claim/result.ts';
import { claimEntry } from './entries.ts';
import type { OutcomeEntry } from './outcomes/outcome.ts';
import type { ClaimEntry, PlatformEntry, Report, RunEntry, SuiteEntry } from './report.ts';
import { shownLines } from '../model/shown.ts';
import { tool } from '../model/tool.ts';

/** The start of a run, and how long it took. */
export interface Clocked {
  readonly startedAt: Date;
  readonly durationMs: number;
}

const rounded = (durationMs: number): number => Math.round(durationMs * 1000) / 1000;

/** Makes the report of a run of claims; `reproduce` gives the command that repeats one of them. */
export const claimsReport = (
  run: ClaimRun,
  options: {
    readonly run: Omit<RunEntry, 'command' | 'interrupted'>;
    readonly clocked: Clocked;
    readonly reproduce: (result: ClaimResult) => string;
    readonly suites?: readonly SuiteEntry[];
    readonly sources?: Report['sources'];
    readonly corpus?: Report['corpus'];
    /** All claims of the run, those of other shards too. */
    readonly among?: readonly Claim[];
  },
): Report => {
  const { shard, ...withoutShard } = options.run;
  return {
    schemaVersion: 1,
    tool,
    run: {
      command: 'verify',
      ...withoutShard,
      interrupted: run.interrupted,
      ...(shard === undefined ? {} : { shard }),
    },
    claims: run.results.map((result): ClaimEntry =>
      claimEntry(result, options.reproduce(result), options.among),
    ),
    searches: run.searches,
    ...(options.corpus === undefined ? {} : { corpus: options.corpus }),
    ...(options.suites === undefined ? {} : { suites: options.suites.map(({ id, says }) => ({ id, says })) }),
    ...(options.sources === undefined ? {} : { sources: options.sources }),
    timing: {
      startedAt: options.clocked.startedAt.toISOString(),
      durationMs: rounded(options.clocked.durationMs),
      items: Object.fromEntries(run.results.map(({ claim, durationMs }) => [claim.id, rounded(durationMs)])),
    },
  };
};

/** Makes the report of an audit of boards. */
export const auditReport = (
  platforms: readonly PlatformEntry[],
  options: {
    readonly run: Omit<RunEntry, 'command'>;
    readonly clocked: Clocked;
    readonly durationsMs: { readonly [platform: string]: number };
  },
): Report => ({
  schemaVersion: 1,
  tool,
  run: { command: 'audit', ...options.run },
  claims: [],
  searches: [],
  platforms,
  timing: {
    startedAt: options.clocked.startedAt.toISOString(),
    durationMs: rounded(options.clocked.durationMs),
    items: Object.fromEntries(
      Object.entries(options.durationsMs).map(([name, durationMs]) => [name, rounded(durationMs)]),
    ),
  },
});

/** Makes the report of a run whose results are neither claims of suites nor questions about boards. */
export const outcomesReport = (
  outcomes: readonly OutcomeEntry[],
  { clocked, run }: { readonly run: RunEntry; readonly clocked: Clocked },
): Report => ({
  schemaVersion: 1,
  tool,
  run,
  claims: [],
  searches: [],
  outcomes,
  timing: {
    startedAt: clocked.startedAt.toISOString(),
    durationMs: rounded(clocked.durationMs),
    items: {},
  },
});

/**
 * Writes a document as the text of a JSON file, in which nothing acts on a terminal or an editor that shows
 * it.
 */
export const jsonText = (document: object): string =>
  `${shownLines(JSON.stringify(document, undefined, 2))}\n`;
