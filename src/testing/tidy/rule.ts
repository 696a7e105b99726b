import type { ProjectFile } from './files.ts';

/** A rule of style: which files it is about, and what in them breaks it. */
export interface Rule {
  readonly says: string;
  readonly about: (path: string) => boolean;
  /** One entry for each breach: `line 12: what is wrong`. */
  readonly breaches: (file: ProjectFile) => readonly string[];
}

/** Whether a path is code that only tests run. */
export const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.includes('/testing/');

/** Whether a path is TypeScript. */
export const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path);

/** Returns the breaches of a rule over all files, each with its place. */
export const breachesOf = (rule: Rule, files: readonly ProjectFile[]): readonly string[] =>
  files
    .filter(({ path }) => rule.about(path))
    .flatMap((file) => rule.breaches(file).map((breach) => `${file.path}, ${breach}`));
