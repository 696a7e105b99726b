import { Command } from 'commander';
import { mergeReports } from '../../report/compare/merge.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import type { Report } from '../../report/report.ts';
import { writeReport } from '../../report/write.ts';
import { OUT } from '../options/defaults.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { modelsIn } from '../../report/page/models.ts';
import { pageModels } from '../page/page-models.ts';
import { configPath } from '../workspace/load-config.ts';
import { readText } from '../workspace/read-file.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { hasLost } from '../corpus/kept.ts';
import { tellGithub } from '../verify/github.ts';
import { verifyText } from '../verify/verify-text.ts';

interface MergeOptions {
  readonly out: string;
  readonly config?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const EXAMPLES = `
Examples:
  underwatch verify --shard 1/2 --out shards/1      on one machine
  underwatch verify --shard 2/2 --out shards/2      on another
  underwatch merge shards/*/report.json             the report of both, as one run would have left it

Exit codes: those of verify, of all claims together.`;

/** Returns the exit code that `verify` would have had with this report. */
const exitCodeOf = ({ claims, corpus, run }: Report): ExitCode => {
  if (run.interrupted) return EXIT.interrupted;
  const codes = claims.flatMap(({ error }) => error?.code ?? []);
  if (codes.includes('UW330') || codes.includes('UW397')) return EXIT.internal;
  if (codes.some((code) => code !== 'UW503')) return EXIT.badInput;
  const isFine = !hasLost(corpus) && claims.every(({ asExpected }) => asExpected);
  return isFine ? EXIT.asExpected : EXIT.unexpected;
};

const merge = async (
  terminal: Terminal,
  files: readonly string[],
  { config, out, quiet = false, verbose = false }: MergeOptions,
): Promise<ExitCode> => {
  const report = mergeReports(
    files.map((path) => ({ path, report: parseReport(path, readText(path, 'the report of a shard')) })),
  );
  await writeReport(out, report, await pageModels(modelsIn(report), configPath(process.cwd(), config)));
  const suites = (report.suites ?? []).map(({ id, says }) => ({
    id,
    says,
    claims: report.claims.filter(({ suite }) => suite === id),
  }));
  terminal.out(verifyText({ suites, report, folder: out, verbose, quiet }, terminal));
  tellGithub(report, terminal, process.env);
  return exitCodeOf(report);
};

/** `underwatch merge`: joins the reports of shards. */
export const mergeCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('merge')
    .description('join the reports of several shards into one')
    .argument('<files...>', 'report.json of each shard')
    .option('--out <folder>', 'where the report goes', OUT.verify)
    .option('--config <file>', 'the configuration whose models run in the page')
    .option('--quiet', 'print only unexpected results and the totals')
    .option('--verbose', 'print every claim and every attack, with what each step changes')
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], options: MergeOptions) =>
      finish(await merge(terminal, files, options)),
    );
