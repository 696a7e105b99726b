import { Command } from 'commander';
import { takeCensus, type Census } from '../search/exhaustive/census.ts';
import type { Limits } from '../search/result.ts';
import { jsonText } from '../report/document.ts';
import { counted } from '../attack/words.ts';
import type { System } from '../model/index.ts';
import { EXIT, type ExitCode, type Finish } from './exit-codes.ts';
import { explainText } from './explain-text.ts';
import { loadWorkspace } from './load-config.ts';
import { limit } from './numbers.ts';
import { createProgress } from './progress.ts';
import { subjectOf, withSubject, type SubjectOptions } from './subject-options.ts';
import type { Terminal } from './terminal.ts';

interface ExplainOptions extends SubjectOptions, Limits {
  readonly space: true;
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch explain --space hypersentry
  underwatch explain --space --claim H-DEFER --json
  underwatch explain --space chipset --without smiLock --max-states 20000

Every function of the model is asked in every state that is reached, and what it then reads is noted.
With a limit, what is shown is what was seen so far.

Exit codes: 0 it is explained, 2 bad usage or input.`;

const limitsOf = ({ maxDepth, maxStates, timeLimitMs, memoryLimitMb }: ExplainOptions): Limits => ({
  ...(maxDepth === undefined ? {} : { maxDepth }),
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
});

const dataOf = ({ model, scenario }: System, census: Census): object => ({
  model: model.id,
  scenario,
  ...census,
});

const explain = async (
  terminal: Terminal,
  id: string | undefined,
  options: ExplainOptions,
): Promise<ExitCode> => {
  const system = subjectOf(
    await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']),
    id,
    options,
  );
  const progress = createProgress(terminal, options.json === true);
  const census = takeCensus(system, {
    limits: limitsOf(options),
    observer: ({ states, depth }) => {
      progress.show(`learning  ${counted(states, 'state')}, depth ${depth}`);
      return 'continue';
    },
  });
  progress.clear();
  terminal.out(
    options.json === true ? jsonText(dataOf(system, census)) : explainText(system, census, terminal),
  );
  return EXIT.asExpected;
};

/** `underwatch explain`: shows what the engine learned of a model. */
export const explainCommand = (terminal: Terminal, finish: Finish): Command =>
  withSubject(new Command('explain').description('show what a model was found to read, write and reach'))
    .requiredOption(
      '--space',
      'explain its state space: fields, who reads and writes them, and how it is packed',
    )
    .option('--max-depth <n>', 'steps in the longest path', limit('--max-depth'))
    .option('--max-states <n>', 'different states', limit('--max-states'))
    .option('--time-limit-ms <n>', 'milliseconds of the search', limit('--time-limit-ms'))
    .option(
      '--memory-limit-mb <n>',
      'mebibytes that the search may add to the process',
      limit('--memory-limit-mb'),
    )
    .option('--json', 'print one JSON document, and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ExplainOptions) =>
      finish(await explain(terminal, id, options)),
    );
