import { Command } from 'commander';
import { counted } from '../../attack/words.ts';
import { Fault } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import { checksIn, type Check } from './checks.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { hanging } from '../terminal/layout.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface DoctorOptions {
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch doctor               what is installed, what is missing, and what that costs
  underwatch doctor --json

Exit codes: 0 everything that is needed is there, 2 something that nothing works without is not.`;

/** Checks whether there is a configuration, and whether it can be used. */
const configuration = async (folder: string, given: string | undefined): Promise<Check> => {
  const name = 'configuration';
  try {
    const { suites, builtInBecause } = await loadWorkspace(folder, given, ['suites', 'auditors', 'studies']);
    const what = `${counted(suites.length, 'suite')}, ${counted(suites.flatMap(({ claims }) => claims).length, 'claim')}`;
    return builtInBecause === undefined
      ? { name, state: 'there', found: what }
      : {
          name,
          state: 'missing',
          found: `${builtInBecause}: what is built in is used, ${what}`,
          costs: 'a model of your own: underwatch init FOLDER',
        };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { expected, got, next } = error.details;
    return { name, state: 'broken', found: `${error.code} ${got}`, costs: `expected ${expected}; ${next}` };
  }
};

const SIGNS = { there: '✓', missing: '–', broken: '✗' } as const;
const ASCII_SIGNS = { there: '+', missing: '-', broken: '!' } as const;

const lines = (checks: readonly Check[], { paint, width, drawsUnicode }: Terminal): readonly string[] => {
  const signs = drawsUnicode ? SIGNS : ASCII_SIGNS;
  const colours = { there: paint.green, missing: paint.yellow, broken: paint.red };
  const longest = Math.max(...checks.map(({ name }) => name.length));
  return checks.flatMap(({ name, state, found, costs }) => {
    const lead = `${signs[state]}  ${name.padEnd(longest)}  `;
    const indent = ' '.repeat(lead.length);
    return [
      ...hanging(`${colours[state](signs[state])}  ${name.padEnd(longest)}  `, found, width, lead.length),
      ...(costs === undefined ? [] : hanging(`${indent}without  `, costs, width)),
    ];
  });
};

const doctor = async (terminal: Terminal, options: DoctorOptions): Promise<ExitCode> => {
  const folder = process.cwd();
  const checks = [...(await checksIn(folder)), await configuration(folder, options.config)];
  terminal.out(options.json === true ? jsonText({ checks }) : `${lines(checks, terminal).join('\n')}\n`);
  return checks.some(({ state }) => state === 'broken') ? EXIT.badInput : EXIT.asExpected;
};

/** `underwatch doctor`: says what is installed, what is missing, and what that costs. */
export const doctorCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('doctor')
    .description('list what is installed, what is missing, and what that costs')
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (options: DoctorOptions) => finish(await doctor(terminal, options)));
