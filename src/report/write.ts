import { access, constants, lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../model/index.ts';
import { parseJson } from '../model/text/json.ts';
import { makeFolder } from '../search/checkpoint/folder.ts';
import { lock } from '../search/checkpoint/lock.ts';
import { filesOf } from './files.ts';
import type { PageModels } from './page/models.ts';
import { attackPath, reportStem } from './paths.ts';
import { reasonOf } from './reason.ts';
import type { Report } from './report.ts';
import { SUITES } from './markdown/pages.ts';
import { reportSchema } from './schema/schema.ts';

const unwritable = (folder: string, error: unknown): Fault =>
  new Fault('UW302', {
    where: folder,
    expected: 'a folder that can be made and written to',
    got: reasonOf(error),
    likely: 'a file has the name of the folder, the disk is full, or it may not be written to',
    next: 'name another folder with --out; earlier reports are as they were',
  });

const outside = (path: string): Fault =>
  new Fault('UW327', {
    where: path,
    expected: 'a folder of its own in the report folder',
    got: 'a link to somewhere else',
    likely: 'somebody who may write to the report folder put it there',
    next: 'remove the link, or name another folder with --out; nothing was written',
  });

/**
 * Checks folders. Throws UW327 where one to which files go is a link, which would lead out of the report's.
 */
const checkFolders = async (folder: string, paths: readonly string[]): Promise<void> => {
  for (const part of new Set(paths.map(dirname))) {
    const path = join(folder, part);
    if (part === '.') continue;
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isSymbolicLink() === true) throw outside(path);
  }
};

const lockFolder = async (folder: string): Promise<() => void> => {
  try {
    makeFolder(folder);
    await access(folder, constants.W_OK);
    return lock(folder, join(folder, 'report.lock'));
  } catch (error) {
    throw error instanceof Fault ? error : unwritable(folder, error);
  }
};

/** Writes a new file, whatever was there: a link there is not followed. */
const writeAnew = async (path: string, content: string): Promise<void> => {
  await rm(path, { force: true });
  await writeFile(path, content, { flag: 'wx' });
};

/** The largest earlier report that is looked at. */
const MOST_BYTES = 64 * 2 ** 20;

/** Whether a file was left by a process that was killed while it wrote there. */
const isLeftOver = (name: string): boolean => {
  const [, pid] = /\.(?:html|json|md)\.(\d+)\.tmp$/.exec(name) ?? [];
  if (pid === undefined || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};

/** Removes the files that processes left in these folders when they were killed while they wrote. */
const tidy = async (folders: readonly string[]): Promise<void> => {
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (isLeftOver(name)) await rm(join(folder, name), { force: true });
  }
};

/** Returns the files that an earlier report left and that belong to it alone, as far as it can be read. */
const leftBy = async (folder: string, stem: string): Promise<readonly string[]> => {
  try {
    const path = join(folder, `${stem}.json`);
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size > MOST_BYTES) return [];
    const earlier = parseJson(path, await readFile(path, 'utf8'), (got) => unwritable(folder, got));
    return filesOf(reportSchema.parse(earlier)).map(([name]) => name);
  } catch {
    return [];
  }
};

const write = async (folder: string, report: Report, models?: PageModels): Promise<readonly string[]> => {
  const { command, interrupted } = report.run;
  const files = filesOf(report, models).map(([path, content]) => {
    const target = join(folder, path);
    return { path, target, temporary: `${target}.${process.pid}.tmp`, content };
  });
  const earlier = interrupted ? [] : await leftBy(folder, reportStem(report.run));
  const partial = reportStem({ command, interrupted: true });
  const stale = interrupted ? [] : [...earlier, `${partial}.json`, `${partial}.md`];
  await checkFolders(folder, [...files.map(({ path }) => path), ...stale]);
  try {
    for (const { target, temporary, content } of files) {
      makeFolder(dirname(target));
      await writeAnew(temporary, content);
    }
    for (const { target, temporary } of files) await rename(temporary, target);
    const kept = new Set(files.map(({ path }) => path));
    for (const path of stale) if (!kept.has(path)) await rm(join(folder, path), { force: true });
    await tidy([
      folder,
      join(folder, SUITES),
      ...(['attack', 'witness'] as const).map((kind) => dirname(join(folder, attackPath('', kind)))),
    ]);
  } catch (error) {
    for (const { temporary } of files) await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(folder, error);
  }
  return files.map(({ target }) => target);
};

/** A report's folder while a run has it for itself. */
export interface ReportFolder {
  /**
   * Writes a report and its attacks, and returns where. Everything is written beside its place and then
   * renamed, so that earlier reports stay whole in any case; attacks of the earlier report that this one does
   * not have are removed. Throws UW302 when the folder cannot be written, UW327 when it would lead out.
   */
  readonly write: (report: Report, models?: PageModels) => Promise<readonly string[]>;
  /** Releases it. */
  readonly close: () => void;
}

/**
 * Makes a report's folder and locks it for this run, so that a run that could not leave its report does not
 * begin. Throws UW302 where it cannot be written, UW327 where it would lead out, and UW332 while another run
 * has it.
 */
export const takeFolder = async (folder: string): Promise<ReportFolder> => {
  const close = await lockFolder(folder);
  try {
    await checkFolders(folder, [attackPath('', 'attack'), attackPath('', 'witness'), join(SUITES, 'any')]);
  } catch (error) {
    close();
    throw error;
  }
  return { write: (report, models) => write(folder, report, models), close };
};

/**
 * Writes a report and its attacks into `folder`, and returns where, as `ReportFolder` does. Throws UW302,
 * UW327 and UW332.
 */
export const writeReport = async (
  folder: string,
  report: Report,
  models?: PageModels,
): Promise<readonly string[]> => {
  const place = await takeFolder(folder);
  try {
    return await place.write(report, models);
  } finally {
    place.close();
  }
};
