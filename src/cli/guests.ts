import { inspect } from 'node:util';
import { framesOf, placeOf } from '../model/frames.ts';
import { Fault } from '../model/index.ts';
import { errorEntry } from '../report/entries.ts';
import { EXIT } from './exit-codes.ts';
import { errorLines } from './terminal/fault-text.ts';
import { internalErrorText } from './internal-error.ts';
import { hasEnded, leave } from './leave.ts';
import type { Terminal } from './terminal/terminal.ts';

// The most failures where nobody waits that are told, each thing once.
const MOST_TOLD = 20;

const NEXT = 'a model only looks at its state and changes its draft; leave out what ends or outlives the run';

const refusedExit = (code: unknown): Fault => {
  const [frame] = framesOf(new Error('here'));
  return new Fault('UW342', {
    where: `process.exit(${code === undefined ? '' : inspect(code)})${frame === undefined ? '' : `, at ${placeOf(frame)}`}`,
    expected: 'a process that ends when the command has come to its verdicts',
    got: 'code of the configuration that would end it before',
    likely: 'a model or a module that it imports was written for a program of its own',
    next: NEXT,
  });
};

const endedWithin = (code: number): Fault =>
  new Fault('UW342', {
    where: 'the configuration, or what it imports',
    expected: 'a process that ends when the command has come to its verdicts',
    got: `the end of the process before that, with exit code ${code}`,
    likely: 'something waits for what never comes, or ended the process past `process.exit`',
    next: NEXT,
  });

/** Returns an error of code that nobody waits for; undefined where no line of the user's is in its stack. */
const strayOf = (error: unknown): Fault | undefined => {
  if (error instanceof Fault) return error;
  const [frame] = framesOf(error);
  if (frame === undefined) return undefined;
  const details = {
    where: placeOf(frame),
    expected: 'code that is through when its function returns',
    got: error instanceof Error ? `${error.name}: ${error.message}` : inspect(error),
    likely: 'a promise that nobody waits for, a timer or an event of the configuration',
    next: NEXT,
  };
  return new Fault('UW343', details, { cause: error });
};

/**
 * Keeps effects of a configuration's code on the process apart from the command's own. Its writes to stdout
 * go to stderr, `process.exit` is refused with UW342, and an end before the verdicts is told and is no
 * success. A failure where nobody waits is told as UW343, while the run goes on. `terminal` is made before,
 * and still writes to stdout. Returns whether there was anything of the last kind so far.
 */
export const containGuests = (terminal: Terminal): (() => boolean) => {
  const tell = (fault: Fault): void =>
    terminal.err(`${errorLines(errorEntry(fault), terminal.widthErr).join('\n')}\n`);
  const told = new Set<string>();
  const stray = (error: unknown): void => {
    const fault = strayOf(error);
    if (fault === undefined) {
      terminal.err(internalErrorText(error));
      leave(EXIT.internal);
      return;
    }
    // A timer may fail again and again.
    const { where, got } = fault.details;
    if (told.has(`${where} ${got}`) || told.size === MOST_TOLD) return;
    told.add(`${where} ${got}`);
    tell(fault);
  };
  process.stdout.write = process.stderr.write.bind(process.stderr);
  process.exit = (code) => {
    throw refusedExit(code);
  };
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  process.on('exit', (code) => {
    if (hasEnded()) return;
    tell(endedWithin(code));
    process.exitCode = EXIT.badInput;
  });
  return () => told.size > 0;
};
