import { Fault, faultText } from '../model/index.ts';
import { reasonOf } from '../report/reason.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { containGuests } from './guests.ts';
import { comeToEnd } from './leave.ts';
import { main } from './program.ts';
import { createTerminal } from './terminal.ts';

/** Runs the command line of this process, and has the process end as it says. */
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

  containGuests(terminal);
  const code = await main(process.argv.slice(2), terminal);
  process.exitCode = lost ?? code;
  comeToEnd();
};
