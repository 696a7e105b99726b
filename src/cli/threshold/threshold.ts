import { Command } from 'commander';
import { drive } from '../../claim/engine/drive.ts';
import { thresholdInSlices, type Threshold, type ThresholdQuestion } from '../../defence/threshold.ts';
import { Fault } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import { counted } from '../../attack/words.ts';
import type { Limits } from '../../search/result.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { withLimits } from '../options/limit-options.ts';
import { wholeNumber } from '../options/numbers.ts';
import { drawn } from '../terminal/layout.ts';
import { createProgress } from '../terminal/progress.ts';
import { subjectOf, withSubject, type SubjectOptions } from '../options/subject-options.ts';
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
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch threshold --claim P-MEMCPY-A --parameter slackCycles --from 0 --to 10000000
  underwatch threshold --claim B4-ASW --parameter refillCycles --from 0 --to 2000000 --json
  underwatch threshold hypersentry --invariant I-COMPLETE --without boundedLatency --parameter scrubUs --from 1 --to 9

At each value that is looked at, every state is searched; the two values between which the verdict flips are
neighbours. A range of 64 values or fewer is searched value by value. Of a larger one samples are searched, and the flip
between two that differ is found by halving; that nothing happens between two that agree is not claimed.

Exit codes: 0 decided, 1 a limit left a value undecided, 2 bad usage or input, 130 interrupted.`;

const needInvariant = (): Fault =>
  new Fault('UW304', {
    where: 'option --invariant',
    expected: 'an invariant, where no claim names one',
    got: 'a model alone',
    likely: 'a claim was meant, or its id was left out',
    next: 'name a claim with --claim, or an invariant of the model with --invariant',
  });

/** The question that the command line asks. A claim brings its invariant, unless another one is named. */
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
  return exitOf(threshold);
};

const integer = (option: string): ((text: string) => number) => wholeNumber(option, Number.MIN_SAFE_INTEGER);

/** `underwatch threshold`: finds where a verdict flips as one parameter grows, and searches both sides. */
export const thresholdCommand = (terminal: Terminal, finish: Finish): Command =>
  withLimits(
    withSubject(
      new Command('threshold').description('find the value of a parameter at which a verdict flips'),
    )
      .requiredOption('--parameter <name>', 'a parameter of the model that is a number')
      .requiredOption('--from <n>', 'the smallest value to look at', integer('--from'))
      .requiredOption('--to <n>', 'the largest value to look at', integer('--to'))
      .option('--invariant <id>', 'the invariant; that of the claim otherwise')
      .option('--samples <n>', 'values to begin with in a large range', wholeNumber('--samples', 2, 10_000))
      .option(
        '--scan-up-to <n>',
        'search ranges of so many values value by value',
        wholeNumber('--scan-up-to', 1, 1_000_000),
      ),
  )
    .option('--json', 'print one JSON document, and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ThresholdCommandOptions) =>
      finish(await find(terminal, id, options)),
    );
