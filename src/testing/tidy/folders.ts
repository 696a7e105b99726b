import type { ProjectFile } from './files.ts';
import { isTypeScript } from './rule.ts';

/** The most source files of a folder, beside their tests: a reader looks through so many names at once. */
const MOST_FILES = 16;

/** Returns the folders with more source files than a reader looks through, each with their number. */
export const crowdedFolders = (files: readonly Pick<ProjectFile, 'path'>[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    if (!isTypeScript(path) || path.endsWith('.test.ts')) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) =>
    count > MOST_FILES ? [`${folder}: ${count} source files`] : [],
  );
};
