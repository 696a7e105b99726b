import { dirname } from 'node:path';
import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { Fault } from '../../model/index.ts';
import { makeFolder } from '../../search/checkpoint/folder.ts';
import { needTellable, REPORT_FORMATS, type ReportFormat } from '../../report/formats/formats.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import type { Report } from '../../report/report.ts';
import { reasonOf } from '../../report/reason.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { modelsIn } from '../../report/page/models.ts';
import { pageModels } from '../page/page-models.ts';
import { configPath } from '../workspace/load-config.ts';
import { readText } from '../workspace/read-file.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface ReportOptions {
  readonly format: ReportFormat;
  readonly out?: string;
  readonly baseline?: string;
  readonly config?: string;
}

const NAMES = Object.keys(REPORT_FORMATS);

const EXAMPLES = `
Formats:
${Object.entries(REPORT_FORMATS)
  .map(([name, { says }]) => `  ${name.padEnd(10)}${says}`)
  .join('\n')}

Examples:
  underwatch report reports/latest/verify/report.json --format junit --out junit.xml
  underwatch report reports/latest/verify/report.json --format sarif --out underwatch.sarif
  underwatch report new.json --format sarif --baseline reports/baseline.json --out underwatch.sarif
  underwatch report reports/latest/verify/report.json --format summary >> "$GITHUB_STEP_SUMMARY"

Exit codes: 0 written, whatever the report says; 2 bad usage or input.`;

/** Writes a text that a command makes of reports into a file. Throws UW382. */
const writeText = (path: string, text: string): void => {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, text);
  } catch (error) {
    throw new Fault('UW382', {
      where: path,
      expected: 'a file that can be written',
      got: reasonOf(error),
      likely: 'a folder has that name, the disk is full, or it may not be written to',
      next: 'name another file with --out',
    });
  }
};

const reportIn = (file: string): Report => parseReport(file, readText(file, 'a report'));

const cannotCompare = (format: ReportFormat): Fault => {
  const comparing = NAMES.filter((name) => REPORT_FORMATS[name as ReportFormat].compares === true);
  return new Fault('UW304', {
    where: '--baseline',
    expected: `a format that says what has changed: ${comparing.join(', ')}`,
    got: `--format ${format}`,
    likely: 'other formats tell of one report alone',
    next: 'leave --baseline out, or compare two reports with `underwatch diff`',
  });
};

const report = async (
  terminal: Terminal,
  file: string,
  { baseline, config, format, out }: ReportOptions,
): Promise<ExitCode> => {
  const { compares, text: textOf } = REPORT_FORMATS[format];
  if (baseline !== undefined && compares !== true) throw cannotCompare(format);
  const stored = reportIn(file);
  needTellable(file, stored, format);
  const models =
    format === 'html' ? await pageModels(modelsIn(stored), configPath(process.cwd(), config)) : undefined;
  const text = textOf(stored, {
    ...(baseline === undefined ? {} : { earlier: reportIn(baseline) }),
    ...(models === undefined ? {} : { models }),
  });
  if (out === undefined) terminal.out(text);
  else writeText(out, text);
  return EXIT.asExpected;
};

/** `underwatch report`: turns a stored report into another format. */
export const reportCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('report')
    .description('convert a stored report to another format')
    .argument('<file>', 'report.json or audit.json of a run, or what --output wrote')
    .addOption(new Option('--format <format>', 'the format to write').choices(NAMES).makeOptionMandatory())
    .option('--baseline <file>', 'an earlier report, for SARIF: each result says whether it is new')
    .option('--config <file>', 'the configuration whose models run in the page')
    .option('--out <file>', 'the file to write, instead of stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: ReportOptions) => finish(await report(terminal, file, options)));
