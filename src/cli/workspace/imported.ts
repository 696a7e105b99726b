import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENDINGS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.json'];
const CODE = new Set(ENDINGS.filter((ending) => ending !== '.json'));
// What stands in a comment is found as well, which only makes for a file more.
const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Which file a path means, with what may be left out of it, or stands for what it is made from. */
const fileAt = (path: string): string | undefined =>
  [
    path,
    path.replace(/js(x?)$/, 'ts$1'),
    ...ENDINGS.map((ending) => path + ending),
    ...ENDINGS.map((ending) => resolve(path, `index${ending}`)),
  ].find(isFile);

const fileOf = (from: string, specifier: string): string | undefined => {
  const [path = ''] = specifier.split(/[?#]/);
  if (path.startsWith('file:')) return fileAt(fileURLToPath(path));
  if (/^(\.{0,2}\/|[A-Za-z]:)/.test(path)) return fileAt(resolve(dirname(from), path));
  try {
    const found = createRequire(from).resolve(path);
    return isFile(found) ? found : undefined;
  } catch {
    return undefined;
  }
};

/** Entries of this package with the built-in systems: large, and loaded where something imports them. */
export const SYSTEMS = ['underwatch/models', 'underwatch/properties'] as const;

/** The file of an entry of the package that runs, wherever the file that imports it is. */
export const entryFile = (specifier: string): string => createRequire(import.meta.url).resolve(specifier);

const isOfPackage = (path: string): boolean => /[\\/]node_modules[\\/]/.test(path);

/**
 * The files that the one at `path` imports, and those that these import, as far as their text says so: of a package the
 * file that is asked for, and nothing that comes after it.
 */
export const importedBy = (path: string): readonly string[] => {
  const found = new Set([path]);
  // What is added while it goes on is gone through, too.
  for (const file of found) {
    if (!CODE.has(extname(file)) || isOfPackage(file)) continue;
    for (const [, , specifier = ''] of readFileSync(file, 'utf8').matchAll(SPECIFIER)) {
      if (/^underwatch(\/|$)/.test(specifier) && !(SYSTEMS as readonly string[]).includes(specifier))
        continue;
      const imported = specifier.startsWith('underwatch/') ? entryFile(specifier) : fileOf(file, specifier);
      if (imported !== undefined) found.add(imported);
    }
  }
  return [...found];
};
