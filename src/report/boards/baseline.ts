import { Fault } from '../../model/index.ts';
import type { AnswerEntry, PlatformEntry, Report } from '../report.ts';
import { answerWords } from '../words.ts';

/** A change to a board since an earlier audit. */
export interface BoardChange {
  readonly board: string;
  /** The question, lock or finding. */
  readonly id: string;
  readonly kind: 'worse' | 'better' | 'other';
  readonly before: string;
  readonly now: string;
}

const NOTHING = 'not there';

/** The rank of an answer: how bad it is. */
const RANKS = { holds: 0, vacuous: 0, unresolved: 1, depends: 2, violated: 3 } as const;

type KindOf<T> = (before: T | undefined, now: T | undefined) => BoardChange['kind'] | undefined;

const answerKind: KindOf<AnswerEntry> = (before, now) => {
  // A new question was not known to be bad before; one that is gone is not known to be good.
  const [from, to] = [before?.verdict ?? 'holds', now?.verdict ?? 'unresolved'];
  if (RANKS[to] > RANKS[from]) return 'worse';
  // A missing answer makes nothing better.
  if (RANKS[to] < RANKS[from]) return to === 'unresolved' ? 'other' : 'better';
  const [long, short] = [before?.attack?.length ?? Infinity, now?.attack?.length ?? Infinity];
  if (short < long) return 'worse';
  return short > long ? 'better' : undefined;
};

type Lock = PlatformEntry['locks'][number];

const lockKind: KindOf<Lock> = (before, now) => {
  if (before?.state === now?.state) return undefined;
  if (before?.state === 'set') return 'worse';
  return now?.state === 'set' ? 'better' : 'other';
};

type Finding = PlatformEntry['findings'][number];

const findingKind: KindOf<Finding> = (before, now) => {
  const [was, is] = [before?.severity === 'bad', now?.severity === 'bad'];
  if (was === is) return undefined;
  return is ? 'worse' : 'better';
};

const changesOf = <T extends { readonly id: string }>(
  board: string,
  before: readonly T[],
  now: readonly T[],
  kindOf: KindOf<T>,
  words: (one: T) => string,
): readonly BoardChange[] => {
  const ids = [...new Set([...now, ...before].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [old, current] = [before.find((one) => one.id === id), now.find((one) => one.id === id)];
    const kind = kindOf(old, current);
    if (kind === undefined) return [];
    const told = (one: T | undefined): string => (one === undefined ? NOTHING : words(one));
    return [{ board, id, kind, before: told(old), now: told(current) }];
  });
};

const named = (locks: readonly Lock[]): readonly (Lock & { readonly id: string })[] =>
  locks.map((lock) => ({ ...lock, id: lock.name }));

// Notes and laws are numbered as they come, which says nothing from one log to the next.
const stable = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ id }) => !/^(?:NOTE|LAW)-\d+$|^NEXT$/.test(id));

const boardChanges = (before: PlatformEntry | undefined, now: PlatformEntry): readonly BoardChange[] => [
  ...changesOf(now.name, before?.answers ?? [], now.answers, answerKind, answerWords),
  ...changesOf(now.name, named(before?.locks ?? []), named(now.locks), lockKind, ({ state }) => state),
  ...changesOf(
    now.name,
    stable(before?.findings ?? []),
    stable(now.findings),
    findingKind,
    ({ says }) => says,
  ),
];

/** Returns the boards of an earlier audit. Throws UW370 for a report of something else. */
export const baselineOf = (path: string, { platforms, run }: Report): readonly PlatformEntry[] => {
  if (platforms !== undefined) return platforms;
  throw new Fault('UW370', {
    where: path,
    expected: 'a report of `underwatch audit`',
    got: `one of \`underwatch ${run.command}\``,
    likely: 'the report.json of another command',
    next: 'name the audit.json of an earlier audit, or make one: underwatch audit BOARD --json > baseline.json',
  });
};

/**
 * Lists the changes since an earlier audit, worse ones first. A board is the one of its name; where each
 * audit has a single one, these are compared, whatever their names: two versions of a board's firmware.
 */
export const changesSince = (
  baseline: readonly PlatformEntry[],
  now: readonly PlatformEntry[],
): readonly BoardChange[] => {
  const isPair = baseline.length === 1 && now.length === 1;
  const changes = now.flatMap((entry) =>
    boardChanges(isPair ? baseline[0] : baseline.find(({ name }) => name === entry.name), entry),
  );
  return (['worse', 'better', 'other'] as const).flatMap((kind) =>
    changes.filter((change) => change.kind === kind),
  );
};
