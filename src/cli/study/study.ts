import { Command, Option } from 'commander';
import { match } from 'ts-pattern';
import { jsonText } from '../../report/document.ts';
import { studySvg } from '../../report/study-svg.ts';
import { counted } from '../../attack/words.ts';
import { runStudy, type PopulationResult, type StudyResult } from '../../statistics/study.ts';
import { commandLine } from '../../report/command-line.ts';
import { populationEntries } from '../../report/outcomes/entries.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { hanging } from '../terminal/layout.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { wholeNumber } from '../options/numbers.ts';
import { started, writeOutcomes } from '../options/output.ts';
import { isCalled } from '../names/named.ts';
import { notFound } from '../names/not-found.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writePieces } from '../terminal/write-pieces.ts';

interface StudyCommandOptions {
  readonly runs: number;
  readonly seed: number;
  readonly confidence: number;
  readonly svg?: string;
  readonly json?: boolean;
  readonly output?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch study pioneer-jitter                    how often genuine and tampered runs miss the deadline
  underwatch study pioneer-jitter --svg jitter.svg   the same as a picture, for light and dark screens

A study draws samples; it proves nothing. For each share it gives an exact interval (Clopper, Pearson) that contains the
true share at the given confidence, and a sequential test (Wald) between the claimed share and one that is twice as bad,
which errs in at most one of a hundred cases. The same seed gives the same numbers.

Exit codes: 0 every claim is shown, 1 one is refuted or open, 2 bad usage or input.`;

const percent = (share: number): string => `${(100 * share).toPrecision(4)} %`;

const paintOf = ({ verdict }: PopulationResult, { paint }: Terminal): ((text: string) => string) =>
  match(verdict)
    .with('shown', () => paint.green)
    .with('refuted', () => paint.red)
    .with('open', () => paint.yellow)
    .exhaustive();

const sequentialWords = ({ population, sequential }: PopulationResult): string => {
  const { decision, high, low, runs } = sequential;
  const claimed = population.outside.bound === 'atMost' ? 'low' : 'high';
  const between = `between ${percent(low)} and ${percent(high)}`;
  if (decision === 'open') return `sequential test ${between}: open after ${counted(runs, 'run')}`;
  const which = decision === claimed ? 'the claimed one' : 'the other one';
  return `sequential test ${between}: ${which}, after ${counted(runs, 'run')}`;
};

const populationLines = (
  result: PopulationResult,
  confidence: number,
  terminal: Terminal,
): readonly string[] => {
  const { interval, outside, population, values, verdict } = result;
  const { bound, perMillion } = population.outside;
  const claim = `claimed: ${bound === 'atMost' ? 'at most' : 'at least'} ${percent(perMillion / 1_000_000)} are out of limits`;
  const share = `${counted(outside, 'run')} of ${values.length.toLocaleString('en-US')}: between ${percent(interval.lower)} and ${percent(interval.upper)} (${confidence} % confidence)`;
  const painted = paintOf(result, terminal)(verdict);
  return [
    ...hanging(
      `  ${terminal.paint.bold(population.id)}  `,
      population.says,
      terminal.width,
      population.id.length + 4,
    ),
    ...hanging('    ', claim, terminal.width),
    ...hanging(`    ${painted}  `, share, terminal.width, verdict.length + 6),
    ...hanging('    ', sequentialWords(result), terminal.width),
  ];
};

const textOf = (result: StudyResult, confidence: number, terminal: Terminal): string => {
  const { options, populations, study } = result;
  const { lower, upper } = study;
  const limits = `within ${lower === undefined ? '' : `${lower.toLocaleString('en-US')} to `}${upper.toLocaleString('en-US')} ${study.unit}; seed ${options.seed}`;
  const lines = [
    ...hanging(`${terminal.paint.bold(study.id)}  `, study.says, terminal.width, study.id.length + 2),
    ...hanging('  ', limits, terminal.width),
    ...populations.flatMap((population) => populationLines(population, confidence, terminal)),
  ];
  return `${lines.join('\n')}\n`;
};

const dataOf = ({ options, populations, study }: StudyResult): object => ({
  study: study.id,
  unit: study.unit,
  ...(study.lower === undefined ? {} : { lower: study.lower }),
  upper: study.upper,
  ...options,
  populations: populations.map(({ interval, outside, population, sequential, verdict }) => ({
    id: population.id,
    claim: population.outside,
    outside,
    interval,
    verdict,
    sequential,
  })),
});

const study = async (terminal: Terminal, id: string, options: StudyCommandOptions): Promise<ExitCode> => {
  const workspace = await loadWorkspace(process.cwd(), options.config, ['studies']);
  const found = workspace.studies.find((one) => isCalled(one.id, id));
  if (found === undefined) {
    throw notFound(workspace, { code: 'UW305', where: 'the study', kinds: ['study'], got: id });
  }
  const { confidence, config, output, runs, seed } = options;
  const began = started();
  const result = runStudy(found, { runs, seed, confidence: confidence / 100, error: 0.01 });
  if (options.svg !== undefined) writePieces(options.svg, [studySvg(result)]);
  terminal.out(options.json === true ? jsonText(dataOf(result)) : textOf(result, confidence, terminal));
  if (output !== undefined) {
    const numbers = ['--runs', String(runs), '--seed', String(seed), '--confidence', String(confidence)];
    const again = commandLine(
      'study',
      found.id,
      ...numbers,
      ...(config === undefined ? [] : ['--config', config]),
    );
    writeOutcomes(output, populationEntries(result, again), began, {
      command: 'study',
      engine: 'random',
      seed,
      limits: {},
      runs,
      interrupted: false,
    });
  }
  return result.populations.every(({ verdict }) => verdict === 'shown') ? EXIT.asExpected : EXIT.unexpected;
};

/**
 * `underwatch study`: samples claims that are shown by samples, with intervals, and draws a picture of them.
 */
export const studyCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('study')
    .description('estimate a probability by sampling, with an exact interval')
    .argument('<study>', 'its id')
    .addOption(
      new Option('--runs <n>', 'samples of each population')
        .argParser(wholeNumber('--runs', 1, 1_000_000))
        .default(50_000),
    )
    .addOption(
      new Option('--seed <n>', 'seed of the samples')
        .argParser(wholeNumber('--seed', -(2 ** 31), 2 ** 31 - 1))
        .default(1),
    )
    .addOption(
      new Option('--confidence <percent>', 'confidence level of the intervals')
        .argParser(wholeNumber('--confidence', 1, 99))
        .default(99),
    )
    .option('--svg <file>', 'draw the result into this file')
    .option('--json', 'print one JSON document and nothing else')
    .option('--output <file>', 'write a report into this file, for `underwatch report`')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, options: StudyCommandOptions) => finish(await study(terminal, id, options)));
