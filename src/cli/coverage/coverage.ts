import { Command } from 'commander';
import { counted } from '../../attack/words.ts';
import { coverageOf, type Coverage } from '../../report/coverage/coverage.ts';
import { jsonText } from '../../report/document.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { OUT } from '../options/defaults.ts';
import { columnsWithText, drawn, hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { readText } from '../workspace/read-file.ts';

interface CoverageOptions {
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch verify && underwatch coverage             what the claims leave untouched of each model
  underwatch coverage reports/baseline.json --json     of a stored report, as a document

Nothing is searched: what is printed follows from the counts in the report. An action is untouched if it was possible in no
state of any search, or never changed one. Each line is a question to its reader: is a claim missing, or is there too much model?

Exit codes: 0 printed, 2 the report cannot be used.`;

const ROWS: readonly (readonly [name: keyof Coverage, words: string])[] = [
  ['neverPossible', 'never possible'],
  ['neverEffective', 'change nothing'],
  ['silent', 'speak of nothing'],
  ['unwitnessed', 'have no witness'],
  ['neverOff', 'never off'],
  ['stopsNothing', 'stop nothing'],
];

const linesOf = (coverage: Coverage, { paint, width }: Terminal): readonly string[] => {
  const { claims, complete, model, searches } = coverage;
  const rows = ROWS.flatMap(([name, words]) => {
    const found = coverage[name];
    return Array.isArray(found) && found.length > 0 ? [[words, found.join(', ')] as const] : [];
  });
  const part = complete ? '' : '; some ended before they had looked at every state';
  const head = `${counted(claims, 'claim')}, searches: ${searches}${part}`;
  return [
    ...hanging(
      `${paint.bold(model)}  `,
      rows.length === 0 ? `${head}; nothing is untouched` : head,
      width,
      2,
    ),
    ...columnsWithText(
      rows.map(([words, text]) => ({ cells: [{ text: `  ${words}`, paint: paint.dim }], text })),
      width,
    ),
  ];
};

const cover = async (
  terminal: Terminal,
  path: string,
  { config, json = false }: CoverageOptions,
): Promise<ExitCode> => {
  const report = parseReport(path, readText(path, 'a report'));
  const { models } = await loadWorkspace(process.cwd(), config, ['suites', 'auditors']);
  const found = coverageOf(report, models);
  const text = found.flatMap((one) => linesOf(one, terminal)).join('\n');
  terminal.out(json ? jsonText({ coverage: found }) : drawn(`${text}\n`, terminal));
  return EXIT.asExpected;
};

/** `underwatch coverage`: says what the claims of a run left untouched of their models. */
export const coverageCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('coverage')
    .description('list what the claims of a run leave untouched: actions, antecedents, witnesses, defences')
    .argument('[report]', 'a stored report', `${OUT.verify}/report.json`)
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: CoverageOptions) => finish(await cover(terminal, path, options)));
