import { Command } from 'commander';
import { counted } from '../../attack/words.ts';
import type { Claim } from '../../claim/claim.ts';
import { drive } from '../../claim/engine/drive.ts';
import { isShownByPath, type DefenceQuestion } from '../../defence/question.ts';
import { defencesInSlices } from '../../defence/report.ts';
import type { DefenceReport } from '../../defence/result.ts';
import { Fault, type AnyModel } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import type { Limits } from '../../search/result.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { drawn } from '../terminal/layout.ts';
import { limitsOf, withLimits } from '../options/limit-options.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { select } from '../names/select.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writePieces } from '../terminal/write-pieces.ts';
import { defencesData } from './data.ts';
import { defencesText } from './text.ts';

interface DefencesOptions extends Limits {
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

/** Throws UW410 where nothing of what is named is a known attack. */
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

const find = async (
  terminal: Terminal,
  names: readonly string[],
  options: DefencesOptions,
): Promise<ExitCode> => {
  const { config, cost = [], fromNothing = false, json = false, matrix = false, output } = options;
  const workspace = await loadWorkspace(process.cwd(), config, ['suites']);
  const claims = select(workspace, names, []).flatMap((suite) => suite.claims);
  const known = claims.filter(({ expect }) => expect === 'violated');
  const attacks = known.filter(({ invariant, model }) => isShownByPath(model, invariant));
  const leftOut = known.filter((claim) => !attacks.includes(claim)).map(({ id }) => id);
  needAttacks(claims, attacks, names);
  const models: readonly AnyModel[] = [...new Set(attacks.map(({ model }) => model))];
  const costs = costsOf(cost);
  const progress = createProgress(terminal, json);
  const reports: DefenceReport[] = [];
  const stopped = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    async (signal) => {
      for (const model of models) {
        if (signal.aborted) break;
        const questions = attacks.filter((claim) => claim.model === model).map(questionOf);
        const slices = defencesInSlices(questions, {
          limits: limitsOf(options),
          costs,
          matrix,
          from: fromNothing ? 'nothing' : 'scenario',
        });
        reports.push(
          await drive(slices, {
            signal,
            onSlice: ({ states }) =>
              progress.show(
                `defences  ${model.id}, ${counted(questions.length, 'attack')}  ${counted(states, 'state')}`,
              ),
          }),
        );
      }
      return signal.aborted;
    },
  );
  progress.clear();
  const data = jsonText(defencesData(reports, leftOut));
  if (output !== undefined) writePieces(output, [data]);
  if (json) terminal.out(data);
  else {
    terminal.out(drawn(reports.map((report) => defencesText(report, terminal)).join('\n'), terminal));
    if (leftOut.length > 0) terminal.out(`left out, since no path shows them: ${leftOut.join(', ')}\n`);
  }
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
    .option('--json', 'print one JSON document, and nothing else')
    .option('--output <file>', 'also write the document into a file')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], options: DefencesOptions) =>
      finish(await find(terminal, names, options)),
    );
