import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  byName,
  canonical,
  Fault,
  type FaultCode,
  type FaultDetails,
  scenarioText,
  type Value,
} from '../../model/index.ts';
import { tool } from '../../model/tool.ts';
import { asWritten, readCheckpoint, unwritable, writeCheckpoint } from '../../search/checkpoint/file.ts';
import { makeFolder } from '../../search/checkpoint/folder.ts';
import { lock } from '../../search/checkpoint/lock.ts';
import { identityOf, needSame, type Identity } from '../../search/checkpoint/identity.ts';
import { isProved } from '../../search/exhaustive/checkpoint/checkpoint.ts';
import type { Claim } from '../claim.ts';
import type { EngineResult } from '../engine/searching.ts';
import type { RunKeeper } from './keeper.ts';

/** The checkpoint of a run while it goes on. */
export interface RunCheckpointOptions {
  readonly folder: string;
  /** Whether to continue the run that is kept there; otherwise there must be none that is unfinished. */
  readonly resume: boolean;
  /**
   * The identity of the models: what they depend on, part by part, in words or as digests: files, say, or a
   * version. A run is continued only where this is the same. The result of an exhaustive search is still
   * compared with the model before it is taken over. Results of other engines, and faults, cannot be
   * compared: they are searched for again if this is not given.
   */
  readonly identity?: { readonly [part: string]: string };
  /** The least time between two checkpoints of a search, in milliseconds. */
  readonly everyMs?: number;
  /** A listener to UW313: something could not be kept. The run continues without it. */
  readonly onTrouble?: (fault: Fault) => void;
}

type Outcome =
  | { readonly kind: 'found'; readonly found: EngineResult; readonly durationMs: number }
  | { readonly kind: 'fault'; readonly code: FaultCode; readonly details: FaultDetails };

interface KeptRun {
  readonly identity: Identity;
  readonly finished: boolean;
  /** The finished searches, by number. */
  readonly searches: {
    readonly [number: string]: { readonly identity: Identity; readonly outcome: Outcome };
  };
}

const RUN = 'run.checkpoint';
const LOCK = 'run.lock';
const SEARCH = /^search-(\d+)\.checkpoint$/;
const PROOF = /^proof-\d+\.checkpoint$/;
const PARTIAL = /\.(checkpoint|lock|lock\.dead)\.\d+\.tmp$|\.checkpoint\.lock$/;

/** Returns the identity of a run of `claims`, without the models. */
export const runIdentity = (
  claims: readonly Claim[],
  options: { readonly [name: string]: Value | undefined },
  given: Identity = {},
): Identity => {
  const asked = claims.map(({ suite, id, model, invariant, scenario, limits = {} }) => [
    suite,
    id,
    model.id,
    invariant,
    scenarioText(scenario),
    byName({ ...limits }),
  ]);
  return {
    version: tool.version,
    options: canonical(byName(options as { [name: string]: Value })),
    claims: claims.map(({ id }) => id).join(', '),
    'what the claims ask': createHash('sha256').update(canonical(asked)).digest('hex').slice(0, 32),
    ...given,
  };
};

/** Whether a fault is one of the checkpoint, and not of the search. */
export const isOfCheckpoint = ({ code }: Fault): boolean => /^UW(31[1-5]|332)$/.test(code);

const nothingKept = (folder: string): Fault =>
  new Fault('UW314', {
    where: folder,
    expected: 'the folder of a run that was begun with --checkpoint',
    got: 'a folder without one',
    likely: 'a typing error, or the run ended before it had begun to search',
    next: 'begin with --checkpoint and this folder',
  });

const stillKept = (folder: string): Fault =>
  new Fault('UW315', {
    where: folder,
    expected: 'a folder without a run, or with one that is through',
    got: 'a run that is not through',
    likely: 'it was interrupted, or is running now',
    next: 'go on with it by --resume and this folder; or remove the folder, or name another one',
  });

const contentOf = (path: string): KeptRun | undefined => {
  const kept = readCheckpoint(path);
  kept?.close();
  return kept?.content as KeptRun | undefined;
};

const clear = (folder: string, isStale: (name: string) => boolean): void => {
  for (const name of readdirSync(folder)) if (isStale(name)) rmSync(join(folder, name), { force: true });
};

