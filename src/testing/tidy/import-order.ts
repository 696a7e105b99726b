import { dirname, join } from 'node:path/posix';
import type { ProjectFile } from './files.ts';
import { isTest, isTypeScript } from './rule.ts';

const IMPORTS = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/**
 * One import, as both ends are named in the folder that has both: a file of that folder, or a folder in it.
 */
interface Arrow {
  readonly folder: string;
  readonly from: string;
  readonly to: string;
  readonly example: string;
}

const arrowOf = (from: string, to: string): Arrow => {
  const [a, b] = [from.split('/'), to.split('/')];
  const shared = a.findIndex((part, at) => part !== b[at]);
  const folder = a.slice(0, shared).join('/');
  return { folder, from: a[shared]!, to: b[shared]!, example: `${from} imports ${to}` };
};

const arrowsOf = (files: readonly ProjectFile[]): readonly Arrow[] =>
  files
    .filter(({ path }) => isTypeScript(path) && !isTest(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(IMPORTS)]
        .map(([, target]) => join(dirname(path), target!))
        .filter((target) => target !== path)
        .map((target) => arrowOf(path, target)),
    );

/** Returns the arrows on a path from `start` back to it; none if there is no such path. */
const circleFrom = (start: string, arrows: readonly Arrow[]): readonly Arrow[] => {
  const reached = new Map<string, readonly Arrow[]>([[start, []]]);
  for (const [at, path] of reached) {
    for (const arrow of arrows.filter(({ from }) => from === at)) {
      if (arrow.to === start) return [...path, arrow];
      if (!reached.has(arrow.to)) reached.set(arrow.to, [...path, arrow]);
    }
  }
  return [];
};

/**
 * Finds circles of imports among the files of a folder, and its folders as wholes. Without a circle, these
 * have an order, and of two neighbours only the higher one imports the lower. One circle is told a folder.
 */
export const importCircles = (files: readonly ProjectFile[]): readonly string[] => {
  const arrows = arrowsOf(files);
  return [...new Set(arrows.map(({ folder }) => folder))].flatMap((folder) => {
    const inside = arrows.filter((arrow) => arrow.folder === folder);
    const circle = [...new Set(inside.map(({ from }) => from))]
      .map((start) => circleFrom(start, inside))
      .find(({ length }) => length > 0);
    return circle === undefined ? [] : [`${folder}: ${circle.map(({ example }) => example).join('; ')}`];
  });
};

const DECLARED = /\binterface (\w+)/g;
const WRITTEN = /\bWritable<(?:Pick<)?(\w+)/g;

/** Finds records that another file writes than the one that declares them. */
export const foreignWriters = (files: readonly ProjectFile[]): readonly string[] =>
  files
    .filter(({ path }) => path.startsWith('src/') && isTypeScript(path) && !isTest(path))
    .flatMap(({ path, text }) => {
      const own = new Set([...text.matchAll(DECLARED)].map(([, name]) => name));
      const types = new Set([...text.matchAll(/\btype (\w+)/g)].map(([, name]) => name));
      return [...text.matchAll(WRITTEN)]
        .map(([, name]) => name!)
        .filter((name) => name !== 'T' && !own.has(name) && !types.has(name))
        .map((name) => `${path} writes ${name}`);
    });
