import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../model/index.ts';
import { tool } from '../../model/tool.ts';
import { readCheckpoint, unwritable, writeCheckpoint } from '../../search/checkpoint/file.ts';
import { makeFolder } from '../../search/checkpoint/folder.ts';
import { needSame, type Identity } from '../../search/checkpoint/identity.ts';
import { lock } from '../../search/checkpoint/lock.ts';
import type { Verdict } from '../../search/result.ts';
import type { Searched } from '../search-sets.ts';
import type { SearchMemory } from './memory.ts';

/** The folder in which searches are kept. */
export interface MemoryFolderOptions {
  readonly folder: string;
  /** Whether to continue with what is kept there; otherwise there must be nothing. */
  readonly resume: boolean;
  /** The identity of the models, as digests: results of other models are of no use. */
  readonly identity: Identity;
  /** A listener to UW313: something could not be kept. The searches go on without it. */
  readonly onTrouble?: (fault: Fault) => void;
}

/** A memory that outlives the process. */
export interface KeptMemory extends SearchMemory {
  /** Returns the number of searches in it. */
  readonly size: () => number;
  readonly close: () => void;
}

interface Entry {
  readonly verdicts: readonly (readonly Verdict[])[];
  readonly asked: readonly string[];
  readonly states: number;
}

interface Content {
  readonly identity: Identity;
  readonly searches: { readonly [asked: string]: Entry };
}

const FILE = 'defences.checkpoint';

const identityFrom = (given: Identity): Identity => ({ version: tool.version, ...given });

const nothingThere = (folder: string): Fault =>
  new Fault('UW314', {
    where: folder,
    expected: 'a folder in which searches of defences are kept',
    got: existsSync(folder) ? 'a folder without any' : 'no such folder',
    likely: 'a typing error, or the command ended before its first search was through',
    next: 'begin with --checkpoint and this folder',
  });

const somethingThere = (folder: string): Fault =>
  new Fault('UW315', {
    where: folder,
    expected: 'a folder in which nothing is kept',
    got: 'one with searches of defences',
    likely: 'the command was begun before',
    next: 'go on with it by --resume and this folder; or remove the folder, or name another one',
  });

const entriesAt = (path: string, identity: Identity): Map<string, Searched> | undefined => {
  const kept = readCheckpoint(path);
  if (kept === undefined) return undefined;
  kept.close();
  const { identity: own, searches } = kept.content as Content;
  needSame(path, own, identity);
  return new Map(
    Object.entries(searches).map(([key, { asked, ...found }]) => [key, { ...found, asked: new Set(asked) }]),
  );
};

/**
 * Reads the results of other runs, part by part. Throws UW311 for a file that is damaged, UW312 for one of
 * another model or version, UW314 for a folder without one.
 */
export const memoryOf = (folders: readonly string[], given: Identity): Map<string, Searched> => {
  const all = folders.map((folder) => {
    const entries = entriesAt(join(folder, FILE), identityFrom(given));
    if (entries === undefined) throw nothingThere(folder);
    return entries;
  });
  return new Map(all.flatMap((entries) => [...entries]));
};

/**
 * Opens a folder in which each search is kept once it is through: after the process was killed, no more than
 * the search that it was in is made again. Throws UW311 for a file that is damaged, UW312 for one of another
 * model or version, UW313 for a folder that cannot be written, UW314 and UW315 as asked for, UW332 for one
 * that another process works in.
 */
export const openMemory = ({ folder, identity, onTrouble, resume }: MemoryFolderOptions): KeptMemory => {
  const path = join(folder, FILE);
  const own = identityFrom(identity);
  let release: () => void;
  if (resume && !existsSync(path)) throw nothingThere(folder);
  try {
    makeFolder(folder);
    release = lock(folder, join(folder, 'defences.lock'));
  } catch (error) {
    throw error instanceof Fault ? error : unwritable(path, error);
  }
  try {
    const entries = entriesAt(path, own) ?? new Map<string, Searched>();
    if (!resume && entries.size > 0) throw somethingThere(folder);
    const write = (): void => {
      const searches = Object.fromEntries(
        Array.from(entries, ([key, { asked, ...found }]) => [key, { ...found, asked: [...asked] }]),
      );
      try {
        writeCheckpoint(path, { identity: own, searches } satisfies Content, []);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        onTrouble?.(error);
      }
    };
    write();
    return {
      get: (asked) => entries.get(asked),
      put: (asked, found) => {
        entries.set(asked, found);
        write();
      },
      size: () => entries.size,
      close: release,
    };
  } catch (error) {
    release();
    throw error;
  }
};
