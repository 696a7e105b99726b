import { Command, Option } from 'commander';
import { RANDOM_DEFAULTS } from '../../claim/engine/random.ts';
import { isInternal } from '../../claim/engine/internal.ts';
import type { Suite } from '../../claim/claim.ts';
import { shardOf } from '../../claim/shard.ts';
import type { RunCheckpointOptions } from '../../claim/run/run-checkpoint.ts';
import type { ClaimRun } from '../../claim/result.ts';
import { heldAgainst, corpusEntries } from '../../report/corpus/held-against.ts';
import type { ReplayedAttack } from '../../report/corpus/corpus.ts';
import { claimsReport, jsonText, type Clocked } from '../../report/document.ts';
import type { Report } from '../../report/report.ts';
import { counted } from '../../attack/words.ts';
import { sourcesOf } from '../../report/source/sources.ts';
import { takeFolder, type ReportFolder } from '../../report/write.ts';
import { OUT } from '../options/defaults.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { tellBugs } from '../internal-error.ts';
import { interruptedAtOnce } from '../interrupt.ts';
import { addCheckpointFlags, checkpointOptionsOf } from '../options/checkpoint-flags.ts';
import { configIn } from '../../claim/modules/config-in.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { modelsIn } from '../../report/page/models.ts';
import { pageModels } from '../page/page-models.ts';
import { wholeNumber } from '../options/numbers.ts';
import { createProgress } from '../terminal/progress.ts';
import { reproduceClaim, type RequestedRun } from '../names/reproduce.ts';
import { select } from '../names/select.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { addSearchOptions, checkTogether, type VerifyOptions } from './verify-options.ts';
import { CORPUS, corpusFolder } from '../corpus/read-corpus.ts';
import { hasLost, replayKept, tellLost } from '../corpus/kept.ts';
import { earlierMs } from './earlier.ts';
import { checkJobs, MOST_JOBS } from './jobs/jobs.ts';
import { limitsOf, searched } from './searched.ts';
import { tellGithub } from './github.ts';
import { createProgressText } from './progress-text.ts';
import { amongAll, BASELINE, shardCosts, shardNumber, suitesOf } from './sharding.ts';
import { threadsNote } from './threads-note.ts';
import { verifyText } from './verify-text.ts';

const EXAMPLES = `
Examples:
  underwatch verify                                   every claim of every suite
  underwatch verify hypersentry                       every claim about a model; or a suite's, with its id
  underwatch verify 'H-DEFER*' --verbose              claims of a pattern, with what each step changes
  underwatch verify --engine random --seed 7          look for attacks at random
  underwatch verify --engine random --seed today      by night: another seed each day, printed with the result
  underwatch verify --engine auto                     sets of states where there are too many to look at one by one
  underwatch verify --probe-runs 1000                 measure random search against the attacks that are known
  underwatch verify --shard 1/4 --out shards/1        a quarter; \`underwatch merge shards/*/report.json\` joins them
  underwatch verify --json > report.json              one JSON document on stdout
  underwatch verify --reduce symmetry                 states that differ in the order of cores once
  underwatch verify --checkpoint kept                 a long run; once it was stopped or killed:
  underwatch verify --resume kept                     go on with it, to the same report

It prints one line a suite; for up to 40 claims one line a claim; for up to 10 claims every attack. Unexpected
results are always printed in full.

Exit codes: 0 as expected, 1 an unexpected verdict, 2 bad usage or input, 3 internal error,
130 interrupted (a partial report is kept).`;

const exitCodeOf = (run: ClaimRun, { corpus }: Report): ExitCode => {
  if (run.interrupted) return EXIT.interrupted;
  // A finding that no longer replays is news, not bad input.
  const faults = run.results.flatMap(({ fault }) => fault ?? []);
  if (faults.some(isInternal)) return EXIT.internal;
  if (faults.some(({ code }) => code !== 'UW503')) return EXIT.badInput;
  const isFine = !hasLost(corpus) && run.results.every(({ asExpected }) => asExpected);
  return isFine ? EXIT.asExpected : EXIT.unexpected;
};

