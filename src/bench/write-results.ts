import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Results } from './results.ts';
import { resultsSchema } from './results-schema.ts';

/** Writes results beside their place and then renames them, so that earlier ones stay whole. */
export const writeResults = async (path: string, results: Results): Promise<void> => {
  const text = `${JSON.stringify(resultsSchema.parse(results), undefined, 2)}\n`;
  const temporary = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
};

/** Results that an earlier run left. Throws for anything else. */
export const readResults = async (path: string): Promise<Results> =>
  resultsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
