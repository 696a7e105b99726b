import { join } from 'node:path';
import { Command, Option } from 'commander';
import {
  machinePool,
  conform,
  qemuQ35,
  type Conformance,
  type Oracle,
  type Part,
} from '../../conform/index.ts';
import { Fault } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { isCalled } from '../names/named.ts';
import { notFound } from '../names/not-found.ts';
import { seed as seedOf, wholeNumber } from '../options/numbers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writePieces } from '../terminal/write-pieces.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { readSequence, sequenceFile } from './record.ts';
import { conformanceText, differenceLines, exercisedText } from './text.ts';

interface ConformCommandOptions {
  readonly ops: number;
  readonly seed: number;
  readonly out: string;
  readonly replay?: string;
  readonly coverage?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch conform                         every part of a model against its real implementation
  underwatch conform chipset --ops 100000 --seed 7
  underwatch conform chipset --coverage      and which registers and bits were exercised
  underwatch conform --replay conform-chipset.json

Sequences of operations (port and configuration writes, stores, resets) are generated, with a bias to locks and resets.
Each runs on the model and on an implementation that was just powered on; after each operation, all that can be seen is
compared. A difference is made as short as it gets, and written as a file. The oracle is QEMU's q35 machine, through
its qtest protocol (Debian package qemu-system-x86); no processor runs. Where it is not installed, nothing is compared:
this is told, and in CI (CI=true) it is an error.

Exit codes: 0 no difference, 1 a difference, 2 bad usage or input, or nothing to compare with in CI, 130 interrupted.`;

const ORACLES: readonly Oracle[] = [qemuQ35];

const oracleOf = ({ id, oracle: wanted }: Part): Oracle => {
  const found = ORACLES.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  throw new Fault('UW303', {
    where: `part ${id}, oracle`,
    expected: `one of ${ORACLES.map(({ name }) => name).join(', ')}`,
    got: wanted,
    likely: 'a typing error, or a part of another version',
    next: 'name an implementation that can be started here',
  });
};

const partNamed = (workspace: Workspace, got: string): Part => {
  const found = workspace.parts.find(({ id }) => isCalled(id, got));
  if (found !== undefined) return found;
  throw notFound(workspace, { code: 'UW305', where: 'the part', kinds: ['part'], got });
};

const notInstalled = ({ installs, name }: Oracle): Fault =>
  new Fault('UW442', {
    where: name,
    expected: 'to be installed',
    got: 'no such program',
    likely: 'a machine that was not set up for it',
    next: `install ${installs}`,
  });

/** Whether an oracle is installed here; where it is not, that is told, and an error in CI. Throws UW442. */
const isHere = (oracle: Oracle, terminal: Terminal): boolean => {
  if (oracle.version() !== undefined) return true;
  const fault = notInstalled(oracle);
  if ((process.env['CI'] ?? '') !== '') throw fault;
  terminal.err(`NOT COMPARED: ${oracle.name} is not installed; install ${oracle.installs}\n`);
  return false;
};

const dataOf = ({ part, ...run }: Conformance): object => ({
  part: part.id,
  ...run,
  deviations: part.deviations,
  leftOut: part.leftOut,
});

const replay = async (path: string, terminal: Terminal, config: string | undefined): Promise<ExitCode> => {
  const { operations, part: id } = readSequence(path);
  const part = partNamed(await loadWorkspace(process.cwd(), config, ['parts']), id);
  const oracle = oracleOf(part);
  if (!isHere(oracle, terminal)) return EXIT.asExpected;
  const bench = machinePool(oracle);
  const { difference } = await bench.compare(part, operations);
  await bench.close();
  if (difference === undefined) {
    terminal.out(`${part.id}  no difference after any of the ${operations.length} operations\n`);
    return EXIT.asExpected;
  }
  const lines = differenceLines(operations.slice(0, difference.at + 1), difference);
  terminal.out(`${[terminal.paint.bold(part.id), ...lines].join('\n')}\n`);
  return EXIT.unexpected;
};

/** Writes the sequence of a difference into a file; returns where. */
const keep = ({ counterexample, part }: Conformance, folder: string): string | undefined => {
  if (counterexample === undefined) return undefined;
  const file = join(folder, `conform-${part.id}.json`);
  writePieces(file, [jsonText(sequenceFile(part, counterexample.operations))]);
  return file;
};

const compareParts = async (
  parts: readonly Part[],
  options: ConformCommandOptions,
  terminal: Terminal,
): Promise<{ readonly runs: readonly Conformance[]; readonly interrupted: boolean }> => {
  const { ops: operations, seed } = options;
  const runs: Conformance[] = [];
  const interrupted = await interruptible(
    () => terminal.err('stopping after this sequence; once more to stop at once\n'),
    async (signal) => {
      for (const part of parts) {
        const oracle = oracleOf(part);
        if (!isHere(oracle, terminal)) continue;
        const run = await conform(part, oracle, {
          operations,
          seed,
          observer: () => (signal.aborted ? 'stop' : undefined),
        });
        runs.push(run);
        const file = keep(run, options.out);
        if (options.json !== true) terminal.out(conformanceText(run, terminal, file));
        if (options.json !== true && options.coverage === true) terminal.out(exercisedText(run));
        if (run.interrupted) return true;
      }
      return false;
    },
  );
  return { runs, interrupted };
};

const compare = async (
  terminal: Terminal,
  id: string | undefined,
  options: ConformCommandOptions,
): Promise<ExitCode> => {
  if (options.replay !== undefined) return replay(options.replay, terminal, options.config);
  const workspace = await loadWorkspace(process.cwd(), options.config, ['parts']);
  const parts = id === undefined ? workspace.parts : [partNamed(workspace, id)];
  const { interrupted, runs } = await compareParts(parts, options, terminal);
  if (options.json === true) {
    terminal.out(jsonText({ schemaVersion: 1, runs: runs.map(dataOf), interrupted }));
  }
  if (interrupted) return EXIT.interrupted;
  return runs.every(({ counterexample }) => counterexample === undefined) ? EXIT.asExpected : EXIT.unexpected;
};

/** `underwatch conform`: compares parts of models with real implementations, operation by operation. */
export const conformCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('conform')
    .description('hold a part of a model against a real implementation, by generated operations')
    .argument('[part]', 'its id; all of them, if not given')
    .addOption(
      new Option('--ops <n>', 'generated operations of each part, at least')
        .argParser(wholeNumber('--ops', 1, 100_000_000))
        .default(10_000),
    )
    .addOption(
      new Option('--seed <n>', 'seed of what is generated, or `today`')
        .argParser(seedOf('--seed'))
        .default(1),
    )
    .option('--coverage', 'print which registers and bits were exercised')
    .option('--out <folder>', 'where the sequence of a difference is written', '.')
    .option('--replay <file>', 'play the sequence of a difference again')
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ConformCommandOptions) =>
      finish(await compare(terminal, id, options)),
    );
