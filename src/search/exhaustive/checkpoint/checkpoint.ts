import { canonical, Fault, type State, type System, type Value } from '../../../model/index.ts';
import {
  contradictionIn,
  createEvidence,
  type Evidence,
  type KeptEvidence,
} from '../../checkpoint/evidence.ts';
import {
  asWritten,
  readCheckpoint,
  unwritable,
  writeCheckpoint,
  type Numbers,
} from '../../checkpoint/file.ts';
import { identityOf, needSame, type Identity } from '../../checkpoint/identity.ts';
import { lock } from '../../checkpoint/lock.ts';
import { partsOf, restore, type KeptSearch } from './snapshot.ts';
import type { CheckpointOptions } from '../options.ts';
import type { Frontier } from '../parts/frontier.ts';
import type { Search } from '../search.ts';
import { checkEvenly, evenly, selfCheckIn } from '../checks/self-check.ts';
import { firstHeld, readRow } from '../store/store.ts';

/** The position of a search between two batches. */
interface Position extends Pick<Frontier, 'head' | 'levelEnd'> {
  readonly elapsedMs: number;
}

/** A keeper, which keeps a search and brings it back. */
export interface Keeper {
  /** The parts of the system's shape that are known from the start. */
  readonly whole: readonly string[];
  /**
   * Restores `search`, which has just begun, to where it was kept; returns the milliseconds that it had
   * taken, undefined if it was not kept.
   */
  readonly resume: (search: Search) => number | undefined;
  /** Keeps `search`, which has taken so long, if it is time to, or in any case when it is told to `stop`. */
  readonly keep: (search: Search, elapsedMs: number, stop: boolean) => void;
  /** Leaves the proof of `search`, which is through: what its result rests on. */
  readonly prove: (search: Search) => void;
}

interface Content {
  readonly identity: Identity;
  readonly search: KeptSearch;
  readonly place: Position;
  readonly evidence: KeptEvidence;
}

interface Proof {
  readonly identity: Identity;
  readonly evidence: KeptEvidence;
}

const EVERY_MS = 60_000;
// The number of kept states in which all that was learned is compared with the model.
const CHECKED_AGAIN = 512;
// Writing takes at most this part of the time, however large the search has become.
const SHARE = 0.1;

// States of a search that is through which are looked at again beside those at which something was learned:
// all, or so many.
const ALL = 8192;
const SOME = 2048;
const MOST_STATE_TEXT = 1000;

const changed = (path: string, where: string): Fault =>
  new Fault('UW312', {
    where: path,
    expected: 'a model that does in the states of the checkpoint what it did',
    got: `another result ${where}`,
    likely:
      'something that the functions of the model use was changed since it was written: a constant, a file, a variable of the environment',
    next: 'go on with what it was written with, or begin anew with --checkpoint and another folder',
  });

/** Compares the model with what was learned of it, in a sample of the states before `head`. */
const checkAgain = (search: Search, path: string, head: number): void => {
  try {
    // Those that were expanded are not held any more where only fingerprints are.
    if (search.store.memory.states === 'exact') {
      selfCheckIn(search, 0, head);
      checkEvenly(search, head, CHECKED_AGAIN);
    }
  } catch (error) {
    throw error instanceof Fault && error.code === 'UW104'
      ? changed(path, `of ${error.details.where}`)
      : error;
  }
};

/**
 * Checks evidence. Throws UW312 unless the model's functions say in all states of `evidence` what they said.
 */
const needEvidence = (
  path: string,
  system: System,
  invariants: readonly string[],
  evidence: KeptEvidence,
  rows: Int32Array,
  digests: Int32Array,
): void => {
  const state: State | undefined = contradictionIn(system, invariants, evidence, rows, digests);
  if (state !== undefined) throw changed(path, `in the state ${canonical(state).slice(0, MOST_STATE_TEXT)}`);
};

/** The parts of a proof: what the result of a search rests on. */
export interface ProofParts {
  readonly evidence: KeptEvidence;
  readonly arrays: readonly [rows: Int32Array, digests: Int32Array];
}

/**
 * Reads the proof that a search left in the file at `path`; undefined if it left none. Throws UW311 for a
 * file that is damaged.
 */
export const proofIn = (path: string): ProofParts | undefined => {
  const kept = readCheckpoint(path);
  if (kept === undefined) return undefined;
  try {
    const { evidence } = kept.content as Proof;
    return { evidence, arrays: [kept.next() as Int32Array, kept.next() as Int32Array] };
  } finally {
    kept.close();
  }
};

