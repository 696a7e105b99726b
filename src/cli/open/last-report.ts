import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '../../model/index.ts';
import { OUT } from '../options/defaults.ts';

/** The folder in which the folders of runs are. */
const LATEST = dirname(OUT.verify);

const REPORT = /^(?:report|audit)(?:\.partial)?\.json$/;

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
};

const writtenMs = (path: string): number => {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return -Infinity;
  }
};

/** Returns the report in these folders that was written last. */
const lastIn = (folders: readonly string[]): string | undefined =>
  folders
    .flatMap((folder) =>
      namesIn(folder)
        .filter((name) => REPORT.test(name))
        .map((name) => join(folder, name)),
    )
    .reduce<string | undefined>(
      (last, path) => (last !== undefined && writtenMs(last) >= writtenMs(path) ? last : path),
      undefined,
    );

/**
 * Returns the report that was written last: in a folder that is given, or by any run from here. Throws UW450
 * where there is none.
 */
export const lastReport = (folder: string | undefined): string => {
  const found = lastIn(folder === undefined ? namesIn(LATEST).map((name) => join(LATEST, name)) : [folder]);
  if (found !== undefined) return found;
  throw new Fault('UW450', {
    where: folder ?? LATEST,
    expected: 'the folder of a run, with a report.json or an audit.json',
    got: 'neither',
    likely: folder === undefined ? 'nothing was run from this folder yet' : 'another folder',
    next: 'run `underwatch verify` first, or name the report',
  });
};
