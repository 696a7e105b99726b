import { Command, Option } from 'commander';
import {
  CROSS_CHECK_DEFAULTS,
  crossCheck,
  faultOf,
  type CrossCheck,
  type EngineRun,
} from '../../claim/cross-check/cross-check.ts';
import type { EngineAnswer } from '../../claim/cross-check/account.ts';
import type { System } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import { errorEntry } from '../../report/entries.ts';
import { counted } from '../../attack/words.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { engineEntries } from '../../report/outcomes/entries.ts';
import { errorLines } from '../terminal/fault-text.ts';
import { started, writeOutcomes } from '../options/output.ts';
import { interruptible } from '../interrupt.ts';
import { columns, hanging, type Cell, drawn } from '../terminal/layout.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { limit, wholeNumber } from '../options/numbers.ts';
import { createProgress } from '../terminal/progress.ts';
import { commandLine } from '../../report/command-line.ts';
import { subjectOf, subjectWords, withSubject, type SubjectOptions } from '../options/subject-options.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface CrossCheckOptions extends SubjectOptions {
  readonly maxStates: number;
  readonly plainStates: number;
  readonly runs: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly output?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch cross-check --claim H-DEFER              every way of searching, on the scenario of one claim
  underwatch cross-check chipset --max-states 20000   one model, to the depth at which it has so many states

A reduced search may have fewer states, and random search may miss attacks. Verdicts and the lengths of shortest attacks
have to be equal, and every attack has to run.

