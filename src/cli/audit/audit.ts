import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { Auditor, Platform } from '../../audit/auditor.ts';
import { RANDOM_DEFAULTS } from '../../claim/engine/random.ts';
import { faultOf, isInternal } from '../../claim/engine/internal.ts';
import { runAudit } from '../../audit/run-audit.ts';
import { Fault } from '../../model/index.ts';
import { baselineOf, changesSince, type BoardChange } from '../../report/boards/baseline.ts';
import { auditReport, jsonText } from '../../report/document.ts';
import { failedPlatformEntry, platformEntry } from '../../report/entries.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import type { PlatformEntry, Report } from '../../report/report.ts';
import { counted } from '../../attack/words.ts';
import { takeFolder, type ReportFolder } from '../../report/write.ts';
import { auditText } from './audit-text.ts';
import { changeLines } from './baseline-text.ts';
import { OUT } from '../options/defaults.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { tellBugs } from '../internal-error.ts';
import { interruptible } from '../interrupt.ts';
import { configIn } from '../../claim/modules/config-in.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { modelsIn } from '../../report/page/models.ts';
import { pageModels } from '../page/page-models.ts';
import { limit, wholeNumber } from '../options/numbers.ts';
import { createProgress, type ProgressLine } from '../terminal/progress.ts';
import { boardsOf, isAmong, readBoard, type BoardInput } from './read-boards.ts';
import { collectorOf, needOneTask, thisMachine } from './this-machine.ts';
import { readText } from '../workspace/read-file.ts';
import { commandLine } from '../../report/command-line.ts';
import { drawn } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface AuditOptions {
  readonly gpi: number;
  readonly live?: boolean;
  readonly script?: boolean;
  readonly strict?: boolean;
  readonly baseline?: string;
  readonly maxStates?: number;
  readonly out: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch audit boards/dell-e6540                          the logs in a folder: one board
  underwatch audit boards/*                                   several boards
  underwatch audit inteltool.log lspci.log                    the logs themselves: one board
  ssh board sudo lspci -nnvvvxxxx | underwatch audit -        what a command prints
  underwatch audit --script | ssh board sudo sh | underwatch audit -    a board without Node: all that is asked of it
  sudo underwatch audit --live                                the machine that this runs on
  underwatch audit --strict --gpi 7 boards/dell-e6540         in CI, for the board whose trigger is GPI 7
  underwatch audit --baseline known.json boards/dell-e6540    in CI: what is new or worse than in known.json (--json)
  underwatch audit --baseline old.json new-firmware/          two versions of a firmware: which lock, which attack

Logs are what inteltool -a, lspci -nnvvvxxxx, chipsec_main and flashrom -V print, and setpci -s, rdmsr -a, xxd, hexdump
and od behind their commands: any of them, whole or in pieces, compressed by gzip, in UTF-16, or quoted in a mail;
their names do not matter. Facts that no log contains are explored both ways, and named in the answer.
Exit codes: 0 audited, 1 with --strict: an attack is possible or not ruled out, with --baseline: something is
worse, 2 a board could not be audited, 3 internal error, 4 audited in part: a question has no answer, 130 interrupted.`;

interface Audited {
  readonly entries: readonly PlatformEntry[];
  readonly durationsMs: { readonly [board: string]: number };
  readonly interrupted: boolean;
}

interface AuditContext {
  readonly options: AuditOptions;
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  readonly terminal: Terminal;
}

/** A board as it was read, or the reason why it could not be. */
interface Read {
  readonly board: BoardInput;
  readonly platform: Platform | Fault;
}

const readOne = (board: BoardInput, auditors: readonly Auditor[], gpi: number, terminal: Terminal): Read => {
  try {
    return { board, platform: readBoard(board, auditors, { gpi }) };
  } catch (error) {
    const fault = faultOf(error, `board ${board.name}`);
    tellBugs(terminal, [fault]);
    return { board, platform: fault };
  }
};

/** Audits one board; a fault of the board is told in its entry and touches no other board. */
const auditBoard = async (
  { board, platform }: Read,
  at: string,
  context: AuditContext,
): Promise<PlatformEntry> => {
  const { options, signal, progress, terminal } = context;
  if (platform instanceof Fault) return failedPlatformEntry(board.name, platform);
  try {
    const run = await runAudit(platform, {
      limits: options.maxStates === undefined ? {} : { maxStates: options.maxStates },
      signal,
      onProgress: ({ searchesDone, search }) =>
        progress.show(
          `auditing  ${at}  ${board.name}  search ${searchesDone + 1}, ${counted(search.states, 'state')}`,
        ),
    });
    const paths = board.paths instanceof Fault ? [] : board.paths;
    return platformEntry(run, commandLine('audit', '--gpi', String(options.gpi), ...paths));
  } catch (error) {
    const fault = faultOf(error, `board ${board.name}`);
    tellBugs(terminal, [fault]);
    return failedPlatformEntry(board.name, fault, platform);
  }
};

const auditAll = async (boards: readonly Read[], context: AuditContext): Promise<Audited> => {
  const entries: PlatformEntry[] = [];
  const durationsMs: (readonly [board: string, durationMs: number])[] = [];
  for (const read of boards) {
    if (context.signal.aborted) break;
    const startMs = performance.now();
    entries.push(await auditBoard(read, `${entries.length + 1}/${boards.length}`, context));
    durationsMs.push([read.board.name, performance.now() - startMs]);
  }
  return { entries, durationsMs: Object.fromEntries(durationsMs), interrupted: context.signal.aborted };
};

const isSafe = ({ verdict }: PlatformEntry['answers'][number]): boolean =>
  verdict === 'holds' || verdict === 'vacuous';

/** Whether some question about a board has no answer. */
const isInPart = ({ answers }: PlatformEntry): boolean =>
  answers.some(({ verdict }) => verdict === 'unresolved');

const exitCodeOf = (
  { run, platforms = [] }: Report,
  strict: boolean,
  changes: readonly BoardChange[] | undefined,
): ExitCode => {
  if (run.interrupted) return EXIT.interrupted;
  const errors = platforms.flatMap(({ error }) => error ?? []);
  if (errors.some(isInternal)) return EXIT.internal;
  if (errors.length > 0) return EXIT.badInput;
  if (strict && !platforms.every(({ answers }) => answers.every(isSafe))) return EXIT.unexpected;
  // Against a baseline what was open is known to be.
  if (changes !== undefined)
    return changes.some(({ kind }) => kind === 'worse') ? EXIT.unexpected : EXIT.asExpected;
  return platforms.some(isInPart) ? EXIT.inPart : EXIT.asExpected;
};

/**
 * Returns a folder where a configuration may be: not among logs, which may be anybody's, unless it is named.
 */
const trustedFolder = (
  terminal: Terminal,
  paths: readonly string[],
  { config }: AuditOptions,
): string | undefined => {
  const folder = process.cwd();
  const found = configIn(folder);
  if (config !== undefined || found === undefined || !isAmong(found, paths)) return folder;
  const name = basename(found);
  terminal.err(`${name} is among the logs and was not run; --config ${name} runs it\n`);
  return undefined;
};

/** Audits the boards, and leaves the report in its folder, if there is one. */
const auditInto = async (
  terminal: Terminal,
  boards: readonly Read[],
  options: AuditOptions,
  place: ReportFolder | undefined,
  baseline: readonly PlatformEntry[] | undefined,
): Promise<ExitCode> => {
  const progress = createProgress(terminal, options.json === true || options.quiet === true);
  const startedAt = new Date();
  const startMs = performance.now();
  const { entries, durationsMs, interrupted } = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    (signal) => auditAll(boards, { options, signal, progress, terminal }),
  );
  progress.clear();
  const limits = options.maxStates === undefined ? {} : { maxStates: options.maxStates };
  const report = auditReport(entries, {
    run: { engine: 'exhaustive', seed: RANDOM_DEFAULTS.seed, limits, interrupted },
    clocked: { startedAt, durationMs: performance.now() - startMs },
    durationsMs,
  });
  const { verbose = false, quiet = false, config, out } = options;
  const shown = {
    report,
    ...(place === undefined ? {} : { folder: out }),
    verbose,
    quiet,
    ...(config === undefined ? {} : { config }),
  };
  terminal.out(options.json === true ? jsonText(report) : drawn(auditText(shown, terminal), terminal));
  const changes = baseline === undefined ? undefined : changesSince(baseline, report.platforms ?? []);
  if (changes !== undefined && options.json !== true)
    terminal.out(`${changeLines(changes, terminal).join('\n')}\n`);
  await place?.write(report);
  return exitCodeOf(report, options.strict === true, changes);
};

