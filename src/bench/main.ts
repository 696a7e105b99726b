// `npm run bench`: our engines beside other people's, on one model. `npm run bench -- --help` for options.
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { tool } from '../model/tool.ts';
import { measure } from './bench.ts';
import type { Contender } from './contender.ts';
import { byHand } from './contenders/by-hand.ts';
import { rumurContenders } from './contenders/rumur.ts';
import { setsContenders } from './contenders/sets.ts';
import { spinContenders } from './contenders/spin.ts';
import { underwatchContenders } from './contenders/underwatch.ts';
import { walkers } from './contenders/walkers.ts';
import { thisMachine, versionsHere } from './machine.ts';
import type { Results } from './results/results.ts';
import { MEGABYTES, plotOf, SECONDS } from './results/plot.ts';
import { sizes } from './sizes.ts';
import { markdown, plainText } from './results/tables.ts';
import { readResults, writeResults, writeText } from './results/write-results.ts';

const SECOND_MS = 1000;
const WALKS = 'walks';
/** Results that the README quotes; a quick or partial run does not take their place. */
const KEPT = 'reports/bench.json';
const PASSING = 'reports/latest/bench.json';
const BASELINE = 'spin-bfs';
const WALK_BASELINE = 'quint';

interface Options {
  readonly rounds?: number;
  readonly sizes?: readonly string[];
  readonly contenders?: readonly string[];
  readonly threads: readonly number[];
  readonly timeout: number;
  readonly quick: boolean;
  readonly growth: boolean;
  readonly plot?: string;
  readonly out?: string;
  readonly from?: string;
  readonly json: boolean;
  readonly markdown: boolean;
}

const positive = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('A whole number from 1 on is expected.');
};
const positives = (text: string): readonly number[] => text.split(',').map(positive);

const contendersWith = (threads: readonly number[]): readonly Contender[] => [
  ...underwatchContenders(threads),
  ...setsContenders,
  ...spinContenders,
  ...rumurContenders(threads),
  byHand,
];

const namesIn = (what: string, known: readonly string[]) => {
  return (text: string): readonly string[] => {
    const names = text.split(',');
    const unknown = names.find((name) => !known.includes(name));
    if (unknown === undefined) return names;
    throw new InvalidArgumentError(`There is no ${what} ${unknown}, only ${known.join(', ')}.`);
  };
};

const WALKER_IDS = walkers.map(({ id }) => id);
const SIZE_IDS = [...sizes.map(({ id }) => id), WALKS];

const options = (argv: readonly string[]): Options => {
  const program = new Command('bench')
    .description(
      'measures our engines beside Spin, Rumur, Quint and C by hand on one model, in interleaved rounds',
    )
    .option('--rounds <n>', 'how often everything is measured (3)', positive)
    .option('--sizes <list>', `of ${SIZE_IDS.join(',')} (S,M,L,B1,B2,walks)`, namesIn('size', SIZE_IDS))
    .option('--contenders <list>', 'only these, and with them the baseline of the ratios if it is named')
    .option('--threads <list>', 'numbers of threads for those who can', positives, [1])
    .option('--timeout <seconds>', 'for one run', positive, 600)
    .option('--quick', 'S, B1 and B2, one round', false)
    .option('--growth', 'from a quarter of a million states to 35 million million, one round', false)
    .option(
      '--plot <folder>',
      'draw how time and memory grow with the states: growth-time.svg, growth-memory.svg',
    )
    .option('--out <file>', `where results go (${KEPT}; ${PASSING} for less than all of it)`)
    .option('--from <file>', 'print what an earlier run left instead of measuring')
    .addOption(
      new Option('--json', 'print the results as they are written').default(false).conflicts('markdown'),
    )
    .option('--markdown', 'print the tables as Markdown', false);
  program.parse(argv, { from: 'user' });
  const given = program.opts<Omit<Options, 'contenders'> & { readonly contenders?: string }>();
  const { contenders, ...rest } = given;
  if (contenders === undefined) return rest;
  const known = [...contendersWith(given.threads).map(({ id }) => id), ...WALKER_IDS];
  try {
    return { ...rest, contenders: namesIn('contender', known)(contenders) };
  } catch (error) {
    return program.error(error instanceof Error ? error.message : String(error));
  }
};

const sizesFor = ({ growth, quick }: Options): readonly string[] => {
  if (growth) return ['S', 'M', 'L', 'L5', 'XL', 'XXL', '3XL'];
  return quick ? ['S', 'B1', 'B2'] : ['S', 'M', 'L', 'B1', 'B2', WALKS];
};

const measured = async (given: Options): Promise<Results> => {
  const ids = given.sizes ?? sizesFor(given);
  const rounds = given.rounds ?? (given.quick || given.growth ? 1 : 3);
  const timeoutMs = given.timeout * SECOND_MS;
  const takesPart = ({ id }: { readonly id: string }): boolean => given.contenders?.includes(id) ?? true;
  const startedAt = new Date().toISOString();
  const machine = thisMachine();
  const parts = await measure({
    sizes: sizes.filter(({ id }) => ids.includes(id)),
    contenders: contendersWith(given.threads).filter(takesPart),
    walkers: ids.includes(WALKS) ? walkers.filter(takesPart) : [],
    rounds,
    timeoutMs,
    baseline: BASELINE,
    walkBaseline: WALK_BASELINE,
    tell: (text) => process.stderr.write(`${text}\n`),
  });
  const results: Results = {
    schemaVersion: 1,
    tool,
    machine,
    versions: await versionsHere(),
    startedAt,
    rounds,
    timeoutMs,
    baseline: BASELINE,
    ...parts,
  };
  const all = !given.quick && !given.growth && given.sizes === undefined && given.contenders === undefined;
  await writeResults(given.out ?? (all ? KEPT : PASSING), results);
  return results;
};

const writePlots = async (folder: string, measurement: Results): Promise<void> => {
  for (const [name, quantity] of [
    ['growth-time.svg', SECONDS],
    ['growth-memory.svg', MEGABYTES],
  ] as const) {
    const picture = plotOf(measurement, quantity);
    if (picture !== undefined) await writeText(join(folder, name), picture);
  }
};

const textOf = (results: Results, { json, markdown: asMarkdown }: Options): string => {
  if (json) return `${JSON.stringify(results, undefined, 2)}\n`;
  return asMarkdown ? markdown(results) : plainText(results);
};

const given = options(process.argv.slice(2));
const results = given.from === undefined ? await measured(given) : await readResults(given.from);
process.stdout.write(textOf(results, given));
if (given.plot !== undefined) await writePlots(given.plot, results);
// A contender that says something wrong is no measurement but a bug, in it or in its model.
if ([...results.searches, ...results.walks].some(({ outcome }) => outcome.kind === 'wrong')) {
  process.exitCode = 1;
}
