import { readFileSync, statSync } from 'node:fs';
import { Fault } from '../model/index.ts';
import { reasonOf } from '../report/reason.ts';

const unreadable = (path: string, expected: string, got: string): Fault =>
  new Fault('UW301', {
    where: path,
    expected,
    got,
    likely: 'a typing error, or a path relative to another folder',
    next: 'check the path',
  });

/** What stands at a path. Throws UW301 when nothing does, or it may not be looked at. */
export const kindOf = (path: string, expected: string): 'file' | 'folder' | 'other' => {
  try {
    const stats = statSync(path);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    throw unreadable(path, expected, reasonOf(error));
  }
};

/** The text of a file. Throws UW301 when it cannot be read, or is a folder. */
export const readText = (path: string, expected: string): string => {
  const kind = kindOf(path, expected);
  if (kind !== 'file')
    throw unreadable(path, expected, kind === 'folder' ? 'a folder' : 'a device or a pipe');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, expected, reasonOf(error));
  }
};