/**
 * Whether a finished search left a proof in the file at `path`. Throws UW312 if the model's functions say
 * something else now in any of the states at which they were run, and UW311 for a file that is damaged.
 */
export const isProved = (
  path: string,
  system: System,
  invariants: readonly string[],
  identity: Identity,
): boolean => {
  const kept = readCheckpoint(path);
  if (kept === undefined) return false;
  try {
    const proof = kept.content as Proof;
    // States are held, and limits named, in another way there.
    needSame(path, proof.identity, { ...identity, options: proof.identity['options']! });
    const rows = kept.next() as Int32Array;
    needEvidence(path, system, invariants, proof.evidence, rows, kept.next() as Int32Array);
    return true;
  } finally {
    kept.close();
  }
};

const readContent = (
  path: string | undefined,
  identity: Identity,
): (Content & { readonly next: Next }) | undefined => {
  if (path === undefined) return undefined;
  const kept = readCheckpoint(path);
  if (kept === undefined) return undefined;
  const content = kept.content as Content;
  try {
    asWritten(path, () => needSame(path, content.identity, identity));
  } catch (error) {
    kept.close();
    throw error;
  }
  return { ...content, next: kept };
};

type Next = NonNullable<ReturnType<typeof readCheckpoint>>;

/**
 * Locks the file of a search; the returned function releases it. Throws UW332 while another search is kept
 * there.
 */
export const lockFile = ({ file, onTrouble }: CheckpointOptions): (() => void) => {
  if (file === undefined) return () => undefined;
  try {
    return lock(file, `${file}.lock`);
  } catch (error) {
    if (error instanceof Fault) throw error;
    // The search goes on without, as where it cannot be written later.
    onTrouble?.(unwritable(file, error));
    return () => undefined;
  }
};

/**
 * Makes the keeper of a search in a file. Throws UW311 for a file that is damaged, UW312 for one that belongs
 * to something else.
 */
export const createKeeper = (
  system: System,
  invariants: readonly string[],
  options: { readonly [name: string]: Value | undefined },
  { file, proof, proofFromMs = 0, everyMs = EVERY_MS, onTrouble }: CheckpointOptions,
): Keeper => {
  const beginMs = performance.now();
  const identity = identityOf(system, invariants, options as { [name: string]: Value });
  let found = readContent(file, identity);
  const whole = found?.search.whole ?? [];
  let due = performance.now() + everyMs;
  let evidence: Evidence = createEvidence(0);
  const written = (path: string, content: Content | Proof, arrays: readonly Numbers[]): void => {
    try {
      writeCheckpoint(path, content, arrays);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      onTrouble?.(error);
    }
  };
  return {
    whole,
    resume: (search) => {
      const kept = found;
      found = undefined;
      const { space } = search;
      evidence = createEvidence(space.fields.length);
      space.onLearn(evidence.note);
      for (const row of space.initial) evidence.note(Uint32Array.from(row));
      if (kept === undefined || file === undefined) return undefined;
      try {
        asWritten(file, () => restore(search, kept.search, kept.place, kept.next.next));
        const [rows, digests] = [kept.next.next() as Int32Array, kept.next.next() as Int32Array];
        needEvidence(file, system, invariants, kept.evidence, rows, digests);
        evidence.recall(kept.evidence, rows, digests);
      } finally {
        kept.next.close();
      }
      checkAgain(search, file, kept.place.head);
      return kept.place.elapsedMs;
    },
    keep: (search, elapsedMs, stop) => {
      const startMs = performance.now();
      if (file === undefined || (!stop && startMs < due)) return;
      const { content, arrays } = partsOf(search);
      const rests = evidence.parts(search.space, system, invariants);
      const { head, levelEnd } = search.frontier;
      const place = { head, levelEnd, elapsedMs };
      const all = { identity, search: content, place, evidence: rests.content };
      written(file, all, [...arrays, ...rests.arrays]);
      const endMs = performance.now();
      due = endMs + Math.max(everyMs, (endMs - startMs) / SHARE);
    },
    prove: (search) => {
      if (proof === undefined || performance.now() - beginMs < proofFromMs) return;
      const { space, store } = search;
      const row = new Uint32Array(store.layout.slots.length);
      for (const index of evenly(firstHeld(store), store.size, store.size <= ALL ? ALL : SOME)) {
        readRow(store, index, row);
        evidence.note(row);
      }
      const rests = evidence.parts(space, system, invariants);
      written(proof, { identity, evidence: rests.content }, rests.arrays);
    },
  };
};
