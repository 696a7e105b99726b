import { Fault } from 'underwatch/model';
import { tooLarge, tooLong } from './bounds.ts';
import { isInteltoolLog, parseInteltool, type InteltoolLog } from './inteltool.ts';
import { deviceAt, isLspciLog, parseLspci, type LspciLog } from './lspci.ts';
import { differentBoards, lacksPart, noLogs, notALog, notIntel, type LogKind } from './refusals.ts';

/** A file of a board. Its path names it in messages; what it is, its text tells. */
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

const headLength = 4096;

// Logs of these tools are ASCII. A decoder puts U+FFFD where bytes were no text; UTF-16 leaves U+0000. A prompt in
// Latin-1 or a byte that a serial line garbled makes no binary file: one in fifty is more than these.
const looksBinary = (text: string): boolean => {
  const head = text.slice(0, headLength);
  return head.includes('\0') || head.split('\uFFFD').length - 1 > head.length / 50;
};

/** A file whose text was looked at, or could not be. */
interface Candidate {
  readonly path: string;
  readonly text: string;
  readonly kinds: readonly LogKind[];
  readonly fault?: Fault;
}

// A folder may hold files that cannot be read and need not be: whoever made the text throws only then.
const candidateOf = (file: LogFile): Candidate => {
  const { path } = file;
  try {
    const { text } = file;
    const fault = tooLong(path, text);
    if (fault !== undefined) return { path, text: '', kinds: [], fault };
    if (looksBinary(text)) return { path, text, kinds: [] };
    const kinds: readonly (LogKind | false)[] = [
      isInteltoolLog(text) && 'inteltool',
      isLspciLog(text) && 'lspci',
    ];
    return { path, text, kinds: kinds.filter((kind) => kind !== false) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { path, text: '', kinds: [], fault: error };
  }
};

/** The text of a log, which keeps to the bounds of one. */
const textOf = ({ path, text }: Candidate): string => {
  const fault = tooLarge(path, text);
  if (fault !== undefined) throw fault;
  return text;
};

/** What is wrong with a file that was meant to be a log. */
const complaint = ({ path, text, fault }: Candidate): Fault => {
  if (fault !== undefined) return fault;
  if (text.trim() === '')
    return notALog(path, 'an empty file', 'the tool was not installed, or not run as root');
  if (looksBinary(text)) return notALog(path, 'bytes that are no text', 'a binary file, or text in UTF-16');
  const [first = ''] = text.trimStart().slice(0, headLength).split(/\r?\n/, 1);
  return notALog(
    path,
    `text that begins with ${JSON.stringify(first.slice(0, 60))}`,
    'the output of another tool, an error message, or a log cut after a few bytes',
  );
};

// Two copies of one log are harmless; two different ones leave open which to believe.
const single = (kind: LogKind, candidates: readonly Candidate[]): Candidate | undefined => {
  const logs = candidates.filter(({ kinds }) => kinds.includes(kind));
  if (new Set(logs.map(({ text }) => text)).size > 1)
    throw differentBoards(
      logs.map(({ path }) => path).join(', '),
      `one log of ${kind}`,
      `${logs.length} logs of ${kind} that differ`,
    );
  return logs[0];
};

// A file that was meant to be the log says more than the log's absence does.
const missing = (board: string, kind: LogKind, candidates: readonly Candidate[]): Fault => {
  const meant = candidates.find(({ path, kinds }) => kinds.length === 0 && fileName(path).includes(kind));
  if (meant !== undefined) return complaint(meant);
  return lacksPart(
    kind,
    board,
    'a log of inteltool and one of lspci',
    `no log of ${kind} among ${candidates.map(({ path }) => fileName(path)).join(', ')}`,
    `${kind} was not run, or its log was not copied`,
  );
};

const noneAtAll = (board: string, candidates: readonly Candidate[]): Fault => {
  const meant =
    candidates.find(({ path }) => /inteltool|lspci/.test(fileName(path))) ??
    (candidates.length === 1 ? candidates[0] : undefined);
  if (meant !== undefined) return complaint(meant);
  const names = candidates.map(({ path }) => fileName(path)).join(', ');
  return noLogs(board, names === '' ? 'no files' : `other files: ${names}`);
};

/**
 * Finds the two logs among the files of a board by what is in them; other files are left alone.
 * @throws Fault UW320, UW321, UW322, UW401, UW402, UW404 (not an Intel board), UW405 or UW406.
 */
export const recogniseLogs = (board: string, files: readonly LogFile[]): BoardLogs => {
  const candidates = files.map(candidateOf);
  const inteltoolFile = single('inteltool', candidates);
  const lspciFile = single('lspci', candidates);
  if (inteltoolFile === undefined && lspciFile === undefined) throw noneAtAll(board, candidates);

  const lspci = lspciFile && { ...parseLspci(textOf(lspciFile)), file: fileName(lspciFile.path) };
  const host = lspci && deviceAt(lspci, '00:00.0');
  // Before a missing log is asked for: inteltool does not run on boards of other makers.
  if (host?.id !== undefined && !host.id.startsWith('8086:')) throw notIntel(board, host.id, host.name);
  if (inteltoolFile === undefined) throw missing(board, 'inteltool', candidates);
  if (lspci === undefined) throw missing(board, 'lspci', candidates);
  const inteltool = parseInteltool(textOf(inteltoolFile));
  return { inteltool: { ...inteltool, file: fileName(inteltoolFile.path) }, lspci };
};
