import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { Fault } from '../../model/index.ts';

/** The template of the project that `init` makes, as it lies in the package. */
export const TEMPLATE: string = join(
  dirname(createRequire(import.meta.url).resolve('underwatch/package.json')),
  'examples/start',
);

/** Files that a project may have already; they are left as they are. */
const KEPT: readonly string[] = ['package.json', 'tsconfig.json', 'README.md'];

/** The plan of `init` for a folder. */
export interface Plan {
  /** The files to be written, from the folder's top. */
  readonly written: readonly string[];
  /** The files that are there and stay as they are. */
  readonly kept: readonly string[];
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();

/** Plans the files to write into `folder`. Throws UW390 if a model, a claim or a test would be replaced. */
export const planFor = (folder: string): Plan => {
  const files = filesOf(TEMPLATE);
  const there = files.filter((file) => existsSync(join(folder, file)));
  const lost = there.filter((file) => !KEPT.includes(file));
  if (lost.length > 0) {
    throw new Fault('UW390', {
      where: folder,
      expected: 'a folder without the files that init writes',
      got: lost.join(', '),
      likely: 'init ran here before, or the folder holds a project of its own',
      next: 'name another folder: underwatch init FOLDER',
    });
  }
  return { written: files.filter((file) => !there.includes(file)), kept: there };
};
