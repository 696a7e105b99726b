import { Command, Option } from 'commander';
import { findReasons } from '../../claim/reasons/find.ts';
import type { ReasonsRun } from '../../claim/reasons/result.ts';
import type { Claim } from '../../claim/claim.ts';
import { Fault } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import { counted } from '../../attack/words.ts';
import type { Limits } from '../../search/result.ts';
import { MOST_THREADS } from '../../search/threads.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { select } from '../names/select.ts';
import { withLimits } from '../options/limit-options.ts';
import { threadCount } from '../options/numbers.ts';
import { createProgress } from '../terminal/progress.ts';
import { reasonsData } from './data.ts';
import { reasonsText } from './text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writePieces } from '../terminal/write-pieces.ts';

interface ReasonsCommandOptions extends Limits {
  readonly threads: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly output?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch reasons H-FAKE-APM              which defences that claim rests on, and what comes of switching each off
  underwatch reasons fake-smi                the same for the claims of a suite that are expected to hold
  underwatch reasons --quiet                 every claim; only what is not as declared
  underwatch reasons 'H-FAKE*' --json
  underwatch reasons unsettled --output reasons.json         the document as a file, and the rest as ever

Each defence that is on is switched off, and the claim is decided again. Defences that do not matter alone are switched
off together: "one of A, B" means that the claim holds without A and without B, but not without both. A defence that no
function of the model reads in any reachable state needs no search. A claim may declare what it rests on (restsOn); a
different finding is then an error.

Exit codes: 0 as declared, 1 a claim declares other reasons, does not hold, or a limit left it open,
2 bad usage or input, 130 interrupted.`;

const limitsOf = ({ maxDepth, maxStates, memoryLimitMb, timeLimitMs }: ReasonsCommandOptions): Limits => ({
  ...(maxDepth === undefined ? {} : { maxDepth }),
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
  ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
});

/** Checks the claims. Throws UW355 where none of them is expected to hold. */
const needHolding = (claims: readonly Claim[], names: readonly string[]): void => {
  if (claims.some(({ expect }) => expect === 'holds')) return;
  throw new Fault('UW355', {
    where: names.length === 0 ? 'the configuration' : names.join(' '),
    expected: 'a claim that is expected to hold',
    got: `${counted(claims.length, 'claim')} of another kind`,
    likely: 'an attack was named: it needs no reason',
    next: 'run `underwatch explain` with the claim for the claims that are like it',
  });
};

const exitOf = ({ interrupted, mismatches, results }: ReasonsRun): ExitCode => {
  if (interrupted) return EXIT.interrupted;
  const isFine = results.every(({ undecided, verdict }) => verdict === 'holds' && undecided.length === 0);
  return isFine && mismatches.length === 0 ? EXIT.asExpected : EXIT.unexpected;
};

const find = async (
  terminal: Terminal,
  names: readonly string[],
  options: ReasonsCommandOptions,
): Promise<ExitCode> => {
  const { config, json = false, quiet = false, threads } = options;
  const workspace = await loadWorkspace(process.cwd(), config, ['suites']);
  const claims = select(workspace, names, []).flatMap((suite) => suite.claims);
  needHolding(claims, names);
  const progress = createProgress(terminal, json || quiet);
  const run = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    (signal) =>
      findReasons(claims, {
        limits: limitsOf(options),
        threads,
        signal,
        onProgress: ({ claim, done, search, total }) =>
          progress.show(`reasons  ${done}/${total}  ${claim}  ${counted(search.states, 'state')}`),
      }),
  );
  progress.clear();
  if (options.output !== undefined) writePieces(options.output, [jsonText(reasonsData(run))]);
  terminal.out(json ? jsonText(reasonsData(run)) : reasonsText(run, quiet, terminal));
  return exitOf(run);
};

/** `underwatch reasons`: finds which defences claims rest on, and whether that is what they declare. */
export const reasonsCommand = (terminal: Terminal, finish: Finish): Command =>
  withLimits(
    new Command('reasons')
      .description('find the defences that a proof rests on')
      .argument('[what...]', 'ids of suites, models or claims, or patterns of ids (default: everything)')
      .addOption(
        new Option(
          '--threads <n>',
          `threads of each search, ${MOST_THREADS} at most; the results are the same`,
        )
          .argParser(threadCount)
          .default(1),
      ),
  )
    .option('--json', 'print one JSON document and nothing else')
    .option('--output <file>', 'also write the document to this file')
    .option('--quiet', 'print only what differs from the declaration, and the totals')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], options: ReasonsCommandOptions) =>
      finish(await find(terminal, names, options)),
    );
