import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Fault } from '../../model/index.ts';
import { reasonOf } from '../../report/reason.ts';

const BLOCK = 65_536;

/** Joins `pieces` into larger ones, so that each is worth a write. */
export function* blocksOf(pieces: Iterable<string>): Generator<string> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

/**
 * Writes a text that may be larger than a string can be. It is written beside its place and then renamed, so
 * that the file that was there stays whole in any case. Throws UW604.
 */
export const writePieces = (path: string, pieces: Iterable<string>): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  const unwritable = (error: unknown): Fault =>
    new Fault('UW604', {
      where: path,
      expected: 'a file that can be written, in a folder that is there',
      got: reasonOf(error),
      likely: 'the folder does not exist, the disk is full, or it may not be written to',
      next: 'name another file with --output; what stood there is as it was',
    });
  let file: number | undefined;
  try {
    // Not where a link may lead.
    rmSync(temporary, { force: true });
    file = openSync(temporary, 'wx');
    for (const block of blocksOf(pieces)) writeSync(file, block);
    closeSync(file);
    file = undefined;
    renameSync(temporary, path);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    rmSync(temporary, { force: true });
    throw error instanceof Fault ? error : unwritable(error);
  }
};
