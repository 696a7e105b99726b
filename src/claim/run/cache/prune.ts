import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The file name extension of an entry, which holds the result of a search. */
export const ENTRY = '.search';

/** The largest size of all entries together, in bytes. */
const MOST_BYTES = 256 * 2 ** 20;
/** The age beyond which a temporary file is taken to be left over from a process that was killed. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

/** Removes the entries that were unused for longest, while all of them take more than `mostBytes`. */
export const prune = (folder: string, mostBytes: number = MOST_BYTES): void => {
  const files = readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats?.isFile() === true ? [{ path, bytes: stats.size, usedMs: stats.mtimeMs }] : [];
    })
    .toSorted((one, other) => other.usedMs - one.usedMs);
  let bytes = 0;
  for (const file of files) {
    const isEntry = file.path.endsWith(ENTRY);
    if (isEntry) bytes += file.bytes;
    const isOver = isEntry ? bytes > mostBytes : Date.now() - file.usedMs > LEFT_BEHIND_MS;
    if (isOver) rmSync(file.path, { force: true });
  }
};
