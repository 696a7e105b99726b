import { Fault, type System, type Value } from '../../model/index.ts';
import { readKept, writeKept } from '../checkpoint/file.ts';
import { identityOf, needSame, type Identity } from '../checkpoint/identity.ts';
import { partsOf, restore, type KeptSearch } from './checkpoint-parts.ts';
import type { Keeping } from './options.ts';
import type { Search } from './search.ts';
import { selfCheckIn } from './self-check.ts';

/** Where a search is between two batches. */
export interface Place {
  /** The number of the next state to be expanded, and of the first one of the next level. */
  readonly head: number;
  readonly levelEnd: number;
  readonly elapsedMs: number;
}

/** Keeps a search, and brings it back. */
export interface Keeper {
  /** What is known of the system's shape from the start. */
  readonly whole: readonly string[];
  /** Brings `search`, which has just begun, to where it was kept; undefined if it was not. */
  readonly resume: (search: Search) => Place | undefined;
  /** Keeps `search` at `place` if it is time to, or in any case when it is told to `stop`. */
  readonly keep: (search: Search, place: Place, stop: boolean) => void;
}

interface Content {
  readonly identity: Identity;
  readonly search: KeptSearch;
  readonly place: Place;
}

const EVERY_MS = 60_000;
// Writing takes at most this part of the time, however large the search has become.
const SHARE = 0.1;

const changed = (path: string): Fault =>
  new Fault('UW312', {
    where: path,
    expected: 'a model that does in the states of the checkpoint what it did',
    got: 'another result in one of those that were tried',
    likely: 'a function that the model calls was changed since the checkpoint was written',
    next: 'go on with what it was written with, or begin anew with --checkpoint and another folder',
  });

/** Holds the model against what it was learned to do in a sample of the states before `head`. */
const checkAgain = (search: Search, path: string, head: number): void => {
  try {
    selfCheckIn(search, 0, head);
  } catch (error) {
    throw error instanceof Fault && error.code === 'UW104' ? changed(path) : error;
  }
};

const readContent = (path: string, identity: Identity): (Content & { readonly next: Next }) | undefined => {
  const kept = readKept(path);
  if (kept === undefined) return undefined;
  const content = kept.content as Content;
  try {
    needSame(path, content.identity, identity);
  } catch (error) {
    kept.close();
    throw error;
  }
  return { ...content, next: kept };
};

type Next = NonNullable<ReturnType<typeof readKept>>;

/**
 * The keeper of a search in a file. Throws UW311 for a file that is damaged, UW312 for one that belongs to
 * something else.
 */
export const createKeeper = (
  system: System,
  invariants: readonly string[],
  options: { readonly [name: string]: Value | undefined },
  { file, everyMs = EVERY_MS, onTrouble }: Keeping,
): Keeper => {
  const identity = identityOf(system, invariants, options as { [name: string]: Value });
  let found = readContent(file, identity);
  const whole = found?.search.whole ?? [];
  let due = performance.now() + everyMs;
  return {
    whole,
    resume: (search) => {
      const kept = found;
      found = undefined;
      if (kept === undefined) return undefined;
      try {
        restore(search, kept.search, kept.next.next);
      } finally {
        kept.next.close();
      }
      checkAgain(search, file, kept.place.head);
      return kept.place;
    },
    keep: (search, place, stop) => {
      const startMs = performance.now();
      if (!stop && startMs < due) return;
      const { content, arrays } = partsOf(search);
      try {
        writeKept(file, { identity, search: content, place } satisfies Content, arrays);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        onTrouble?.(error);
      }
      const endMs = performance.now();
      due = endMs + Math.max(everyMs, (endMs - startMs) / SHARE);
    },
  };
};
