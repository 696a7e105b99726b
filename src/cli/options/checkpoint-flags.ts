import { Option, type Command } from 'commander';
import type { RunCheckpointOptions } from '../../claim/run/run-checkpoint.ts';
import { Fault } from '../../model/index.ts';
import { errorEntry } from '../../report/entries.ts';
import { errorLines } from '../terminal/fault-text.ts';
import { digestsOf, type Sources } from '../workspace/sources-read.ts';
import { limit } from './numbers.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The options of a run that can be continued. */
export interface CheckpointFlags {
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume?: string;
}

const FLAGS = {
  checkpoint: '--checkpoint',
  checkpointEvery: '--checkpoint-every',
  resume: '--resume',
} as const;

/** Adds the options of a run that can be continued. */
export const addCheckpointFlags = (command: Command): Command =>
  command
    .option(`${FLAGS.checkpoint} <folder>`, 'save progress to this folder, for --resume')
    .addOption(
      new Option(
        `${FLAGS.checkpointEvery} <seconds>`,
        'the least time between two checkpoints of a search (default: 60)',
      ).argParser(limit(FLAGS.checkpointEvery)),
    )
    .option(`${FLAGS.resume} <folder>`, 'continue the run that was saved in this folder, and keep saving');

const clash = (option: string, expected: string, got: string): Fault =>
  new Fault('UW304', {
    where: `option ${option}`,
    expected,
    got,
    likely: 'the first run is kept with --checkpoint, and gone on with by --resume in its place',
    next: 'give one of the two',
  });

/**
 * Returns where a run is kept, if it is; `sources` are what its models come from. Throws UW304 for options
 * that make no sense together.
 */
export const checkpointOptionsOf = (
  { checkpoint, checkpointEvery, resume }: CheckpointFlags,
  sources: Sources,
  terminal: Terminal,
): RunCheckpointOptions | undefined => {
  if (checkpoint !== undefined && resume !== undefined) {
    throw clash(FLAGS.resume, `no ${FLAGS.checkpoint} beside it`, 'both');
  }
  const folder = resume ?? checkpoint;
  if (folder === undefined) {
    if (checkpointEvery === undefined) return undefined;
    throw clash(FLAGS.checkpointEvery, `${FLAGS.checkpoint} or ${FLAGS.resume}`, 'neither');
  }
  let told = false;
  return {
    folder,
    resume: resume !== undefined,
    identity: digestsOf(process.cwd(), sources),
    ...(checkpointEvery === undefined ? {} : { everyMs: 1000 * checkpointEvery }),
    onTrouble: (fault) => {
      if (!told) terminal.err(`\n${errorLines(errorEntry(fault), terminal.widthErr).join('\n')}\n`);
      told = true;
    },
  };
};
