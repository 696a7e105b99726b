import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENDINGS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.json'];
const CODE = new Set(ENDINGS.filter((ending) => ending !== '.json'));
// Imports in a comment are found as well, which only means a file more.
const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;

// Certain imports: a statement at the start of a line, or a call.
const STATEMENTS = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])([^'"\n]+)\1/gm,
  /^\s*import\s*(['"])([^'"\n]+)\1/gm,
  /\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\1\s*[,)]/g,
];

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Resolves a path to a file: an ending or an index file may be left out, and `.js` may stand for `.ts`. */
const fileAt = (path: string): string | undefined =>
  [
    path,
    path.replace(/js(x?)$/, 'ts$1'),
    ...ENDINGS.map((ending) => path + ending),
    ...ENDINGS.map((ending) => resolve(path, `index${ending}`)),
  ].find(isFile);

/** Reads the manifest of a package, where Node's `require` may not ask for any part of the package. */
const manifestOf = (from: string, specifier: string): string | undefined => {
  const [, name = ''] = /^((?:@[^/]+\/)?[^/]+)/.exec(specifier) ?? [];
  for (let at = dirname(from); ; at = dirname(at)) {
    const manifest = join(at, 'node_modules', name, 'package.json');
    if (isFile(manifest)) return manifest;
    if (at === dirname(at)) return undefined;
  }
};

const fileOf = (from: string, specifier: string): string | undefined => {
  const [path = ''] = specifier.split(/[?#]/);
  if (path.startsWith('file:')) return fileAt(fileURLToPath(path));
  if (/^(\.{0,2}\/|[A-Za-z]:)/.test(path)) return fileAt(resolve(dirname(from), path));
  try {
    const found = createRequire(from).resolve(path);
    return isFile(found) ? found : undefined;
  } catch {
    return manifestOf(from, path);
  }
};

/** Entries of this package with the built-in systems: large, and loaded where something imports them. */
export const SYSTEMS = ['underwatch/models', 'underwatch/properties'] as const;

/** Returns the file of an entry of the running package, wherever the file that imports it is. */
export const entryFile = (specifier: string): string => createRequire(import.meta.url).resolve(specifier);

const isOfPackage = (path: string): boolean => /[\\/]node_modules[\\/]/.test(path);

const isSystem = (specifier: string): boolean => (SYSTEMS as readonly string[]).includes(specifier);

/** Whether a specifier is one of Node's own, or of this package but for its systems. */
const isKnown = (specifier: string): boolean =>
  isBuiltin(specifier) || (/^underwatch(\/|$)/.test(specifier) && !isSystem(specifier));

const importedAs = (file: string, specifier: string): string | undefined => {
  if (isKnown(specifier)) return undefined;
  return isSystem(specifier) ? entryFile(specifier) : fileOf(file, specifier);
};

/** The imports of a file, and the imports of those in turn. */
export interface Imports {
  readonly files: readonly string[];
  /** Specifiers that lead to no file and to no module of Node's: an alias, say, that a bundler knows. */
  readonly unresolved: readonly string[];
}

/**
 * Returns the files that those at `paths` import, and those that these import, as far as their text says so.
 * Of a package it has the file that is asked for, and nothing that comes after it; of this package its
 * built-in systems alone.
 */
export const importsOf = (paths: readonly string[]): Imports => {
  const found = new Set(paths);
  const unresolved = new Set<string>();
  // Files that are added while it goes on are gone through, too.
  for (const file of found) {
    if (!CODE.has(extname(file)) || isOfPackage(file)) continue;
    const text = readFileSync(file, 'utf8');
    for (const [, , specifier = ''] of text.matchAll(SPECIFIER)) {
      const imported = importedAs(file, specifier);
      if (imported !== undefined) found.add(imported);
    }
    for (const [, , specifier = ''] of STATEMENTS.flatMap((form) => [...text.matchAll(form)])) {
      if (!isKnown(specifier) && importedAs(file, specifier) === undefined) unresolved.add(specifier);
    }
  }
  return { files: [...found], unresolved: [...unresolved] };
};

/** Returns the files that the one at `path` imports, and those that these import. */
export const importedBy = (path: string): readonly string[] => importsOf([path]).files;
