import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The file names of a configuration; the first that exists is used. */
export const CONFIG_NAMES: readonly string[] = ['ts', 'mts', 'js', 'mjs'].map(
  (ending) => `underwatch.config.${ending}`,
);

/** Returns the configuration of a folder, if it has one. */
export const configIn = (folder: string): string | undefined =>
  CONFIG_NAMES.map((name) => join(folder, name)).find(
    (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
  );
