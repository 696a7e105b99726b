import { Fault } from 'underwatch/model';
import { tooLarge, tooLong } from './bounds.ts';
import { isInteltoolLog, parseInteltool, type InteltoolLog } from './inteltool.ts';
import { deviceAt, isLspciLog, parseLspci, type LspciLog } from './lspci.ts';
import { isChipsecLog, parseChipsec } from './chipsec.ts';
import { chipsecSource } from './chipsec-source.ts';
import { inteltoolSource } from './inteltool-source.ts';
import { isEvidence, parseEvidence } from './evidence/parse.ts';
import { evidenceSource } from './evidence/source.ts';
import { lspciSource } from './lspci-source.ts';
import { bridgeAddress } from '../layouts.ts';
import { isFlashromLog, parseFlashrom } from './flashrom.ts';
import { flashromSource } from './flashrom-source.ts';
import { plainText } from './plain-text.ts';
import { transcriptSource } from './transcript/source.ts';
import { isTranscript, parseTranscript } from './transcript/transcript.ts';
import { noLogs, notALog, notIntel, refused, unknownToChipsec, type LogKind } from './refusals.ts';
import type { Source } from './source.ts';

/** A file of a board. Its path names it in messages; its text tells its kind. */
export interface LogFile {
  readonly path: string;
  readonly text: string;
}

/** The logs of a board, each with the name that readings are attributed to. */
export interface BoardLogs {
  readonly inteltool: readonly Named<InteltoolLog>[];
  readonly lspci: readonly Named<LspciLog>[];
  /** All logs, in the order in which they are asked for a register. */
  readonly sources: readonly Source[];
  /** Files that were meant to be logs and are none. */
  readonly complaints: readonly Fault[];
}

/** The content of a file, once read. */
export type Named<T> = T & { readonly file: string };

/** The last part of a path, whichever way its slashes lean. */
const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

const headLength = 4096;

// Logs of these tools are ASCII. A decoder puts U+FFFD where bytes were no text; UTF-16 leaves U+0000. A
// prompt in Latin-1 or a byte that a serial line garbled makes no binary file: one in fifty is more than
// these.
const looksBinary = (text: string): boolean => {
  const head = text.slice(0, headLength);
  return head.includes('\0') || head.split('\uFFFD').length - 1 > head.length / 50;
};

/** A file whose text was examined, or could not be. */
interface Candidate {
  readonly path: string;
  readonly text: string;
  readonly kinds: readonly LogKind[];
  readonly fault?: Fault;
}

