import { Command } from 'commander';
import { drive } from '../../claim/engine/drive.ts';
import { thresholdInSlices, type Threshold, type ThresholdQuestion } from '../../defence/threshold.ts';
import { Fault } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import { counted } from '../../attack/words.ts';
import type { Limits } from '../../search/result.ts';
import { commandLine } from '../../report/command-line.ts';
import { thresholdEntry } from '../../report/outcomes/entries.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { withLimits } from '../options/limit-options.ts';
import { wholeNumber } from '../options/numbers.ts';
import { started, writeOutcomes } from '../options/output.ts';
import { drawn } from '../terminal/layout.ts';
import { createProgress } from '../terminal/progress.ts';
import { subjectOf, subjectWords, withSubject, type SubjectOptions } from '../options/subject-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { thresholdData, thresholdText } from './threshold-text.ts';

interface ThresholdCommandOptions extends SubjectOptions, Limits {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  readonly invariant?: string;
  readonly samples?: number;
  readonly scanUpTo?: number;
  readonly json?: boolean;
  readonly output?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch threshold --claim P-MEMCPY-A --parameter slackCycles --from 0 --to 10000000
  underwatch threshold --claim B4-ASW --parameter refillCycles --from 0 --to 2000000 --json
  underwatch threshold hypersentry --invariant I-COMPLETE --without boundedLatency --parameter scrubUs --from 1 --to 9

The search at each value is exhaustive, and the two values between which the verdict changes are neighbours. A range of
up to 64 values is searched value by value. In a larger range samples are searched, then bisected between two neighbours
that differ. Nothing is claimed about values between two neighbours that agree.

Exit codes: 0 decided, 1 a limit left a value undecided, 2 bad usage or input, 130 interrupted.`;

const needInvariant = (): Fault =>
  new Fault('UW304', {
    where: 'option --invariant',
    expected: 'an invariant, where no claim names one',
    got: 'a model alone',
    likely: 'a claim was meant, or its id was left out',
    next: 'name a claim with --claim, or an invariant of the model with --invariant',
  });

/**
 * Returns the question that the command line asks. A claim brings its invariant, unless another one is named.
 */
const questionOf = (
  workspace: Workspace,
  id: string | undefined,
  options: ThresholdCommandOptions,
): ThresholdQuestion => {
  const { system, claim } = subjectOf(workspace, id, options);
  const { model, scenario } = system;
  const invariant = options.invariant ?? claim?.invariant;
  if (invariant === undefined) throw needInvariant();
  return { model, scenario, invariant, parameter: options.parameter, from: options.from, to: options.to };
};

const limitsOf = ({ maxDepth, maxStates, memoryLimitMb, timeLimitMs }: ThresholdCommandOptions): Limits => ({
  ...(maxDepth === undefined ? {} : { maxDepth }),
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
});

const exitOf = ({ undecided }: Threshold): ExitCode => {
  if (undecided === undefined) return EXIT.asExpected;
  return undecided.bound === 'interrupted' ? EXIT.interrupted : EXIT.unexpected;
};

/** Returns the command that finds the same again. */
const reproduce = (id: string | undefined, options: ThresholdCommandOptions): string => {
  const { config, from, invariant, maxDepth, maxStates, parameter, samples, scanUpTo, to } = options;
  const flags = {
    '--parameter': parameter,
    '--from': from,
    '--to': to,
    '--invariant': invariant,
    '--samples': samples,
    '--scan-up-to': scanUpTo,
    '--max-depth': maxDepth,
    '--max-states': maxStates,
    '--config': config,
  };
  return commandLine(
    'threshold',
    ...subjectWords(id, options),
    ...Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)])),
  );
};

const find = async (
  terminal: Terminal,
  id: string | undefined,
  options: ThresholdCommandOptions,
): Promise<ExitCode> => {
  const question = questionOf(
    await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']),
    id,
    options,
  );
  const { samples, scanUpTo } = options;
  const began = started();
  const progress = createProgress(terminal, options.json === true);
  const threshold = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    (signal) =>
      drive(
        thresholdInSlices(question, {
          limits: limitsOf(options),
          ...(samples === undefined ? {} : { samples }),
          ...(scanUpTo === undefined ? {} : { scanUpTo }),
        }),
        {
          signal,
          onSlice: ({ depth, states }) => progress.show(`${counted(states, 'state')}, depth ${depth}`),
        },
      ),
  );
  progress.clear();
  const subject = options.claim ?? id ?? question.model.id;
  terminal.out(
    options.json === true
      ? jsonText(thresholdData(threshold))
      : drawn(thresholdText(threshold, subject, terminal), terminal),
  );
  if (options.output !== undefined) {
    writeOutcomes(options.output, [thresholdEntry(threshold, reproduce(id, options))], began, {
      command: 'threshold',
      engine: 'exhaustive',
      seed: 1,
      limits: limitsOf(options),
      interrupted: threshold.undecided?.bound === 'interrupted',
    });
  }
  return exitOf(threshold);
};

const integer = (option: string): ((text: string) => number) => wholeNumber(option, Number.MIN_SAFE_INTEGER);

/** `underwatch threshold`: finds where a verdict flips as one parameter grows, and searches both sides. */
export const thresholdCommand = (terminal: Terminal, finish: Finish): Command =>
  withLimits(
    withSubject(
      new Command('threshold').description('find the value of a parameter at which a verdict changes'),
    )
      .requiredOption('--parameter <name>', 'a parameter of the model that is a number')
      .requiredOption('--from <n>', 'the smallest value', integer('--from'))
      .requiredOption('--to <n>', 'the largest value', integer('--to'))
      .option('--invariant <id>', 'the invariant; default: that of the claim')
      .option(
        '--samples <n>',
        'number of values to start with in a large range',
        wholeNumber('--samples', 2, 10_000),
      )
      .option(
        '--scan-up-to <n>',
        'search every value of a range of up to this many values',
        wholeNumber('--scan-up-to', 1, 1_000_000),
      ),
  )
    .option('--json', 'print one JSON document and nothing else')
    .option('--output <file>', 'write a report into this file, for `underwatch report`')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ThresholdCommandOptions) =>
      finish(await find(terminal, id, options)),
    );
