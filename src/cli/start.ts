import { setInterval } from 'node:timers';
import { Fault, faultText } from '../model/index.ts';
import { reasonOf } from '../report/reason.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { containGuests } from './guests.ts';
import { comeToEnd, leave } from './leave.ts';
import { main } from './program.ts';
import { createTerminal } from './terminal/terminal.ts';

// The time that open timers and servers may keep a process that has nothing to do any more.
const LINGER_MS = 100;

/** Ends the process also where a configuration left a timer or a server open, once all output is written. */
const endSoon = (codeNow: () => ExitCode): void => {
  setInterval(() => {
    if (process.stdout.writableLength > 0 || process.stderr.writableLength > 0) return;
    leave(codeNow());
  }, LINGER_MS).unref();
};

/** Runs the command line of this process, and makes the process end with its exit code. */
export const start = async (): Promise<void> => {
  let lost: ExitCode | undefined;

  const terminal = createTerminal(process.stdout, process.stderr, process.env, (error) => {
    lost = EXIT.badInput;
    process.exitCode = lost;
    const fault = new Fault('UW333', {
      where: 'stdout',
      expected: 'a place that takes what is printed',
      got: reasonOf(error),
      likely: 'the disk is full',
      next: 'make room, or print to somewhere else; a report that was written is whole',
    });
    terminal.err(`${faultText(fault)}\n`);
  });

  const hadStray = containGuests(terminal);
  const code = await main(process.argv.slice(2), terminal);
  const isFine = code === EXIT.asExpected || code === EXIT.unexpected;
  const codeNow = (): ExitCode => lost ?? (isFine && hadStray() ? EXIT.badInput : code);
  process.exitCode = codeNow();
  comeToEnd();
  endSoon(codeNow);
};
