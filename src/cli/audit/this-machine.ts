import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import type { Auditor, Collector, MachineFiles } from '../../audit/auditor.ts';
import { Fault } from '../../model/index.ts';
import { reasonOf } from '../../report/reason.ts';
import type { BoardInput } from './read-boards.ts';

/** Reads once from a file, at a position that may be beyond what a number of 32 bits holds. */
const readAt = (path: string, position: number, size: number): readonly number[] => {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(size);
    return [...bytes.subarray(0, readSync(file, bytes, 0, size, position))];
  } finally {
    closeSync(file);
  }
};

const told = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
};

const files: MachineFiles = {
  list: (folder) => told(() => readdirSync(folder).toSorted()),
  read: (path, position, size) => told(() => readAt(path, position, size)),
};

/**
 * Finds the collector among the auditors: the part that reads a machine itself. Throws UW415 if there is
 * none.
 */
export const collectorOf = (auditors: readonly Auditor[]): Collector => {
  const found = auditors.find(({ collector }) => collector !== undefined)?.collector;
  if (found !== undefined) return found;
  throw new Fault('UW415', {
    where: 'auditors',
    expected: 'one with a `collector`',
    got: auditors.map(({ id }) => id).join(', ') || 'none',
    likely: 'the auditors of the configuration read files only',
    next: 'name the files, or leave `auditors` out of the configuration to use those that are built in',
  });
};

/** Returns this machine as a board whose evidence was read just now. */
export const thisMachine = (auditors: readonly Auditor[]): BoardInput => ({
  name: 'this-machine',
  paths: ['--live'],
  files: [{ path: 'live', text: collectorOf(auditors).live(files) }],
});

/** Checks the task: refuses boards beside `--live` or `--script`, and nothing at all. Throws UW414. */
export const needOneTask = (
  paths: readonly string[],
  { live = false, script = false }: { readonly live?: boolean; readonly script?: boolean },
): void => {
  const asked = [...(live ? ['--live'] : []), ...(script ? ['--script'] : []), ...paths];
  if (asked.length > 0 && (paths.length === 0 ? asked.length === 1 : !live && !script)) return;
  throw new Fault('UW414', {
    where: 'underwatch audit',
    expected: 'boards, or --live, or --script',
    got: asked.length === 0 ? 'none of them' : asked.join(' '),
    likely: 'a path is missing, or one too many',
    next: 'audit a folder with logs: underwatch audit boards/dell-e6540',
  });
};
