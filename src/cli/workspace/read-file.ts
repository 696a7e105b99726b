import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Fault } from '../../model/index.ts';
import { reasonOf } from '../../report/reason.ts';
import { noTextIn, wideText } from './packed.ts';

const MEBIBYTE = 2 ** 20;
/** The largest file that is read, in bytes. */
const MOST_BYTES = 16 * MEBIBYTE;

const unreadable = (path: string, expected: string, got: string): Fault =>
  new Fault('UW301', {
    where: path,
    expected,
    got,
    likely: 'a typing error, or a path relative to another folder',
    next: 'check the path',
  });

const tooLarge = (path: string, expected: string): Fault =>
  new Fault('UW320', {
    where: path,
    expected: `${expected} of at most ${MOST_BYTES / MEBIBYTE} MiB`,
    got: 'more',
    likely: 'another file, or one that was written to without end',
    next: 'check what it is, and cut it to what is needed',
  });

/** Returns the kind of what stands at a path. Throws UW301 when nothing does, or it may not be looked at. */
export const kindOf = (path: string, expected: string): 'file' | 'folder' | 'other' => {
  try {
    const stats = statSync(path);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    throw unreadable(path, expected, reasonOf(error));
  }
};

/** Reads the bytes of an open file, however long it says it is. Throws UW320. */
const bytesOf = (file: number, path: string, expected: string): Uint8Array => {
  const { size } = fstatSync(file);
  if (size > MOST_BYTES) throw tooLarge(path, expected);
  // One more than it should have: files of the system say that they are empty, and are not.
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    length += count;
    if (count === 0) return bytes.subarray(0, length);
    if (length > MOST_BYTES) throw tooLarge(path, expected);
    if (length < bytes.length) continue;
    const more = new Uint8Array(2 * length);
    more.set(bytes);
    bytes = more;
  }
};

const readBytes = (path: string, expected: string): Uint8Array => {
  const kind = kindOf(path, expected);
  if (kind !== 'file')
    throw unreadable(path, expected, kind === 'folder' ? 'a folder' : 'a device or a pipe');
  let file: number | undefined;
  try {
    // A file that is a pipe by now is not waited for.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return bytesOf(file, path, expected);
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(path, expected, reasonOf(error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads the text of a file. Throws UW301 when it cannot be read, or is a folder, and UW320 when it is too
 * large.
 */
export const readText = (path: string, expected: string): string => decoder.decode(readBytes(path, expected));

const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

const unpacked = (path: string, bytes: Uint8Array): Uint8Array => {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path, 'a log');
    throw new Fault('UW402', {
      where: path,
      expected: 'a file as gzip writes it',
      got: reasonOf(error),
      likely: 'the copy was cut, or changed on its way',
      next: 'copy it once more, or unpack it: gunzip',
    });
  }
};

const textOf = (path: string, found: Uint8Array): string => {
  const bytes = isGzip(found) ? unpacked(path, found) : found;
  const wide = wideText(bytes);
  if (wide !== undefined) return wide;
  const other = noTextIn(bytes);
  if (other !== undefined) throw new Fault('UW402', { where: path, expected: 'text', ...other });
  return decoder.decode(bytes);
};

/**
 * Reads the text of a log: in UTF-8, in UTF-16 if it says so, or either of them compressed by gzip. Throws as
 * `readText`, and UW402 for a log that is compressed otherwise, or no text.
 */
export const readLog = (path: string): string => textOf(path, readBytes(path, 'a log'));

/** Reads the log from standard input. Throws as `readLog`. */
export const readStandardInput = (): string => {
  const path = 'standard input';
  try {
    return textOf(path, bytesOf(0, path, 'a log'));
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(path, 'a log', reasonOf(error));
  }
};
