import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const makeOne = (path: string): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!isFolder(path)) throw error;
  }
};

/**
 * Makes a folder and those above it; throws the file system's error. One by one: what Node itself does for
 * all of them never ends where the system neither has a folder nor takes one, as in /proc.
 */
export const makeFolder = (path: string): void => {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const folder of missing.length === 0 ? [path] : missing) makeOne(folder);
};
