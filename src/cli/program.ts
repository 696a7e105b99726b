import { Command, CommanderError } from 'commander';
import { Fault } from '../model/index.ts';
import { errorEntry } from '../report/entries.ts';
import { shown } from '../model/shown.ts';
import { tool } from '../model/tool.ts';
import { attacksCommand } from './attacks/attacks.ts';
import { auditCommand } from './audit/audit.ts';
import { corpusCommand } from './corpus/corpus.ts';
import { coverageCommand } from './coverage/coverage.ts';
import { conformCommand } from './conform/conform.ts';
import { crossCheckCommand } from './cross-check/cross-check.ts';
import { defencesCommand } from './defences/defences.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { diffCommand } from './diff/diff.ts';
import { EXIT, type ExitCode, type Finish } from './exit-codes.ts';
import { explainCommand } from './explain/explain.ts';
import { exploreCommand } from './explore/explore.ts';
import { exportCommand } from './export/export.ts';
import { errorLines } from './terminal/fault-text.ts';
import { initCommand } from './init/init.ts';
import { internalErrorText } from './internal-error.ts';
import { listCommand } from './list/list.ts';
import { mergeCommand } from './merge/merge.ts';
import { openCommand } from './open/open.ts';
import { reasonsCommand } from './reasons/reasons.ts';
import { replayCommand } from './replay/replay.ts';
import { reportCommand } from './report/report.ts';
import { scopeCommand } from './scope/scope.ts';
import { studyCommand } from './study/study.ts';
import type { Terminal } from './terminal/terminal.ts';
import { thresholdCommand } from './threshold/threshold.ts';
import { workCommand } from './verify/jobs/work.ts';
import { verifyCommand } from './verify/verify.ts';

const EXAMPLES = `
Examples:
  underwatch verify                          decide every claim, print the shortest attacks
  underwatch audit board-logs/               what a real board's settings allow
  underwatch replay reports/latest/verify/attacks/H-DEFER.json
  underwatch corpus add reports/latest/verify/attacks   keep them: every run replays them first
  underwatch open                            the last report, in the browser
  underwatch explore hypersentry             a model in the browser: choose what happens next
  underwatch report reports/latest/verify/report.json --format junit
  underwatch explain --space hypersentry     what the actions read and write
  underwatch export --claim H-DEFER --format promela
  underwatch list --models
  underwatch scope H-DEFER-GATES-LOCKED      what outside the scope of a claim changes its verdict
  underwatch cross-check --claim H-DEFER     every way of searching against the others
  underwatch threshold --claim P-MEMCPY-A --parameter slackCycles --from 0 --to 10000000
  underwatch reasons H-FAKE-APM              which defences a claim rests on
  underwatch attacks H-DEFER                 all different attacks, and the weakest adversaries
  underwatch defences deferral               what stops the known attacks, and the cheapest fix
  underwatch conform chipset                 a part of the model beside QEMU, operation by operation
  underwatch init demo                       a first model of your own; doctor says what is missing

Exit codes: 0 as expected, 1 an unexpected verdict, 2 bad usage or input, 3 internal error,
130 interrupted (a partial report is kept).`;

/**
 * Returns the parser's complaint about the command line, with the arguments that it repeats as they are
 * shown.
 */
const complaintOf = (text: string, argv: readonly string[]): string =>
  argv
    .reduce(
      (told, argument) => (argument === '' ? told : told.replaceAll(argument, () => shown(argument))),
      text,
    )
    .replace(/^error: /, 'UW304 the command line cannot be understood: ');

/** Makes the command line: one command a file. */
const createProgram = (argv: readonly string[], terminal: Terminal, finish: Finish): Command => {
  const program = new Command('underwatch')
    .description(
      'model checker for code that measures the integrity of the most privileged software of a machine',
    )
    .version(tool.version)
    .addHelpText('after', EXAMPLES);
  const commands = [
    verifyCommand,
    auditCommand,
    replayCommand,
    corpusCommand,
    coverageCommand,
    openCommand,
    exploreCommand,
    reportCommand,
    mergeCommand,
    diffCommand,
    explainCommand,
    exportCommand,
    listCommand,
    crossCheckCommand,
    scopeCommand,
    thresholdCommand,
    reasonsCommand,
    defencesCommand,
    attacksCommand,
    studyCommand,
    conformCommand,
    initCommand,
    doctorCommand,
  ].map((create) => create(terminal, finish));
  const hidden = workCommand(terminal, finish);
  for (const command of commands) program.addCommand(command);
  program.addCommand(hidden, { hidden: true });
  for (const command of [program, ...commands, hidden]) {
    command
      .exitOverride()
      .showHelpAfterError('run it with --help for its options and examples')
      .configureOutput({
        writeOut: terminal.out,
        writeErr: terminal.err,
        outputError: (text, write) => write(complaintOf(text, argv)),
      });
  }
  return program;
};

/** Runs the command line `argv` (without the program's name) and says how it ended. Never throws. */
export const main = async (argv: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  let code: ExitCode = EXIT.asExpected;
  try {
    const program = createProgram(argv, terminal, (ended) => {
      code = ended;
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.asExpected : EXIT.badInput;
    if (error instanceof Fault) {
      terminal.err(`${errorLines(errorEntry(error), terminal.widthErr).join('\n')}\n`);
      return EXIT.badInput;
    }
    terminal.err(internalErrorText(error));
    return EXIT.internal;
  }
};
