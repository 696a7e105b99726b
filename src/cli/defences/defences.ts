import { Command, Option } from 'commander';
import { counted } from '../../attack/words.ts';
import type { Claim } from '../../claim/claim.ts';
import { drive } from '../../claim/engine/drive.ts';
import { isShownByPath, type DefenceQuestion } from '../../defence/question.ts';
import {
  defencePartInSlices,
  defencesInSlices,
  type DefenceOptions,
  type Stage,
} from '../../defence/report.ts';
import type { DefenceReport } from '../../defence/result.ts';
import { Fault, type AnyModel } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import type { Limits, Progress } from '../../search/result.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { drawn } from '../terminal/layout.ts';
import { limitsOf, withLimits } from '../options/limit-options.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { select } from '../names/select.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { shardNumber } from '../verify/sharding.ts';
import { writePieces } from '../terminal/write-pieces.ts';
import { defencesData } from './data.ts';
import { defenceMemoryFor, type DefenceMemory, type DefenceMemoryFlags } from './defence-memory.ts';
import { defencesText } from './text.ts';

interface DefencesOptions extends Limits, DefenceMemoryFlags {
  readonly cost?: readonly string[];
  readonly fromNothing?: true;
  readonly matrix?: true;
  readonly json?: boolean;
  readonly output?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch defences deferral               what stops the known attacks of a suite, and what is the cheapest fix
  underwatch defences H-DEFER --from-nothing all minimal sets of all defences, whatever the claim has on
  underwatch defences deferral --cost boundedLatency=5 --cost gpiGateLock=1
  underwatch defences H-DEFER --matrix       each defence alone on, and alone off: where does the attack end?
  underwatch defences smram --json --output defences.json
  underwatch defences smram --checkpoint kept            a long one; once it was stopped or killed:
  underwatch defences smram --resume kept                go on with it
  underwatch defences smram --shard 1/2 --checkpoint parts/1    on one machine, 2/2 on another; then, with both folders:
  underwatch defences smram --merge parts/1 parts/2             the answer, as one run gives it

Known attacks are the claims that are expected to be violated. A set of defences is enough if a search of every state finds no attack
under it. It is not enough if an attack works under it, step by step; that a larger set is enough, too, is not assumed. Costs are 1
where none is given. Attacks that no path shows (of kinds other than always and never-step) are left out and named.

Exit codes: 0 decided, 1 a limit left something open, or a known attack is no more, 2 bad usage or input, 130 interrupted.`;

const costsOf = (given: readonly string[]): { readonly [defence: string]: number } =>
  Object.fromEntries(
    given.map((text): readonly [string, number] => {
      const [, name, cost] = /^([^=]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
      if (name !== undefined && cost !== undefined) return [name, Number(cost)];
      throw new Fault('UW304', {
        where: 'option --cost',
        expected: 'a defence and what it costs: name=2',
        got: text,
        likely: 'the number was left out, or it is below 0',
        next: 'give each cost with an option of its own, as --cost name=2',
      });
    }),
  );

/** Checks the attacks. Throws UW410 where nothing of what is named is a known attack. */
const needAttacks = (claims: readonly Claim[], attacks: readonly Claim[], names: readonly string[]): void => {
  if (attacks.length > 0) return;
  throw new Fault('UW410', {
    where: names.join(' '),
    expected: 'a claim that is expected to be violated, and that a path shows to be',
    got: counted(claims.length, 'claim') + ' of another kind',
    likely: 'a claim was named that holds: there is nothing to stop',
    next: 'run `underwatch reasons` with it for the defences that it rests on',
  });
};

const questionOf = ({ id, invariant, model, scenario }: Claim): DefenceQuestion => ({
  id,
  invariant,
  model,
  scenario,
});

const exitOf = (reports: readonly DefenceReport[], stopped: boolean): ExitCode => {
  if (stopped || reports.some(({ interrupted }) => interrupted)) return EXIT.interrupted;
  const isFine = ({ attacks, together }: DefenceReport): boolean =>
    together.complete && attacks.every(({ enough, verdict }) => verdict === 'open' && enough.complete);
  return reports.every(isFine) ? EXIT.asExpected : EXIT.unexpected;
};

const stageWords = ({ id, kind, number, of }: Stage): string =>
  id === undefined || number === undefined || of === undefined ? kind : `${kind} ${number}/${of} ${id}`;

/** The questions about one model, and the options. */
interface Asked {
  readonly questions: readonly DefenceQuestion[];
  readonly options: DefencesOptions;
  readonly kept: DefenceMemory | undefined;
  readonly signal: AbortSignal;
  readonly show: (text: string) => void;
}

/** Decides the questions about one model; for a part of them it returns only whether it was through. */
const decideOne = async ({
  kept,
  options,
  questions,
  show,
  signal,
}: Asked): Promise<DefenceReport | boolean> => {
  const { cost = [], fromNothing = false, matrix = false, shard } = options;
  let stage = '';
  const how: DefenceOptions = {
    limits: limitsOf(options),
    costs: costsOf(cost),
    matrix,
    from: fromNothing ? 'nothing' : 'scenario',
    ...(kept === undefined ? {} : { memory: kept }),
    onStage: (next) => {
      stage = stageWords(next);
    },
  };
  const model = questions[0]?.model.id ?? '';
  const of = counted(questions.length, 'attack');
  const listening = {
    signal,
    onSlice: ({ states }: Progress) =>
      show(`defences  ${model}, ${of}  ${stage}  ${counted(states, 'state')}`),
  };
  return shard === undefined
    ? drive(defencesInSlices(questions, how), listening)
    : drive(defencePartInSlices(questions, shard, how), listening);
};

const print = (
  terminal: Terminal,
  reports: readonly DefenceReport[],
  leftOut: readonly string[],
  { json = false, output }: DefencesOptions,
): void => {
  const data = jsonText(defencesData(reports, leftOut));
  if (output !== undefined) writePieces(output, [data]);
  if (json) {
    terminal.out(data);
    return;
  }
  terminal.out(drawn(reports.map((report) => defencesText(report, terminal)).join('\n'), terminal));
  if (leftOut.length > 0) terminal.out(`left out, since no path shows them: ${leftOut.join(', ')}\n`);
};

const find = async (
  terminal: Terminal,
  names: readonly string[],
  options: DefencesOptions,
): Promise<ExitCode> => {
  const { config, json = false, shard } = options;
  const workspace = await loadWorkspace(process.cwd(), config, ['suites']);
  const claims = select(workspace, names, []).flatMap((suite) => suite.claims);
  const known = claims.filter(({ expect }) => expect === 'violated');
  const attacks = known.filter(({ invariant, model }) => isShownByPath(model, invariant));
  needAttacks(claims, attacks, names);
  const models: readonly AnyModel[] = [...new Set(attacks.map(({ model }) => model))];
  const kept = defenceMemoryFor(options, workspace.sources, terminal);
  const progress = createProgress(terminal, json);
  const reports: DefenceReport[] = [];
  let stopped: boolean;
  try {
    stopped = await interruptible(
      () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
      async (signal) => {
        for (const model of models) {
          if (signal.aborted) break;
          const questions = attacks.filter((claim) => claim.model === model).map(questionOf);
          const found = await decideOne({ questions, options, kept, signal, show: progress.show });
          if (typeof found !== 'boolean') reports.push(found);
        }
        return signal.aborted;
      },
    );
  } finally {
    kept?.close();
  }
  progress.clear();
  if (stopped && kept?.folder !== undefined)
    terminal.err(`kept: the same command with --resume ${kept.folder} goes on from here\n`);
  if (shard !== undefined) {
    const there = `${counted(kept?.size() ?? 0, 'search').replace(/hs$/, 'hes')} kept in ${kept?.folder ?? ''}`;
    terminal.out(`part ${shard.index} of ${shard.of}: ${there}; with all parts, --merge gives the answer\n`);
    return stopped ? EXIT.interrupted : EXIT.asExpected;
  }
  const leftOut = known.filter((claim) => !attacks.includes(claim)).map(({ id }) => id);
  print(terminal, reports, leftOut, options);
  return exitOf(reports, stopped);
};

/** `underwatch defences`: finds which sets of defences stop known attacks, the cheapest first. */
export const defencesCommand = (terminal: Terminal, finish: Finish): Command =>
  withLimits(
    new Command('defences')
      .description('find what stops known attacks: the cheapest fix, and what does nothing')
      .argument('<what...>', 'suites, models or claims, or patterns of their ids'),
  )
    .option('--cost <name=number...>', 'what a defence costs; 1 if not given')
    .option('--from-nothing', 'sets of all defences, instead of those added to what a scenario has on')
    .option('--matrix', 'also try each defence alone on, and alone off')
    .option('--checkpoint <folder>', 'keep each search in this folder once it is through, for --resume')
    .option('--resume <folder>', 'go on with what is kept in this folder, and keep on')
    .addOption(
      new Option(
        '--shard <i/n>',
        'make only the searches about part i of n of the attacks, and keep them: with --checkpoint',
      ).argParser(shardNumber),
    )
    .option('--merge <folders...>', 'take what parts kept in these folders, and search only what is missing')
    .option('--json', 'print one JSON document, and nothing else')
    .option('--output <file>', 'also write the document into a file')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], options: DefencesOptions) =>
      finish(await find(terminal, names, options)),
    );