Exit codes: 0 all agree, 2 bad usage or input, 3 two disagree, which is a bug of underwatch,
130 interrupted.`;

const number = (value: number): Cell => ({ text: value.toLocaleString('en-US'), align: 'right' });

const rowOf = ({ engine, account, maxDepth }: EngineRun): readonly Cell[] => {
  const scope = engine.counts === 'none' ? '' : maxDepth === undefined ? 'all' : `to depth ${maxDepth}`;
  return [
    { text: `  ${engine.id}` },
    number(account.states),
    number(account.transitions),
    number(account.depth),
    { text: scope },
    { text: engine.says },
  ];
};

const answerWords = ({ kind, length }: EngineAnswer): string =>
  length === undefined ? kind : `${kind} in ${counted(length, 'step')}`;

/** Rows of all engines' answers about each invariant: exhaustive search says the most. */
const answerRows = ({ runs }: CrossCheck): readonly (readonly Cell[])[] =>
  Object.entries(runs[0]?.account.answers ?? {}).map(([id, answer]) => {
    const confirming = runs.slice(1).filter(({ account }) => account.answers[id]?.kind === answer.kind);
    const by = confirming.map(({ engine }) => engine.id).join(', ');
    return [{ text: `  ${id}` }, { text: answerWords(answer) }, { text: by === '' ? '' : `also by ${by}` }];
  });

const textOf = (system: System, checked: CrossCheck, { paint, width }: Terminal): string => {
  const { idle, runs, disagreements } = checked;
  const head: readonly Cell[] = ['  engine', 'states', 'transitions', 'depth', '', ''].map((text, at) => ({
    text,
    paint: paint.dim,
    align: at > 0 && at < 4 ? 'right' : 'left',
  }));
  const sum =
    disagreements.length === 0
      ? paint.green(`${counted(runs.length, 'engine')} agree.`)
      : paint.red(`${counted(disagreements.length, 'disagreement')} of ${counted(runs.length, 'engine')}.`);
  return `${[
    paint.bold(system.model.id),
    ...columns([head, ...runs.map(rowOf)]),
    ...columns(answerRows(checked)),
    ...idle.flatMap(({ id, says }) =>
      hanging('', `Not run, for the model has nothing for it: ${id} (${says}).`, width),
    ),
    sum,
  ].join('\n')}\n`;
};

const dataOf = (system: System, { idle, runs, disagreements }: CrossCheck): object => ({
  model: system.model.id,
  scenario: system.scenario,
  engines: runs.map(({ engine, account, maxDepth }) => ({
    id: engine.id,
    states: account.states,
    transitions: account.transitions,
    depth: account.depth,
    complete: account.complete,
    ...(maxDepth === undefined ? {} : { maxDepth }),
    answers: Object.fromEntries(
      Object.entries(account.answers).map(([id, { kind, length }]) => [
        id,
        { kind, ...(length === undefined ? {} : { length }) },
      ]),
    ),
  })),
  idle: idle.map(({ id }) => id),
  disagreements,
});

const reproduce = (id: string | undefined, options: CrossCheckOptions): string => {
  const { maxStates, plainStates, runs, seed, config } = options;
  const numbers = {
    '--max-states': maxStates,
    '--plain-states': plainStates,
    '--runs': runs,
    '--seed': seed,
  };
  return commandLine(
    'cross-check',
    ...subjectWords(id, options),
    ...Object.entries(numbers).flatMap(([flag, value]) => [flag, String(value)]),
    ...(config === undefined ? [] : ['--config', config]),
  );
};

const check = async (
  terminal: Terminal,
  id: string | undefined,
  options: CrossCheckOptions,
): Promise<ExitCode> => {
  const { system } = subjectOf(
    await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']),
    id,
    options,
  );
  const { maxStates, plainStates, runs, seed } = options;
  const progress = createProgress(terminal, options.json === true);
  const began = started();
  let engine = '';
  let stopped = false;
  const checked = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    (signal) => {
      signal.addEventListener('abort', () => (stopped = true));
      return crossCheck(system, {
        maxStates,
        plainStates,
        runs,
        seed,
        onEngine: ({ id: next }) => (engine = next),
        listening: {
          signal,
          onSlice: ({ states, depth }) =>
            progress.show(`${engine}  ${counted(states, 'state')}, depth ${depth}`),
        },
      });
    },
  );
  progress.clear();
  terminal.out(
    options.json === true
      ? jsonText(dataOf(system, checked))
      : drawn(textOf(system, checked, terminal), terminal),
  );
  const again = reproduce(id, options);
  if (options.output !== undefined) {
    writeOutcomes(options.output, engineEntries(system, checked, again), began, {
      command: 'cross-check',
      engine: 'exhaustive',
      seed,
      limits: { maxStates },
      runs,
      interrupted: stopped,
    });
  }
  for (const disagreement of checked.disagreements) {
    const fault = faultOf(system, disagreement, again);
    terminal.err(`${errorLines(errorEntry(fault), terminal.widthErr).join('\n')}\n`);
  }
  if (stopped) return EXIT.interrupted;
  return checked.disagreements.length === 0 ? EXIT.asExpected : EXIT.internal;
};

/** `underwatch cross-check`: compares every way of searching with the others, on one model. */
export const crossCheckCommand = (terminal: Terminal, finish: Finish): Command =>
  withSubject(
    new Command('cross-check').description('search one model with every engine and compare the results'),
  )
    .addOption(
      new Option('--max-states <n>', 'stop at the depth that has this many states')
        .argParser(limit('--max-states'))
        .default(CROSS_CHECK_DEFAULTS.maxStates),
    )
    .addOption(
      new Option('--plain-states <n>', 'the same limit for stepping with immer, which is slow')
        .argParser(limit('--plain-states'))
        .default(CROSS_CHECK_DEFAULTS.plainStates),
    )
    .addOption(
      new Option('--runs <n>', 'runs of random search')
        .argParser(limit('--runs'))
        .default(CROSS_CHECK_DEFAULTS.runs),
    )
    .addOption(
      new Option('--seed <n>', 'seed of random search')
        .argParser(wholeNumber('--seed', -(2 ** 31), 2 ** 31 - 1))
        .default(CROSS_CHECK_DEFAULTS.seed),
    )
    .option('--json', 'print one JSON document and nothing else')
    .option('--output <file>', 'write a report into this file, for `underwatch report`')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: CrossCheckOptions) =>
      finish(await check(terminal, id, options)),
    );
