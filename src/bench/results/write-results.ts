import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Results } from './results.ts';
import { resultsSchema } from './results-schema.ts';

/** Writes a text beside its place and then renames it, so that an earlier one stays whole. */
export const writeText = async (path: string, text: string): Promise<void> => {
  const temporary = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
};

/** Writes results in the shape that the schema states. */
export const writeResults = async (path: string, results: Results): Promise<void> =>
  writeText(path, `${JSON.stringify(resultsSchema.parse(results), undefined, 2)}\n`);

/** Reads results that an earlier run left. Throws for anything else. */
export const readResults = async (path: string): Promise<Results> =>
  resultsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
