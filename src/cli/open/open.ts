import { Command } from 'commander';
import { needTellable } from '../../report/formats/formats.ts';
import { modelsIn } from '../../report/page/models.ts';
import { pageText } from '../../report/page/page.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import type { ExitCode, Finish } from '../exit-codes.ts';
import { pageModels } from '../page/page-models.ts';
import { showPage } from '../serve/show-page.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { configPath } from '../workspace/load-config.ts';
import { kindOf, readText } from '../workspace/read-file.ts';
import { lastReport } from './last-report.ts';

interface OpenOptions {
  readonly browser: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch open                                    the last report of a run from this folder
  underwatch open reports/latest/audit               that of a folder
  underwatch open report.json --no-browser           a stored report, with the address alone

The page is made from the report, and the models in it from their sources as they are now. A server gives it to this
machine alone: on a port of 127.0.0.1 that the system chooses, under an address that nobody can guess. Ctrl-C ends it.

Exit codes: 0 it was served until Ctrl-C, 2 bad usage or input.`;

/** Returns the path of the report that is meant: a file, the last one of a folder, or the last one of all. */
const pathOf = (given: string | undefined): string =>
  given !== undefined && kindOf(given, 'a report, or the folder of a run') === 'file'
    ? given
    : lastReport(given);

const open = async (
  terminal: Terminal,
  given: string | undefined,
  { browser, config }: OpenOptions,
): Promise<ExitCode> => {
  const path = pathOf(given);
  const report = parseReport(path, readText(path, 'a report'));
  needTellable(path, report, 'html');
  const models = await pageModels(modelsIn(report), configPath(process.cwd(), config));
  terminal.err(`${path}, a run of ${report.run.command} begun at ${report.timing.startedAt}\n`);
  return showPage(terminal, pageText(report, models), { browser });
};

/** `underwatch open`: shows a report in the browser. */
export const openCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('open')
    .description('open a report in the browser: the last one, or the one that is named')
    .argument('[report]', 'report.json or audit.json, or the folder of a run (default: the last run)')
    .option('--no-browser', 'start no browser; print the address alone')
    .option('--config <file>', 'the configuration whose models run in the page')
    .addHelpText('after', EXAMPLES)
    .action(async (report: string | undefined, options: OpenOptions) =>
      finish(await open(terminal, report, options)),
    );
