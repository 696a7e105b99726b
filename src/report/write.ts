import { access, constants, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../model/index.ts';
import { makeFolder } from '../search/checkpoint/folder.ts';
import { filesOf, reportStem } from './files.ts';
import { reasonOf } from './reason.ts';
import type { Report } from './report.ts';
import { reportSchema } from './schema.ts';

const unwritable = (folder: string, error: unknown): Fault =>
  new Fault('UW302', {
    where: folder,
    expected: 'a folder that can be made and written to',
    got: reasonOf(error),
    likely: 'a file has the name of the folder, the disk is full, or it may not be written to',
    next: 'name another folder with --out; earlier reports are as they were',
  });

/** Makes a report's folder, so that a run that could not leave its report does not begin. Throws UW302. */
export const prepareFolder = async (folder: string): Promise<void> => {
  try {
    makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
};

/** The files that an earlier report left and that belong to it alone, as far as it can be read. */
const leftBy = async (folder: string, stem: string): Promise<readonly string[]> => {
  try {
    const earlier: unknown = JSON.parse(await readFile(join(folder, `${stem}.json`), 'utf8'));
    return filesOf(reportSchema.parse(earlier)).map(([path]) => path);
  } catch {
    return [];
  }
};

/**
 * Writes a report and its attacks into `folder` and says where. Everything is written beside its place
 * and then renamed, so that earlier reports stay whole whatever happens; attacks of the earlier report
 * that this one does not have are removed. Throws UW302 when the folder cannot be written.
 */
export const writeReport = async (folder: string, report: Report): Promise<readonly string[]> => {
  const { command, interrupted } = report.run;
  const files = filesOf(report).map(([path, content]) => {
    const target = join(folder, path);
    return { path, target, temporary: `${target}.${process.pid}.tmp`, content };
  });
  const earlier = interrupted ? [] : await leftBy(folder, reportStem(report.run));
  const partial = reportStem({ command, interrupted: true });
  const stale = interrupted ? [] : [...earlier, `${partial}.json`, `${partial}.md`];
  try {
    for (const { target, temporary, content } of files) {
      makeFolder(dirname(target));
      await writeFile(temporary, content);
    }
    for (const { target, temporary } of files) await rename(temporary, target);
    const kept = new Set(files.map(({ path }) => path));
    for (const path of stale) if (!kept.has(path)) await rm(join(folder, path), { force: true });
  } catch (error) {
    for (const { temporary } of files) await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(folder, error);
  }
  return files.map(({ target }) => target);
};
