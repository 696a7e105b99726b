import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Auditor, InputFile, Platform } from '../../audit/auditor.ts';
import { Fault } from '../../model/index.ts';
import { kindOf, readLog, readStandardInput } from '../workspace/read-file.ts';

/** A board as named on the command line: its files, not yet read, or the fault that says why it has none. */
export interface BoardInput {
  readonly name: string;
  readonly paths: readonly string[] | Fault;
  /** The files that were read already. */
  readonly files?: readonly InputFile[];
}

/** The most files of a folder that are looked at, and the most characters of them all. */
const MOST_FILES = 1000;
const MOST_CHARACTERS = 64 * 2 ** 20;

/** The path that stands for the input of the command itself. */
const STANDARD_INPUT = '-';

const EXPECTED = 'a folder with the logs of one board, or a log';

const noLogs = (folder: string, got: string, next: string): Fault =>
  new Fault('UW401', {
    where: folder,
    expected: EXPECTED,
    got,
    likely: 'the folder above or below is meant',
    next,
  });

const tooMany = (folder: string, files: number): Fault =>
  new Fault('UW323', {
    where: folder,
    expected: `at most ${MOST_FILES} files`,
    got: String(files),
    likely: 'it is the folder of something else, or of many boards',
    next: 'name the logs themselves: underwatch audit inteltool.log lspci.log',
  });

const tooMuch = (path: string): Fault =>
  new Fault('UW320', {
    where: path,
    expected: `files of at most ${MOST_CHARACTERS} characters in a board's folder`,
    got: 'more in those before it',
    likely: 'the folder holds other things than logs',
    next: 'name the logs themselves: underwatch audit inteltool.log lspci.log',
  });

const filesIn = (folder: string): readonly string[] => {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  if (files.length > MOST_FILES) throw tooMany(folder, files.length);
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
  if (path === STANDARD_INPUT) return { folder: resolve('standard-input'), paths: [path] };
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
 * Returns `name`, or with the first number from 2 on that makes it unlike those `taken`, capitals or not; it
 * is taken then.
 */
const unlike = (name: string, taken: Set<string>): string => {
  let own = name;
  for (let number = 2; taken.has(own.toLowerCase()); number += 1) own = `${name}-${number}`;
  taken.add(own.toLowerCase());
  return own;
};

/**
 * Returns the boards that `paths` name: a folder is one board, and so are the files named of one folder. A
 * board has the name of its folder; a name that comes again gets a number.
 */
export const boardsOf = (paths: readonly string[]): readonly BoardInput[] => {
  const boards = new Map<string, readonly string[] | Fault>();
  for (const { folder, paths: files } of paths.map(named)) {
    const known = boards.get(folder);
    const both =
      known instanceof Fault || files instanceof Fault || known === undefined ? files : [...known, ...files];
    boards.set(folder, known instanceof Fault ? known : both instanceof Fault ? both : [...new Set(both)]);
  }
  const taken = new Set<string>();
  return [...boards].map(([folder, files]) => {
    const name = unlike(basename(folder) || 'root', taken);
    return { name, paths: files };
  });
};

/**
 * Whether `file` is in one of the folders that `paths` name, or beside one of the files, whatever links lead
 * there.
 */
export const isAmong = (file: string, paths: readonly string[]): boolean => {
  const real = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));
  const folders = paths.map((path) => real(named(path).folder));
  const places = [real(file), join(real(dirname(file)), basename(file))];
  return places.some((place) =>
    folders.some((folder) => {
      const way = relative(folder, place);
      return !isAbsolute(way) && way.split(sep)[0] !== '..';
    }),
  );
};

// A folder may hold much that no auditor looks at, images of flash chips among it.
const lazily = (paths: readonly string[]): readonly InputFile[] => {
  let characters = 0;
  return paths.map((path) => {
    let text: string | undefined;
    return {
      path,
      get text(): string {
        if (text !== undefined) return text;
        if (characters > MOST_CHARACTERS) throw tooMuch(path);
        text = path === STANDARD_INPUT ? readStandardInput() : readLog(path);
        characters += text.length;
        return text;
      },
    };
  });
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
  const files = board.files ?? lazily(board.paths);
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
