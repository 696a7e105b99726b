import { Command } from 'commander';
import { counted } from '../../attack/words.ts';
import type { Claim } from '../../claim/claim.ts';
import { drive } from '../../claim/engine/drive.ts';
import { alikeIn, scopesInSlices, type ScopeReport } from '../../claim/scope/scope.ts';
import { jsonText } from '../../report/document.ts';
import type { Limits } from '../../search/result.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { fits } from '../../model/text/pattern.ts';
import { select } from '../names/select.ts';
import { withLimits } from '../options/limit-options.ts';
import { drawn } from '../terminal/layout.ts';
import { createProgress } from '../terminal/progress.ts';
import { scopeData, scopeText } from './scope-text.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface ScopeCommandOptions extends Limits {
  readonly pairs?: true;
  readonly all?: true;
  readonly only?: readonly string[];
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch scope H-STEALTH-GATES-LOCKED
  underwatch scope H-DEFER-BY-EOS-SET-ONLY --json
  underwatch scope 'H-DEFER-GATES*' --only 'writes *' 'capability *'

A proof covers the scope of its claim and no more. The command tries what is outside, one change at a time: capabilities
that the claim does not give, other values of parameters (those that the model \`accepts\`), further elements of lists (the
model's \`universe\`), and every defence switched the other way. One search proves all fields irrelevant that nothing else
reads. Changes that only add choices share searches. --pairs tries two changes at a time, too.
A claim lists in \`leavesOut\` the changes that are known to change its verdict, and in \`untried\` those that were not tried,
each with why. \`underwatch explain\` and reports tell both. The command does not try the latter without --all. A defence
whose loss changes the verdict is what the claim rests on, and no gap. Without other limits a trial ends undecided at ten
times the states of the claim, or at 400,000 states if that is more.

Exit codes: 0 nothing outside changes the verdict but what the claim lists, 1 something else does, or a listed change does
not, or a limit left a trial undecided, 2 bad usage or input, 130 interrupted.`;

const limitsOf = ({ maxDepth, maxStates, memoryLimitMb, timeLimitMs }: ScopeCommandOptions): Limits => ({
  ...(maxDepth === undefined ? {} : { maxDepth }),
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
});

const exitOf = (reports: readonly ScopeReport[], stopped: boolean): ExitCode => {
  if (stopped || reports.some(({ interrupted }) => interrupted)) return EXIT.interrupted;
  return reports.every(({ sound }) => sound) ? EXIT.asExpected : EXIT.unexpected;
};

const look = async (
  terminal: Terminal,
  names: readonly string[],
  options: ScopeCommandOptions,
): Promise<ExitCode> => {
  const workspace = await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']);
  const claims: readonly Claim[] = select(workspace, names, []).flatMap((suite) => suite.claims);
  const progress = createProgress(terminal, options.json === true);
  const reports: ScopeReport[] = [];
  const { all = false, only, pairs = false } = options;
  const asked = {
    limits: limitsOf(options),
    all,
    pairs,
    ...(only === undefined ? {} : { only: (part: string) => only.some((pattern) => fits(part, pattern)) }),
  };
  const stopped = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    async (signal) => {
      for (const group of alikeIn(claims)) {
        if (signal.aborted) break;
        const found = await drive(scopesInSlices(group, asked), {
          signal,
          onSlice: ({ depth, states }) =>
            progress.show(`${group[0]?.id}  ${counted(states, 'state')}, depth ${depth}`),
        });
        progress.clear();
        reports.push(...found);
        if (options.json !== true)
          for (const report of found) terminal.out(drawn(scopeText(report, terminal), terminal));
      }
      return signal.aborted;
    },
  );
  if (options.json === true) terminal.out(jsonText({ claims: reports.map(scopeData) }));
  return exitOf(reports, stopped);
};

/** `underwatch scope`: tries the parts outside the scope of claims, and says which change their verdicts. */
export const scopeCommand = (terminal: Terminal, finish: Finish): Command =>
  withLimits(
    new Command('scope')
      .description('find what outside the scope of a claim changes its verdict')
      .argument('<claim...>', 'claims, suites, models or patterns of their ids')
      .option('--pairs', 'try pairs of changes, too')
      .option('--all', 'try also what a claim says was not tried')
      .option('--only <pattern...>', 'only changes that match one of these, such as `writes *`'),
  )
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], options: ScopeCommandOptions) =>
      finish(await look(terminal, names, options)),
    );
