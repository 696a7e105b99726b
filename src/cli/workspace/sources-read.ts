import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importedBy } from '../../claim/modules/imported.ts';
import { listenToEnvironment } from './environment-read.ts';

/**
 * The sources that were read while something was loaded, beside itself: paths, and names of environment
 * variables.
 */
export interface Sources {
  readonly files: readonly string[];
  readonly environment: readonly string[];
}

type Named = { [name: string]: unknown };

/** The functions of Node's modules that open a file by its path. */
const READERS: readonly (readonly [of: object, names: readonly string[]])[] = [
  [fs, ['readFileSync', 'readFile', 'openSync', 'open', 'createReadStream']],
  [fs.promises, ['readFile', 'open']],
];

const pathOf = (named: unknown): string | undefined => {
  if (typeof named === 'string') return resolve(named.startsWith('file:') ? fileURLToPath(named) : named);
  if (Buffer.isBuffer(named)) return resolve(named.toString());
  return named instanceof URL && named.protocol === 'file:' ? fileURLToPath(named) : undefined;
};

/** Tells `note` every path that is read, until the returned function is called. */
const listen = (note: (path: string) => void): (() => void) => {
  const undo = READERS.flatMap(([of, names]) =>
    names.map((name) => {
      const module = of as Named;
      const original = module[name] as (...args: unknown[]) => unknown;
      module[name] = function reader(this: unknown, ...args: unknown[]): unknown {
        const path = pathOf(args[0]);
        if (path !== undefined) note(path);
        return original.apply(this, args);
      };
      return () => {
        module[name] = original;
      };
    }),
  );
  syncBuiltinESMExports();
  return () => {
    for (const one of undo) one();
    syncBuiltinESMExports();
  };
};

/**
 * Whether a file is the loaders' own, or one that they keep of what they loaded before: these say nothing of
 * what is loaded.
 */
const isOfLoader = (path: string): boolean =>
  /[\\/](node_modules|\.cache)[\\/]jiti[\\/]/.test(path) ||
  /^(jiti|tsx-\d+)[\\/]/.test(relative(tmpdir(), path));

const isFile = (path: string): boolean => fs.statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * Loads the module at `path`, and returns its sources: modules, whoever imports them, and the files and
 * environment variables that they read themselves while they are loaded. Data that they take from elsewhere
 * (the network, say) is not seen.
 */
export const sourcesRead = async <T>(
  path: string,
  load: () => Promise<T>,
): Promise<{ readonly loaded: T; readonly sources: Sources }> => {
  const { cache } = createRequire(import.meta.url);
  const earlier = new Set(Object.keys(cache));
  // Not every version of Node, and no loader of its own thread, reads modules where it is seen.
  const paths = new Set(importedBy(path));
  const names = new Set<string>();
  const stops = [listen((read) => paths.add(read)), listenToEnvironment((name) => names.add(name))];
  try {
    const loaded = await load();
    for (const file of Object.keys(cache)) if (!earlier.has(file) && isAbsolute(file)) paths.add(file);
    const files = [...paths].filter((file) => !isOfLoader(file) && isFile(file)).toSorted();
    return { loaded, sources: { files, environment: [...names].toSorted() } };
  } finally {
    for (const stop of stops) stop();
  }
};

const digestOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32);

/** Returns a digest of each file and variable: files by their paths from `folder`. */
export const digestsOf = (
  folder: string,
  { environment, files }: Sources,
): { readonly [part: string]: string } =>
  Object.fromEntries([
    ...files.map((path) => [`file ${relative(folder, path)}`, digestOf(fs.readFileSync(path))] as const),
    ...environment.map((name) => {
      const value = process.env[name];
      return [`environment variable ${name}`, value === undefined ? 'not set' : digestOf(value)] as const;
    }),
  ]);
