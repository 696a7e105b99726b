import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { byName, canonical, scenarioText, type System, type Value } from '../../../model/index.ts';
import { needPureInSlices } from '../../../model/purity/check.ts';
import { watchedOnce, watchedSlices } from '../../../model/watchdog/slices.ts';
import { contradictionIn, type KeptEvidence } from '../../../search/checkpoint/evidence.ts';
import { readCheckpoint, writeCheckpoint } from '../../../search/checkpoint/file.ts';
import { makeFolder } from '../../../search/checkpoint/folder.ts';
import { identityOf, type Identity } from '../../../search/checkpoint/identity.ts';
import { proofIn } from '../../../search/exhaustive/checkpoint/checkpoint.ts';
import { needReplayed } from '../../../search/replayed.ts';
import type { Bound, Progress } from '../../../search/result.ts';
import { settingUp, timeIsOver, unlessEnded } from '../../../search/set-up.ts';
import { drive } from '../../engine/drive.ts';
import type { EngineResult } from '../../engine/searching.ts';
import type { RunKeeper, DecidedSearch, Wanted } from '../keeper.ts';
import { ENTRY, prune } from './prune.ts';
import { ownCodeDigest, sourceDigest } from './sources.ts';

/** The place where searches are remembered between runs. */
export interface RunCache {
  readonly folder: string;
  /**
   * The time, in milliseconds, below which a search is made again: that costs no more than to remember it.
   * 100 if not given.
   */
  readonly fromMs?: number;
}

const FROM_MS = 100;

interface Entry {
  readonly identity: Identity;
  readonly found: EngineResult;
  readonly durationMs: number;
  readonly evidence: KeptEvidence;
}

/**
 * Returns the part of a search's identity that is cheap to know; undefined if nothing tells when its model
 * changes.
 */
const askedOf = ({ declared, invariants, options, system }: Wanted): Identity | undefined => {
  const sources = sourceDigest(declared);
  if (sources === undefined) return undefined;
  return {
    'code of underwatch': ownCodeDigest(),
    'files of the model': sources,
    engine: 'exhaustive',
    model: system.model.id,
    scenario: scenarioText(system.scenario),
    invariants: invariants.toSorted().join(', '),
    options: canonical(byName(options as { [name: string]: Value })),
  };
};

const wholeOf = (asked: Identity, { invariants, options, system }: Wanted): Identity => ({
  ...identityOf(system, invariants, options as { [name: string]: Value }),
  ...asked,
});

function* checked(system: System, isOver: () => boolean): Generator<Progress, boolean, 'stop' | undefined> {
  yield* settingUp(needPureInSlices(system), isOver);
  return true;
}

/**
 * Checks the model's purity before anything else runs its functions: a memo shows while it is empty. It does
 * not if it was ended.
 */
const isPure = async ({ limits, listening, system }: Wanted): Promise<boolean> =>
  drive(
    watchedSlices(
      () => unlessEnded(checked(system, timeIsOver(limits, performance.now())), () => false),
      limits,
    ),
    listening,
  );

/** Reads the entry at `path`, if it is of the same search of a model that still behaves the same. */
const entryIn = (path: string, asked: Identity, wanted: Wanted): DecidedSearch | undefined => {
  const kept = readCheckpoint(path);
  if (kept === undefined) return undefined;
  try {
    const { system, invariants } = wanted;
    const { identity, found, durationMs, evidence } = kept.content as Entry;
    if (canonical(byName(identity)) !== canonical(byName(wholeOf(asked, wanted)))) return undefined;
    const [rows, digests] = [kept.next() as Int32Array, kept.next() as Int32Array];
    if (contradictionIn(system, invariants, evidence, rows, digests) !== undefined) return undefined;
    if (invariants.some((id) => found.result.verdicts[id] === undefined)) return undefined;
    needReplayed(system, found.result.verdicts);
    return { found, durationMs, recalled: true };
  } finally {
    kept.close();
  }
};

const recall = async (path: string, asked: Identity, wanted: Wanted): Promise<DecidedSearch | undefined> => {
  if (!existsSync(path) || !(await isPure(wanted))) return undefined;
  try {
    const entry = watchedOnce(() => entryIn(path, asked, wanted));
    const now = new Date();
    if (entry !== undefined) utimesSync(path, now, now);
    return entry;
  } catch {
    // The search tells whatever is wrong, with the file or with the model.
    return undefined;
  }
};

const isOfClock = (bound: Bound | undefined): boolean => bound !== undefined && !bound.startsWith('max');

/** Whether the same search would find the same once more, however long it takes. */
const isSettled = ({ result }: EngineResult): boolean =>
  !isOfClock(result.bound) &&
  Object.values(result.verdicts).every(
    (verdict) => verdict.kind !== 'unresolved' || !isOfClock(verdict.bound),
  );

const remember = (path: string, entry: Omit<Entry, 'evidence'>, proof: string): void => {
  const parts = isSettled(entry.found) ? proofIn(proof) : undefined;
  if (parts === undefined) return;
  const { arrays, evidence } = parts;
  // Other threads of this process may write the same: each beside it, under a name of its own.
  const beside = `${proof}.entry`;
  writeCheckpoint(beside, { ...entry, evidence }, arrays);
  renameSync(beside, path);
};

const search = async (wanted: Wanted): Promise<DecidedSearch> => {
  const startMs = performance.now();
  return { found: await wanted.search(), durationMs: performance.now() - startMs };
};

/** Makes a search, and remembers its result. A failure to remember it is ignored. */
const searchAndRemember = async (
  { folder, fromMs = FROM_MS }: RunCache,
  path: string,
  asked: Identity,
  wanted: Wanted,
): Promise<DecidedSearch> => {
  const proof = `${path}.${process.pid}-${threadId}`;
  try {
    makeFolder(folder);
  } catch {
    return search(wanted);
  }
  const startMs = performance.now();
  try {
    const checkpoint = { proof, proofFromMs: fromMs, onTrouble: () => undefined };
    const found = await wanted.search(checkpoint);
    const durationMs = performance.now() - startMs;
    try {
      remember(path, { identity: wholeOf(asked, wanted), found, durationMs }, proof);
      prune(folder);
    } catch {
      // The disk is full, say.
    }
    return { found, durationMs };
  } finally {
    rmSync(proof, { force: true });
  }
};

/**
 * Makes a cache that remembers, between runs, the results of exhaustive searches of one thread, until
 * something changes that they depend on. That is the code of this package, the files that the model comes
 * from, the scenario, the limits, the texts of the model's functions, or what these do in the states at which
 * the search ran them. An entry that is damaged, or of something else, is ignored.
 */
export const createCache = (cache: RunCache): RunKeeper => ({
  decide: async (wanted) => {
    const asked = wanted.proves ? askedOf(wanted) : undefined;
    if (asked === undefined) return search(wanted);
    const name = createHash('sha256')
      .update(canonical(byName(asked)))
      .digest('hex')
      .slice(0, 32);
    const path = join(cache.folder, `${name}${ENTRY}`);
    return (await recall(path, asked, wanted)) ?? searchAndRemember(cache, path, asked, wanted);
  },
  finish: () => undefined,
  close: () => undefined,
});