// A folder may hold files that cannot be read and need not be: the text is fetched, and throws, only then.
const candidateOf = (file: LogFile): Candidate => {
  const { path } = file;
  try {
    const fault = tooLong(path, file.text);
    if (fault !== undefined) return { path, text: '', kinds: [], fault };
    if (looksBinary(file.text)) return { path, text: file.text, kinds: [] };
    const text = plainText(file.text);
    // Its rows look like those of other tools.
    if (isEvidence(text)) return { path, text, kinds: ['evidence'] };
    const kinds: readonly (LogKind | false)[] = [
      isInteltoolLog(text) && 'inteltool',
      isLspciLog(text) && 'lspci',
      isChipsecLog(text) && 'chipsec',
      isFlashromLog(text) && 'flashrom',
      isTranscript(text) && 'transcript',
    ];
    return { path, text, kinds: kinds.filter((kind) => kind !== false) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { path, text: '', kinds: [], fault: error };
  }
};

/** The text of a log, within the bounds of one. */
const textOf = ({ path, text }: Candidate): string => {
  const fault = tooLarge(path, text);
  if (fault !== undefined) throw fault;
  return text;
};

// Messages of inteltool and similar tools where the kernel keeps I/O ports or memory from root.
const isRefusal = (text: string): boolean =>
  /\b(?:iopl|ioperm|\/dev\/mem|mapping physical memory)\b[^\n]{0,200}\b(?:Operation not permitted|Permission denied)/.test(
    text.slice(0, headLength),
  );

/** The fault of a file that was meant to be a log. */
const complaint = ({ path, text, fault }: Candidate): Fault => {
  if (fault !== undefined) return fault;
  if (text.trim() === '')
    return notALog(path, 'an empty file', 'the tool was not installed, or not run as root');
  if (looksBinary(text)) return notALog(path, 'bytes that are no text', 'a binary file, or text in UTF-16');
  if (isRefusal(text)) return refused(path, text.trim().split(/\r?\n/, 1)[0]!);
  const [first = ''] = text.trimStart().slice(0, headLength).split(/\r?\n/, 1);
  return notALog(
    path,
    `text that begins with ${JSON.stringify(first.slice(0, 60))}`,
    'the output of another tool, an error message, or a log cut after a few bytes',
  );
};

const ofKind = (kind: LogKind, candidates: readonly Candidate[]): readonly Candidate[] => {
  const seen = new Set<string>();
  return candidates.filter(({ kinds, text }) => {
    // Two copies of one log are one.
    const isNew = kinds.includes(kind) && !seen.has(text);
    if (isNew) seen.add(text);
    return isNew;
  });
};

/** Files that were meant to be logs, by their names, and are none. */
const complaintsAmong = (candidates: readonly Candidate[]): readonly Fault[] =>
  candidates
    .filter(
      ({ path, kinds }) =>
        kinds.length === 0 && /inteltool|lspci|chipsec|flashrom|rdmsr|setpci/.test(fileName(path)),
    )
    .map(complaint);

const noneAtAll = (board: string, candidates: readonly Candidate[]): Fault => {
  const [meant] = complaintsAmong(candidates);
  if (meant !== undefined) return meant;
  if (candidates.length === 1) return complaint(candidates[0]!);
  const names = candidates.map(({ path }) => fileName(path)).join(', ');
  return noLogs(board, names === '' ? 'no files' : `other files: ${names}`);
};

const lspciLogs = (candidates: readonly Candidate[]): readonly Named<LspciLog>[] => {
  const logs = candidates.map((each) => ({ ...parseLspci(textOf(each)), file: fileName(each.path) }));
  const hasRows = (log: LspciLog): boolean => log.devices.some(({ rows }) => rows.size > 0);
  // A listing without dumps beside a dump says nothing that the dump does not.
  return logs.some(hasRows) ? logs.filter(hasRows) : logs;
};

/**
 * Finds the logs among the files of a board by their content; other files are left alone.
 *
 * @throws Fault UW320, UW321, UW322, UW401, UW402 or UW404 (not an Intel board).
 */
export const recogniseLogs = (board: string, files: readonly LogFile[]): BoardLogs => {
  const candidates = files.map(candidateOf);
  const lspci = lspciLogs(ofKind('lspci', candidates));
  for (const log of lspci) {
    const host = deviceAt(log, '00:00.0');
    if (host?.id !== undefined && !host.id.startsWith('8086:')) throw notIntel(board, host.id, host.name);
  }
  const inteltool = ofKind('inteltool', candidates).map((each) => ({
    ...parseInteltool(textOf(each)),
    file: fileName(each.path),
  }));
  const chipsec = ofKind('chipsec', candidates).map((each) => ({
    ...parseChipsec(textOf(each)),
    file: fileName(each.path),
  }));
  for (const { file, northbridge } of chipsec)
    if (northbridge !== undefined && !northbridge.id.startsWith('8086:'))
      throw notIntel(board, northbridge.id, `${file}: ${northbridge.name}`);
  const evidence = ofKind('evidence', candidates).map((each) =>
    evidenceSource(parseEvidence(textOf(each)), fileName(each.path)),
  );
  for (const { file, northbridge } of evidence)
    if (northbridge !== undefined && !northbridge.id.startsWith('8086:'))
      throw notIntel(board, northbridge.id, `${file}: host bridge`);
  const unknown = chipsec
    .filter(({ isUnsupported }) => isUnsupported)
    .map(({ file }) => unknownToChipsec(file));
  const sources = [
    ...evidence,
    ...lspci.map((log) => lspciSource(log, log.file)),
    ...inteltool.map((log) => inteltoolSource(log, log.file)),
    ...chipsec.filter(({ isUnsupported }) => !isUnsupported).map((log) => chipsecSource(log, log.file)),
    ...ofKind('flashrom', candidates).map((each) =>
      flashromSource(parseFlashrom(textOf(each)), fileName(each.path)),
    ),
    ...ofKind('transcript', candidates).map((each) =>
      transcriptSource(parseTranscript(textOf(each)), fileName(each.path), bridgeAddress),
    ),
  ];
  if (sources.length === 0) throw unknown[0] ?? noneAtAll(board, candidates);
  return { inteltool, lspci, sources, complaints: [...complaintsAmong(candidates), ...unknown] };
};
