import { isInteltoolLog, parseInteltool, type InteltoolLog } from './inteltool.ts';
import { deviceAt, isLspciLog, parseLspci, type LspciLog } from './lspci.ts';
import { commandFor, differentBoards, lacksPart, noLogs, notALog, notIntel, type LogKind } from './refusals.ts';

/** A file as it was read: its path is used to name it, never to tell what it is. */
export interface LogFile {
  readonly path: string;
  readonly text: string;
}

/** The two logs of a board, with the names that readings are attributed to. */
export interface BoardLogs {
  readonly inteltool: InteltoolLog & { readonly file: string };
  readonly lspci: LspciLog & { readonly file: string };
}

/** The last part of a path, whichever way its slashes lean. */
const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

// Logs of these tools are ASCII; a decoder puts U+FFFD where bytes were no text.
const looksBinary = (text: string): boolean => /[\u0000-\u0008\u000E-\u001A\uFFFD]/.test(text);

const complaint = (file: LogFile): ReturnType<typeof notALog> => {
  if (file.text.trim() === '')
    return notALog(file.path, 'an empty file', 'the tool was not installed, or not run as root');
  if (looksBinary(file.text))
    return notALog(file.path, 'bytes that are no text', 'a binary file, or text in UTF-16');
  const [first = ''] = file.text.trimStart().split(/\r?\n/, 1);
  return notALog(
    file.path,
    `text that begins with ${JSON.stringify(first.slice(0, 60))}`,
    'the output of another tool, an error message, or a log cut after a few bytes',
  );
};

// Two copies of one log are harmless; two different ones leave open which to believe.
const single = (kind: LogKind, files: readonly LogFile[]): LogFile | undefined => {
  if (new Set(files.map(({ text }) => text)).size > 1)
    throw differentBoards(
      files.map(({ path }) => path).join(', '),
      `one log of ${kind}`,
      `${files.length} logs of ${kind} that differ`,
    );
  return files[0];
};

const missing = (board: string, kind: LogKind, files: readonly LogFile[]): Error => {
  // A file that was meant to be this log says more than its absence does.
  const meant = files.find(
    (file) => fileName(file.path).includes(kind) && !isInteltoolLog(file.text) && !isLspciLog(file.text),
  );
  if (meant !== undefined) return complaint(meant);
  return lacksPart(
    kind,
    board,
    `a log of inteltool and one of lspci`,
    `no log of ${kind} among ${files.map(({ path }) => fileName(path)).join(', ')}`,
    `${commandFor[kind].split(' ')[1] ?? kind} was not run, or its log was not copied`,
  );
};

/**
 * Finds the two logs among the files of a board by what is in them; other files are left alone.
 * @throws Fault UW401, UW402, UW404 (not an Intel board), UW405 or UW406.
 */
export const recogniseLogs = (board: string, files: readonly LogFile[]): BoardLogs => {
  if (files.length === 0) throw noLogs(board);
  const inteltoolFile = single('inteltool', files.filter(({ text }) => isInteltoolLog(text)));
  const lspciFile = single('lspci', files.filter(({ text }) => isLspciLog(text)));
  const [firstFile] = files;
  if (inteltoolFile === undefined && lspciFile === undefined && firstFile !== undefined)
    throw complaint(firstFile);

  const lspci = lspciFile && { ...parseLspci(lspciFile.text), file: fileName(lspciFile.path) };
  const host = lspci && deviceAt(lspci, '00:00.0');
  if (host?.id !== undefined && !host.id.startsWith('8086:'))
    throw notIntel(board, host.id, host.name);
  if (inteltoolFile === undefined) throw missing(board, 'inteltool', files);
  if (lspci === undefined) throw missing(board, 'lspci', files);
  return { inteltool: { ...parseInteltool(inteltoolFile.text), file: fileName(inteltoolFile.path) }, lspci };
};
