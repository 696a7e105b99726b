import { Option, Command } from 'commander';
import { FORMATS, learnFor, type Format } from '../../export/formats.ts';
import { tool } from '../../model/tool.ts';
import { counted } from '../../attack/words.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { limitsOf, withBudgetOptions } from '../options/limit-options.ts';
import { limit } from '../options/numbers.ts';
import { createProgress } from '../terminal/progress.ts';
import { subjectOf, withSubject, type SubjectOptions } from '../options/subject-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { blocksOf, writePieces } from '../terminal/write-pieces.ts';

interface ExportOptions extends SubjectOptions {
  readonly format: Format;
  readonly output?: string;
  readonly maxStates?: number;
  readonly timeLimitMs?: number;
  readonly memoryLimitMb?: number;
  readonly config?: string;
}

const EXAMPLES = `
Formats:
${Object.entries(FORMATS)
  .map(([name, { says }]) => `  ${name.padEnd(8)}  ${says}`)
  .join('\n')}

Examples:
  underwatch export --claim H-DEFER --format promela --output defer.pml
  underwatch export hypersentry --format murphi --without gpiGateLock --capability ports hide
  underwatch export chipset --format aut --output chipset.aut

The text begins with how to run it and which counts to expect. It contains all reachable states, or it is not
written.

Exit codes: 0 it is written, 2 bad usage or input.`;

const exportModel = async (
  terminal: Terminal,
  id: string | undefined,
  options: ExportOptions,
): Promise<ExitCode> => {
  const { format, output } = options;
  const { system } = subjectOf(
    await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']),
    id,
    options,
  );
  const { write, aside } = FORMATS[format];
  const progress = createProgress(terminal, false);
  const learned = learnFor(format, system, limitsOf(options), ({ states, depth }) =>
    progress.show(`learning  ${counted(states, 'state')}, depth ${depth}`),
  );
  progress.clear();
  const pieces = write(learned, tool);
  if (output === undefined) for (const block of blocksOf(pieces)) terminal.out(block);
  else writePieces(output, pieces);
  if (aside !== undefined) terminal.err(`${aside(learned, tool).join('\n')}\n`);
  return EXIT.asExpected;
};

/** `underwatch export`: writes what a model does for other people's checkers. */
export const exportCommand = (terminal: Terminal, finish: Finish): Command => {
  const command = withSubject(
    new Command('export').description('write the transition system of a model, for another checker'),
  )
    .addOption(
      new Option('--format <format>', 'what to write').choices(Object.keys(FORMATS)).makeOptionMandatory(),
    )
    .option('--output <file>', 'the file to write, instead of stdout')
    .addOption(
      new Option(
        '--max-states <n>',
        'refuse a system with more states (default: 5000000; dot: 2000)',
      ).argParser(limit('--max-states')),
    );
  return withBudgetOptions(command)
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ExportOptions) =>
      finish(await exportModel(terminal, id, options)),
    );
};