const reportOf = async (
  run: ClaimRun,
  suites: readonly Suite[],
  options: VerifyOptions,
  clocked: Clocked,
  kept: readonly ReplayedAttack[] | undefined,
): Promise<Report> => {
  const { engine, seed, runs = RANDOM_DEFAULTS.runs, probeRuns, config } = options;
  const how = {
    ...(options.states === 'exact' ? {} : { states: options.states }),
    ...(options.reduce === undefined ? {} : { reduce: options.reduce }),
  };
  const asked: RequestedRun = {
    engine,
    seed,
    limits: limitsOf(options),
    ...how,
    ...(options.runs === undefined ? {} : { runs }),
    ...(config === undefined ? {} : { config }),
  };
  return claimsReport(run, {
    run: {
      engine,
      seed,
      limits: asked.limits,
      ...(engine === 'random' ? { runs } : { probeRuns }),
      ...how,
      ...(options.shard === undefined
        ? {}
        : { shard: { ...options.shard, order: suites.flatMap(({ claims }) => claims.map(({ id }) => id)) } }),
    },
    clocked,
    reproduce: (result) => reproduceClaim(asked, result),
    suites,
    among: suites.flatMap(({ claims }) => claims),
    sources: await sourcesOf(run, process.cwd()),
    ...(kept === undefined ? {} : { corpus: corpusEntries(kept, run) }),
  });
};

/** Returns the folder of the report. The report of some claims does not take the place of that of all. */
const folderOf = (ids: readonly string[], { claim, out, shard }: VerifyOptions): string => {
  if (shard !== undefined) return out ?? `${OUT.verify}-shard-${shard.index}-of-${shard.of}`;
  const isWhole = ids.length === 0 && claim === undefined;
  return out ?? (isWhole ? OUT.verify : OUT.selection);
};

/** Loads the claims. A configuration may never end: nothing stands in the way of a signal that ends it. */
const load = async (terminal: Terminal, config: string | undefined): Promise<Workspace> => {
  const folder = process.cwd();
  const loading = (): Promise<Workspace> => loadWorkspace(folder, config, ['suites']);
  if (config !== undefined || configIn(folder) !== undefined) return loading();
  return interruptedAtOnce(
    () => terminal.err('\ninterrupted: 0 claims decided, none was loaded yet\n'),
    loading,
  );
};

/** Says what was run instead, for a run of all claims where none of them is the user's own. */
const insteadOf = (
  { builtInBecause }: Workspace,
  ids: readonly string[],
  { claim }: VerifyOptions,
  claims: number,
): string | undefined =>
  builtInBecause === undefined || ids.length > 0 || claim !== undefined
    ? undefined
    : `${builtInBecause}: verified are the ${counted(claims, 'claim')} that are built in`;

interface Asking {
  readonly workspace: Workspace;
  readonly suites: readonly Suite[];
  readonly ids: readonly string[];
  readonly options: VerifyOptions;
  readonly checkpoint: RunCheckpointOptions | undefined;
  readonly folder: string;
}

