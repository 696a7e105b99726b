import { match } from 'ts-pattern';
import { counted } from '../../attack/words.ts';
import type { ClaimEntry } from '../report.ts';

/**
 * The status of a claim: what its outcome means to its reader. A verdict alone does not say it: `violated` is
 * an attack that everybody knows, or one that nobody expected.
 */
export type ClaimStatus =
  /** The claim holds, as expected; or what was not to be reached is not. */
  | 'proof'
  /** The claim is violated, as expected. */
  | 'known-attack'
  /** The search found an attack where none was expected, or a shorter one than the one that is known. */
  | 'new-attack'
  /** The claim was expected to hold, and is decided otherwise, without an attack to show. */
  | 'broken-proof'
  /** The outcome is not as expected in another way: an attack that is gone or longer, another witness. */
  | 'changed'
  | 'unresolved'
  | 'vacuous'
  /** A fault ended the search. */
  | 'fault';

/** The statuses, the gravest first: a reader is to see these before the others. */
export const STATUSES: readonly ClaimStatus[] = [
  'fault',
  'new-attack',
  'broken-proof',
  'changed',
  'unresolved',
  'known-attack',
  'vacuous',
  'proof',
];

type Judged = Pick<ClaimEntry, 'asExpected' | 'attack' | 'error' | 'expected' | 'expectedLength' | 'verdict'>;

const unexpected = ({ attack, expected, expectedLength, verdict }: Judged): ClaimStatus => {
  if (verdict === 'unresolved') return 'unresolved';
  if (verdict === 'violated' && attack !== undefined) {
    const isKnown = expected === 'violated' && attack.length >= (expectedLength ?? 0);
    return isKnown ? 'changed' : 'new-attack';
  }
  return expected === 'holds' && verdict !== 'holds' ? 'broken-proof' : 'changed';
};

/** Returns the status of a claim. */
export const statusOf = (entry: Judged): ClaimStatus => {
  if (entry.error !== undefined) return 'fault';
  if (!entry.asExpected) return unexpected(entry);
  return match(entry.verdict)
    .returnType<ClaimStatus>()
    .with('holds', () => 'proof')
    .with('violated', () => (entry.attack === undefined ? 'proof' : 'known-attack'))
    .with('unresolved', () => 'unresolved')
    .with('vacuous', () => 'vacuous')
    .exhaustive();
};

const WORDS: { readonly [status in ClaimStatus]: string } = {
  proof: 'proved',
  'known-attack': 'known attack',
  'new-attack': 'NEW attack',
  'broken-proof': 'broken proof',
  changed: 'changed',
  unresolved: 'unresolved',
  vacuous: 'vacuous',
  fault: 'fault',
};

/** Says a status in a word or two. */
export const statusWords = (status: ClaimStatus): string => WORDS[status];

/** Words that have no plural. */
const STATES: readonly ClaimStatus[] = ['proof', 'changed', 'unresolved', 'vacuous'];

/** Counts a status: `2 known attacks`, `2 proved`. */
export const countedStatus = (count: number, status: ClaimStatus): string =>
  STATES.includes(status)
    ? `${count.toLocaleString('en-US')} ${statusWords(status)}`
    : counted(count, statusWords(status));

/** Counts claims by status; only statuses that there are, the gravest first. */
export const statusesIn = (
  claims: readonly Judged[],
): readonly { readonly status: ClaimStatus; readonly count: number }[] => {
  const all = claims.map(statusOf);
  return STATUSES.map((status) => ({
    status,
    count: all.filter((one) => one === status).length,
  })).filter(({ count }) => count > 0);
};
