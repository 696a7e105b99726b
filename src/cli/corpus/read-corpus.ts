import { readdirSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import type { KeptAttack } from '../../report/corpus/corpus.ts';
import { parseAttackFile } from '../../report/attack-file.ts';
import { readText } from '../workspace/read-file.ts';

/** The folder in which a project keeps attacks, beside its configuration. */
export const CORPUS = 'properties/corpus';

/**
 * Returns the folder of kept attacks, from the current folder: the one that is `given`, else that of the
 * configuration. Attacks of another configuration are of other models.
 */
export const corpusFolder = (given: string | undefined, config: string | undefined): string =>
  given ?? (config === undefined ? CORPUS : relative(process.cwd(), join(dirname(config), CORPUS)));

/** Whether there is a folder of kept attacks. */
export const hasCorpus = (folder: string): boolean =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;

/** Reads the attacks that are kept in `folder`, by the names of their files. Throws UW301 and UW501. */
export const readCorpus = (folder: string): readonly KeptAttack[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const path = posix.join(folder, name);
      // Running an attack of an earlier version says whether it still works.
      return { path, attack: parseAttackFile(path, readText(path, 'an attack file'), { anyVersion: true }) };
    });