/** Decides the claims, and leaves the report in its folder, which is taken. */
const verifyInto = async (
  terminal: Terminal,
  { workspace, suites, ids, options, checkpoint, folder }: Asking,
  place: ReportFolder,
): Promise<ExitCode> => {
  const all = suites.flatMap((suite) => suite.claims);
  const { shard } = options;
  const claims = shard === undefined ? all : shardOf(all, shard, shardCosts(options));
  const instead = insteadOf(workspace, ids, options, claims.length);
  const progress = createProgress(terminal, options.json === true || options.quiet === true);
  const progressText = createProgressText(claims, earlierMs(folder));
  const isAll = ids.length === 0 && options.claim === undefined && (shard?.index ?? 1) === 1;
  const kept = replayKept(corpusFolder(options.corpus, workspace.config), workspace, claims, isAll);
  tellLost(kept ?? [], terminal);
  const startedAt = new Date();
  const startMs = performance.now();
  const { part, hadStray } = await searched(
    { claims, workspace, options, checkpoint, instead },
    terminal,
    (at) => progress.show(progressText(at, performance.now() - startMs)),
  );
  const run = heldAgainst(amongAll(part, all), kept ?? []);
  progress.clear();
  tellBugs(
    terminal,
    run.results.map(({ fault }) => fault),
  );
  const clocked = { startedAt, durationMs: performance.now() - startMs };
  const report = await reportOf(run, suites, options, clocked, kept);
  const { verbose = false, quiet = false, config } = options;
  const shown = {
    suites: suitesOf(suites, claims),
    report,
    folder,
    verbose,
    quiet,
    ...(config === undefined ? {} : { config }),
    ...(instead === undefined ? {} : { instead }),
  };
  terminal.out(options.json === true ? jsonText(report) : verifyText(shown, terminal));
  await place.write(report, await pageModels(modelsIn(report), workspace.config));
  tellGithub(report, terminal, process.env);
  const note = threadsNote(run, options.threads);
  if (note !== undefined) terminal.err(`${note}\n`);
  if (run.interrupted && checkpoint !== undefined) {
    terminal.err(`kept: the same command with --resume ${checkpoint.folder} goes on from here\n`);
  }
  const code = exitCodeOf(run, report);
  return hadStray && (code === EXIT.asExpected || code === EXIT.unexpected) ? EXIT.badInput : code;
};

const verify = async (
  terminal: Terminal,
  ids: readonly string[],
  options: VerifyOptions,
): Promise<ExitCode> => {
  const workspace = await load(terminal, options.config);
  const suites = select(workspace, ids, options.claim ?? []);
  checkTogether(options, suites.flatMap((suite) => suite.claims).length);
  checkJobs(options);
  const checkpoint = checkpointOptionsOf(options, workspace.sources, terminal);
  const folder = folderOf(ids, options);
  const place = await takeFolder(folder);
  try {
    return await verifyInto(terminal, { workspace, suites, ids, options, checkpoint, folder }, place);
  } finally {
    place.close();
  }
};

/** `underwatch verify`: decides claims and says whether they are as expected. */
export const verifyCommand = (terminal: Terminal, finish: Finish): Command =>
  addCheckpointFlags(
    addSearchOptions(
      new Command('verify')
        .description('decide claims; report each verdict that is not as expected')
        .argument('[what...]', 'ids of suites, models or claims, or patterns of ids (default: everything)')
        .option('--claim <id...>', 'only the claims with these ids, or of these patterns'),
    )
      .addOption(
        new Option('--probe-runs <n>', 'measure how hard each attack is to find at random, in this many runs')
          .argParser(wholeNumber('--probe-runs', 0))
          .default(0),
      )
      .option(
        '--out <folder>',
        `where the report goes (default: ${OUT.verify}, or ${OUT.selection} for some claims)`,
      )
      .addOption(
        new Option(
          '--jobs <n>',
          'searches at a time, each in a process of its own; the results are the same for any number (default: one a core, as far as the memory lasts)',
        ).argParser(wholeNumber('--jobs', 1, MOST_JOBS)),
      )
      .addOption(
        new Option(
          '--shard <i/n>',
          'decide only part i of n; the parts take about equal time; `underwatch merge` joins them',
        ).argParser(shardNumber),
      )
      .option(
        '--costs <file>',
        `the report to take the times of claims from (default: ${BASELINE}, if it exists)`,
      )
      .option(
        '--corpus <folder>',
        `the kept attacks, which are replayed first (default: ${CORPUS} beside the configuration, if it exists)`,
      )
      .option('--json', 'print the report as one JSON document and nothing else')
      .option('--quiet', 'print only unexpected results and the totals')
      .option('--verbose', 'print every claim and every attack, with what each step changes')
      .option('--config <file>', 'the configuration, instead of underwatch.config.ts'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (ids: readonly string[], options: VerifyOptions) =>
      finish(await verify(terminal, ids, options)),
    );
