import { Command } from 'commander';
import { takeCensus, type Census } from '../../search/exhaustive/census.ts';
import type { Limits } from '../../search/result.ts';
import { jsonText } from '../../report/document.ts';
import { counted } from '../../attack/words.ts';
import { Fault, type System } from '../../model/index.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { explainText } from './explain-text.ts';
import { explainName } from './explain-name.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { limit } from '../options/numbers.ts';
import { drawn } from '../terminal/layout.ts';
import { createProgress } from '../terminal/progress.ts';
import { subjectOf, withSubject, type SubjectOptions } from '../options/subject-options.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface ExplainOptions extends SubjectOptions, Limits {
  readonly space?: true;
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch explain H-DEFER                 a claim: what it says, in which scope, and which claims are like it
  underwatch explain boundedLatency          a defence, and the claims with it off; so with all parts of models
  underwatch explain --space hypersentry     what a model was found to read, write and reach
  underwatch explain --space H-DEFER --json
  underwatch explain --space hypersentry --without smiLock --max-states 20000

--space runs every function of the model in every reachable state and records what it reads. With a limit, the result
covers the states that were visited.

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

const explainSpace = (
  terminal: Terminal,
  workspace: Workspace,
  id: string | undefined,
  options: ExplainOptions,
): void => {
  const { system } = subjectOf(workspace, id, options);
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
    options.json === true
      ? jsonText(dataOf(system, census))
      : drawn(explainText(system, census, terminal), terminal),
  );
};

/** Options that say how a space is searched. */
const OF_SPACE = [
  'without',
  'capability',
  'set',
  'maxDepth',
  'maxStates',
  'timeLimitMs',
  'memoryLimitMb',
] as const;

const onlyOfSpace = (option: string): Fault =>
  new Fault('UW304', {
    where: `option --${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    expected: '--space beside it',
    got: 'no --space',
    likely: 'the state space was to be explained',
    next: 'add --space, or leave the option out',
  });

const explain = async (
  terminal: Terminal,
  id: string | undefined,
  options: ExplainOptions,
): Promise<ExitCode> => {
  const { claim, config, json = false, space = false } = options;
  const odd = OF_SPACE.find((option) => options[option] !== undefined);
  if (!space && odd !== undefined) throw onlyOfSpace(odd);
  const workspace = await loadWorkspace(process.cwd(), config, ['suites', 'auditors', 'studies']);
  if (space) explainSpace(terminal, workspace, id, options);
  else explainName(terminal, workspace, { id, claim, config, json });
  return EXIT.asExpected;
};

/** `underwatch explain`: says what a claim, a suite, a model or a part of one is, or what was learned of a model. */
export const explainCommand = (terminal: Terminal, finish: Finish): Command =>
  withSubject(
    new Command('explain').description('describe a claim, a suite, a model or a part of a model'),
    'what to explain: any id',
  )
    .option(
      '--space',
      'explain the state space of a model or a claim: fields, who reads and writes them, how it is packed',
    )
    .option('--max-depth <n>', 'limit of the depth: steps of the longest path', limit('--max-depth'))
    .option('--max-states <n>', 'different states', limit('--max-states'))
    .option('--time-limit-ms <n>', 'time limit of the search in milliseconds', limit('--time-limit-ms'))
    .option('--memory-limit-mb <n>', 'memory limit of the search in mebibytes', limit('--memory-limit-mb'))
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ExplainOptions) =>
      finish(await explain(terminal, id, options)),
    );
