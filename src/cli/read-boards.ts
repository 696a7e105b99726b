import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Auditor, InputFile, Platform } from '../claim/audit.ts';
import { Fault } from '../model/index.ts';
import { kindOf, readText } from './read-file.ts';

/** A board as named on the command line: its files, not yet read, or the fault that says why it has none. */
export interface BoardInput {
  readonly name: string;
  readonly paths: readonly string[] | Fault;
}

const EXPECTED = 'a folder with the logs of one board, or a log';

const noLogs = (folder: string, got: string, next: string): Fault =>
  new Fault('UW401', {
    where: folder,
    expected: EXPECTED,
    got,
    likely: 'the folder above or below is meant',
    next,
  });

const filesIn = (folder: string): readonly string[] => {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  if (files.length > 0) return files.map(({ name }) => join(folder, name));
  const folders = entries.filter((entry) => entry.isDirectory()).length;
  throw folders > 0
    ? noLogs(
        folder,
        `${folders} folders and no file`,
        `name the boards' folders: underwatch audit ${join(folder, '*')}`,
      )
    : noLogs(folder, 'an empty folder', 'collect the logs first: inteltool.log and lspci.log');
};

interface Named {
  readonly folder: string;
  readonly paths: readonly string[] | Fault;
}

const named = (path: string): Named => {
  try {
    return kindOf(path, EXPECTED) === 'folder'
      ? { folder: resolve(path), paths: filesIn(path) }
      : { folder: dirname(resolve(path)), paths: [path] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { folder: resolve(path), paths: error };
  }
};

/**
 * The boards that `paths` name: a folder is one board, and so are the files named of one folder. A
 * board is called as its folder; a name that comes again gets a number.
 */
export const boardsOf = (paths: readonly string[]): readonly BoardInput[] => {
  const boards = new Map<string, readonly string[] | Fault>();
  for (const { folder, paths: files } of paths.map(named)) {
    const known = boards.get(folder);
    const both =
      known instanceof Fault || files instanceof Fault || known === undefined ? files : [...known, ...files];
    boards.set(folder, known instanceof Fault ? known : both instanceof Fault ? both : [...new Set(both)]);
  }
  const taken = new Map<string, number>();
  return [...boards].map(([folder, files]) => {
    const name = basename(folder);
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    return { name: number === 1 ? name : `${name}-${number}`, paths: files };
  });
};

// A folder may hold much that no auditor looks at, images of flash chips among it.
const lazily = (path: string): InputFile => {
  let text: string | undefined;
  return {
    path,
    get text(): string {
      text ??= readText(path, 'a log');
      return text;
    },
  };
};

/**
 * Reads a board with the first auditor that can. Throws the fault of an auditor that found its logs and
 * could not use them, before that of one that found none.
 */
export const readBoard = (
  board: BoardInput,
  auditors: readonly Auditor[],
  options: { readonly gpi: number },
): Platform => {
  if (board.paths instanceof Fault) throw board.paths;
  const files = board.paths.map(lazily);
  const faults: Fault[] = [];
  for (const auditor of auditors) {
    try {
      return auditor.read(board.name, files, options);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(error);
    }
  }
  throw (
    faults.find(({ code }) => code !== 'UW401') ??
    faults[0] ??
    new Fault('UW303', {
      where: 'auditors',
      expected: 'at least one, to read boards with',
      got: 'none',
      likely: 'the configuration has an empty list of them',
      next: 'leave `auditors` out of the configuration to use those that are built in',
    })
  );
};
