import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../../model/index.ts';

// A file of numbers, as they are in memory:
//   8 bytes   the magic
//   4 bytes   the length of the header, little endian
//   …         the header: JSON, which lists the arrays
//   …         the arrays, one after the other
//   32 bytes  SHA-256 of everything before
// It is streamed through one buffer: arrays may be shared with other threads, which neither the hash nor
// the file system takes, and together they may be larger than any buffer.
const MAGIC = 'UWKEPT01';
const PREFIX_BYTES = 12;
const DIGEST_BYTES = 32;
const CHUNK_BYTES = 1 << 20;

/** Arrays of numbers that are kept as they are in memory. */
export type Numbers = Uint16Array | Int32Array | Float64Array;

const KINDS = { uint16: Uint16Array, int32: Int32Array, float64: Float64Array } as const;
type Kind = keyof typeof KINDS;

const kindOf = (numbers: Numbers): Kind => {
  if (numbers instanceof Uint16Array) return 'uint16';
  return numbers instanceof Int32Array ? 'int32' : 'float64';
};

interface Header {
  readonly arrays: readonly (readonly [kind: Kind, length: number])[];
  readonly content: unknown;
}

/** The content of a file, and the arrays in the order in which they were written. */
export interface CheckpointContent {
  readonly content: unknown;
  /** Reads the next array. */
  readonly next: () => Numbers;
  readonly close: () => void;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The fault of a file that cannot be written. */
export const unwritable = (path: string, error: unknown): Fault =>
  new Fault('UW313', {
    where: path,
    expected: 'a file that can be written',
    got: reasonOf(error),
    likely: 'the disk is full, or the folder may not be written to',
    next: 'make room, or name another folder with --checkpoint; the checkpoint before is as it was',
  });

/** The fault of a file that is not as it was written. */
const damaged = (path: string, got: string): Fault =>
  new Fault('UW311', {
    where: path,
    expected: 'a file as underwatch wrote it',
    got,
    likely: 'it was cut short or changed after it was written',
    next: 'restore it from a copy; or remove this file, and what it holds is searched again',
  });

/**
 * Runs a function on the content of a file. Throws UW311 where the content is nothing that was ever written.
 */
export const asWritten = <T>(path: string, make: () => T): T => {
  try {
    return make();
  } catch (error) {
    throw error instanceof Fault ? error : damaged(path, reasonOf(error));
  }
};

const bytesOf = ({ buffer, byteLength, byteOffset }: Numbers): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const writeAll = (file: number, bytes: Uint8Array): void => {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done);
};

const stream = (file: number, header: Header, arrays: readonly Numbers[]): void => {
  const hash = createHash('sha256');
  const put = (bytes: Uint8Array): void => {
    hash.update(bytes);
    writeAll(file, bytes);
  };
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(text.length, MAGIC.length);
  put(prefix);
  put(text);
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (const array of arrays) {
    const bytes = bytesOf(array);
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      const part = bytes.subarray(from, from + CHUNK_BYTES);
      chunk.set(part);
      put(chunk.subarray(0, part.length));
    }
  }
  writeAll(file, hash.digest());
  fsyncSync(file);
};

/** Flushes a folder, so that the new name outlives a crash of the machine, too; not every system can. */
const syncFolder = (folder: string): void => {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // The file is whole under one name or the other.
  }
};

const discard = (path: string): void => {
  try {
    rmSync(path, { force: true });
  } catch {
    // The path is no folder that files can be in.
  }
};

/**
 * Writes `content`, which is plain data, and the arrays into the file at `path`: first beside its place, so
 * that a crash leaves what was there before. Throws UW313.
 */
export const writeCheckpoint = (path: string, content: object, arrays: readonly Numbers[]): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  const kinds = arrays.map((array) => [kindOf(array), array.length] as const);
  try {
    // Not where a link may lead.
    rmSync(temporary, { force: true });
    const file = openSync(temporary, 'wx');
    try {
      stream(file, { arrays: kinds, content }, arrays);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    discard(temporary);
    throw unwritable(path, error);
  }
};

/** Fills `into` from the file and returns whether there was enough. */
const readAll = (file: number, into: Uint8Array): boolean => {
  for (let done = 0; done < into.length;) {
    const count = readSync(file, into, done, into.length - done, null);
    if (count === 0) return false;
    done += count;
  }
  return true;
};

const hashUpTo = (file: number, hash: Hash, length: number): void => {
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (let from = 0; from < length;) {
    const count = readSync(file, chunk, 0, Math.min(CHUNK_BYTES, length - from), from);
    if (count === 0) return;
    hash.update(chunk.subarray(0, count));
    from += count;
  }
};

/** Verifies a file. Throws UW311 unless all of it is as it was written. */
const verify = (path: string, file: number): void => {
  const { size } = fstatSync(file);
  if (size < PREFIX_BYTES + DIGEST_BYTES) throw damaged(path, `${size} bytes`);
  const hash = createHash('sha256');
  hashUpTo(file, hash, size - DIGEST_BYTES);
  const written = Buffer.alloc(DIGEST_BYTES);
  readSync(file, written, 0, DIGEST_BYTES, size - DIGEST_BYTES);
  if (!hash.digest().equals(written)) throw damaged(path, 'a checksum that does not fit the file');
};

/**
 * Reads a header, which may list only what its file has room for. Room is made for that only once this is
 * known.
 */
const headerOf = (path: string, file: number): Header => {
  const { size } = fstatSync(file);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  readAll(file, prefix);
  if (prefix.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged(path, 'another kind of file');
  const length = prefix.readUInt32LE(MAGIC.length);
  const text = Buffer.alloc(Math.min(length, size));
  if (!readAll(file, text) || length > size) throw damaged(path, 'less than its header');
  const header = JSON.parse(text.toString('utf8')) as Header;
  let rest = size - PREFIX_BYTES - length - DIGEST_BYTES;
  for (const [kind, count] of header.arrays) rest -= count * KINDS[kind].BYTES_PER_ELEMENT;
  if (rest !== 0) throw damaged(path, 'arrays that do not fill it');
  return header;
};

const opened = (path: string): number => {
  try {
    // A pipe would be waited for without end.
    if (statSync(path).isFile()) return openSync(path, 'r');
  } catch (error) {
    throw damaged(path, reasonOf(error));
  }
  throw damaged(path, 'something that is no file');
};

/**
 * Opens the file at `path`; undefined if there is none. Throws UW311 for a file that is not as it was
 * written.
 */
export const readCheckpoint = (path: string): CheckpointContent | undefined => {
  if (!existsSync(path)) return undefined;
  const file = opened(path);
  try {
    verify(path, file);
    const { arrays, content } = headerOf(path, file);
    let at = 0;
    return {
      content,
      next: () => {
        const [kind, length] = arrays[at++] ?? ['int32', 0];
        const array = new KINDS[kind](length);
        if (!readAll(file, bytesOf(array))) throw damaged(path, 'less than its arrays');
        return array;
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error instanceof Fault ? error : damaged(path, reasonOf(error));
  }
};
