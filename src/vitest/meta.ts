import { counted } from '../attack/words.ts';
import type { ClaimResult } from '../claim/result.ts';
import { claimEntry } from '../report/entries.ts';
import type { ClaimEntry } from '../report/report.ts';
import { verdictWords } from '../report/words.ts';
import { isInConfig, testAgain, type Finder } from './replay.ts';

/** The data that a test of a claim leaves in its `meta.underwatch`, for reporters. */
export interface ClaimMeta {
  /** The claim's entry, as a report has it. */
  readonly claim: ClaimEntry;
  /** The time of the search that decided it, in milliseconds, when it was made. */
  readonly durationMs: number;
  /** Whether an earlier run made that search. */
  readonly recalled: boolean;
  /** Whether the configuration has its model, so that `underwatch replay` can show its attack. */
  readonly configured: boolean;
}

declare module 'vitest' {
  interface TaskMeta {
    underwatch?: ClaimMeta;
  }
}

/** Makes the meta of a test from its claim's result. */
export const metaOf = (result: ClaimResult, finder: Finder): ClaimMeta => ({
  claim: claimEntry(result, testAgain(finder)),
  durationMs: Math.round(result.durationMs),
  recalled: result.recalled === true,
  configured: isInConfig(result.claim.model),
});

/** `holds: 4,096 states, 180 ms`. */
export const metaWords = ({ claim, durationMs, recalled }: ClaimMeta): string =>
  `${verdictWords(claim)}: ${counted(claim.states, 'state')}, ${durationMs.toLocaleString('en-US')} ms` +
  (recalled ? ', found by an earlier run' : '');