/** Opens the checkpoint to continue from. */
const open = (path: string, { folder, resume }: RunCheckpointOptions, identity: Identity): KeptRun => {
  const there = contentOf(path);
  if (resume) {
    if (there === undefined) throw nothingKept(folder);
    asWritten(path, () => needSame(path, there.identity, identity));
    // A run may have been killed between noting what a search found and taking its file away.
    const isThrough = (name: string): boolean => {
      const [, number] = SEARCH.exec(name) ?? [];
      return number !== undefined && number in there.searches;
    };
    clear(folder, (name) => PARTIAL.test(name) || isThrough(name));
    return there;
  }
  if (there?.finished === false) throw stillKept(folder);
  const begun = { identity, finished: false, searches: {} };
  try {
    makeFolder(folder);
    clear(folder, (name) => SEARCH.test(name) || PROOF.test(name) || PARTIAL.test(name));
  } catch {
    // Writing the file tells why the folder cannot be used.
  }
  writeCheckpoint(path, begun, []);
  return begun;
};

/**
 * Locks the folder for this process. Throws UW314 where there is no run to continue, UW313 where it cannot be
 * written, and UW332.
 */
const locked = ({ folder, resume }: RunCheckpointOptions): (() => void) => {
  const path = join(folder, LOCK);
  if (resume && !existsSync(folder)) throw nothingKept(folder);
  try {
    if (!resume) makeFolder(folder);
    return lock(folder, path);
  } catch (error) {
    throw error instanceof Fault ? error : unwritable(path, error);
  }
};

/**
 * Opens the folder of a run. Throws UW311 for a file that is damaged, UW312 for a run of something else,
 * UW313 for a folder that cannot be written, UW314 and UW315 as asked for, UW332 for one that another process
 * works in.
 */
export const createRunKeeper = (
  checkpoint: RunCheckpointOptions,
  identity: Identity,
  signal: AbortSignal | undefined,
): RunKeeper => {
  const { folder, everyMs, onTrouble } = checkpoint;
  const path = join(folder, RUN);
  const release = locked(checkpoint);
  let run: KeptRun;
  try {
    run = open(path, checkpoint, identity);
  } catch (error) {
    release();
    throw error;
  }
  /** Writes it; returns whether it could be written. */
  const write = (next: KeptRun): boolean => {
    run = next;
    try {
      writeCheckpoint(path, run, []);
      return true;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      onTrouble?.(error);
      return false;
    }
  };
  const note = (number: number, of: Identity, outcome: Outcome, file: string): void => {
    if (signal?.aborted === true) return;
    const searches = { ...run.searches, [number]: { identity: of, outcome } };
    if (write({ ...run, searches })) rmSync(file, { force: true });
  };
  return {
    decide: async ({ number, system, invariants, options, proves, search }) => {
      const of = identityOf(system, invariants, options as { [name: string]: Value });
      const proof = join(folder, `proof-${number}.checkpoint`);
      const earlier = run.searches[number];
      if (earlier !== undefined) {
        needSame(path, earlier.identity, of);
        const { outcome } = earlier;
        const isProof = proves && outcome.kind === 'found';
        const isSure = isProof ? isProved(proof, system, invariants, of) : checkpoint.identity !== undefined;
        if (isSure && outcome.kind === 'found') return outcome;
        if (isSure && outcome.kind === 'fault') throw new Fault(outcome.code, outcome.details);
      }
      const file = join(folder, `search-${number}.checkpoint`);
      const startMs = performance.now();
      try {
        const found = await search({
          file,
          proof,
          ...(everyMs === undefined ? {} : { everyMs }),
          ...(onTrouble === undefined ? {} : { onTrouble }),
        });
        const durationMs = performance.now() - startMs;
        note(number, of, { kind: 'found', found, durationMs }, file);
        return { found, durationMs };
      } catch (error) {
        if (error instanceof Fault && !isOfCheckpoint(error)) {
          note(number, of, { kind: 'fault', code: error.code, details: error.details }, file);
        }
        throw error;
      }
    },
    finish: () => void write({ ...run, finished: true }),
    close: release,
  };
};
