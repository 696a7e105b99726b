import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the project, as the rules of style see it. */
export interface ProjectFile {
  /** The path from the top of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The top of the project. */
export const projectRoot: string = fileURLToPath(new URL('../../..', import.meta.url));

const NOT_OURS: ReadonlySet<string> = new Set(['.git', 'node_modules', 'dist', 'latest', 'coverage']);

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(path);
    return entry.isFile() ? [relative(projectRoot, path).split(sep).join('/')] : [];
  });

/**
 * Lists the files that git keeps or would keep; nothing where this is no checkout, or where git is not
 * installed.
 */
const listedByGit = (): readonly string[] => {
  if (!existsSync(join(projectRoot, '.git'))) return [];
  try {
    const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const text = execFileSync('git', list, { cwd: projectRoot, encoding: 'utf8', stdio: 'pipe' });
    return text.split('\0').filter((path) => path !== '' && existsSync(join(projectRoot, path)));
  } catch {
    return [];
  }
};

/** Returns every text file of the project, in the order of its path. */
export const projectFiles = (): readonly ProjectFile[] => {
  const listed = listedByGit();
  return [...(listed.length > 0 ? listed : walk(projectRoot))]
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
};