/** A folder into whose page the models go as well. */
const withPageModels = (place: ReportFolder, config: string | undefined): ReportFolder => ({
  ...place,
  write: async (report) => place.write(report, await pageModels(modelsIn(report), config)),
});

const audit = async (
  terminal: Terminal,
  paths: readonly string[],
  options: AuditOptions,
): Promise<ExitCode> => {
  needOneTask(paths, options);
  const folder = trustedFolder(terminal, paths, options);
  // Read before the report of this audit takes its place.
  const baseline =
    options.baseline === undefined
      ? undefined
      : baselineOf(options.baseline, parseReport(options.baseline, readText(options.baseline, 'a report')));
  const { auditors, config } = await loadWorkspace(folder, options.config, ['auditors']);
  if (options.script === true) {
    terminal.out(collectorOf(auditors).script);
    return EXIT.asExpected;
  }
  const boards = (options.live === true ? [thisMachine(auditors)] : boardsOf(paths)).map((board) =>
    readOne(board, auditors, options.gpi, terminal),
  );
  // A mistyped path takes the place of no report.
  const isWritten = boards.some(({ platform }) => !(platform instanceof Fault));
  const place = isWritten ? await takeFolder(options.out) : undefined;
  const withModels = place === undefined ? undefined : withPageModels(place, config);
  try {
    return await auditInto(terminal, boards, options, withModels, baseline);
  } finally {
    place?.close();
  }
};

/** `underwatch audit`: finds what a real board's settings allow, and which of them would stop it. */
export const auditCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('audit')
    .description("read real boards' logs; say what to do, what they allow, and which settings close it")
    .argument('[path...]', 'folders with the logs of one board each, or logs; - for standard input')
    .option(
      '--script',
      'print a shell script that reads a board, as root and without Node; audit what it prints',
    )
    .option('--live', 'read the machine that this runs on; as root, it only reads')
    .addOption(
      new Option('--gpi <n>', 'the general purpose input that carries the trigger')
        .argParser(wholeNumber('--gpi', 0, 15))
        .default(0),
    )
    .option('--strict', 'exit with 1 when an attack is possible or not ruled out')
    .option('--baseline <file>', 'an earlier audit.json: exit with 1 only for a result that is new or worse')
    .addOption(
      new Option('--max-states <n>', 'limit of states, for each search').argParser(limit('--max-states')),
    )
    .option('--out <folder>', 'where the report goes', OUT.audit)
    .option('--json', 'print the report as one JSON document and nothing else')
    .option('--quiet', 'print only the answers')
    .option('--verbose', 'print the registers, and what each step of an attack changes')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: AuditOptions) =>
      finish(await audit(terminal, paths, options)),
    );
