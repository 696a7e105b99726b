import { Command, Option } from 'commander';
import { counted } from '../../attack/words.ts';
import {
  differencesOf,
  failsOn,
  type Difference,
  type DifferenceKind,
  type Policy,
} from '../../report/compare/diff.ts';
import { jsonText } from '../../report/document.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { columns, drawn, type Cell } from '../terminal/layout.ts';
import { diffAttacks, isAttack, type Input } from './attacks.ts';
import { readText } from '../workspace/read-file.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface DiffOptions {
  readonly config?: string;
  readonly failOn?: Policy;
  readonly json?: boolean;
}

const POLICIES: readonly Policy[] = ['new-attack', 'shorter', 'any'];

const EXAMPLES = `
Examples:
  underwatch diff reports/baseline.json reports/latest/verify/report.json
  underwatch diff old.json new.json --fail-on shorter
  underwatch diff found/H-DEFER-actions-1.json found/H-DEFER-actions-2.json

--fail-on new-attack fails on an attack that the old report does not have. shorter also fails on an attack with fewer
steps. any fails on every difference except the number of states.

Of two attacks on one model it says where they part, and which guard refuses each in the scenario of the other.

Exit codes: 0 nothing that --fail-on names, 1 something; 2 bad usage or input.`;

const WORDS: { readonly [kind in DifferenceKind]: string } = {
  'new-attack': 'NEW attack',
  shorter: 'shorter attack',
  longer: 'longer attack',
  'attack-gone': 'attack gone',
  verdict: 'verdict',
  scope: 'scope',
  came: 'new claim',
  went: 'claim gone',
  states: 'states',
};

/** Writes the differences. Claims of which only the number of states differs are counted, and not listed. */
const textOf = (
  differences: readonly Difference[],
  claims: number,
  { failOn }: DiffOptions,
  terminal: Terminal,
): string => {
  const { paint } = terminal;
  const listed = differences.filter(({ kind }) => kind !== 'states');
  const others = differences.length - listed.length;
  const rows = listed.map((one): readonly Cell[] => {
    const isBad = failOn !== undefined && failsOn(failOn, one);
    const color = isBad ? paint.red : one.kind === 'new-attack' ? paint.yellow : String;
    return [
      { text: WORDS[one.kind], paint: color },
      { text: one.id, paint: paint.bold },
      { text: `${one.before} → ${one.after}` },
    ];
  });
  const failing = failOn === undefined ? 0 : differences.filter((one) => failsOn(failOn, one)).length;
  const verdict =
    failOn === undefined
      ? []
      : [
          failing === 0
            ? paint.green(`passes: --fail-on ${failOn}`)
            : paint.red(`fails: ${failing} by --fail-on ${failOn}`),
        ];
  const sum = `${counted(claims, 'claim')}: ${listed.length === 0 ? 'no difference' : counted(listed.length, 'difference')}${others === 0 ? '' : `; ${others} with another number of states alone`}`;
  return `${[...columns(rows), ...(rows.length === 0 ? [] : ['']), sum, ...verdict].join('\n')}\n`;
};

const diff = async (
  terminal: Terminal,
  paths: readonly [string, string],
  options: DiffOptions,
): Promise<ExitCode> => {
  const { config, json = false } = options;
  const [first, second] = paths.map((path) => ({ path, content: readText(path, 'a report') })) as [
    Input,
    Input,
  ];
  if (isAttack(first) && isAttack(second))
    return await diffAttacks(terminal, [first, second], { config, json });
  const before = parseReport(first.path, first.content);
  const after = parseReport(second.path, second.content);
  const differences = differencesOf(before, after);
  const { failOn } = options;
  terminal.out(
    json
      ? jsonText({ differences })
      : drawn(textOf(differences, after.claims.length, options, terminal), terminal),
  );
  const fails = failOn !== undefined && differences.some((one) => failsOn(failOn, one));
  return fails ? EXIT.unexpected : EXIT.asExpected;
};

/** `underwatch diff`: what differs between two reports. */
export const diffCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('diff')
    .description('list the differences between two reports, or between two attacks')
    .argument('<old>', 'report.json of the run before, or a baseline; or an attack file')
    .argument('<new>', 'report.json of the run after; or an attack file')
    .addOption(new Option('--fail-on <what>', 'which differences end with exit code 1').choices(POLICIES))
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'for attacks: the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string, options: DiffOptions) =>
      finish(await diff(terminal, [before, after], options)),
    );
