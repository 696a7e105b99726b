import { Command } from 'commander';
import { takeCensus, type Census } from '../../search/exhaustive/census.ts';
import type { Limits } from '../../search/result.ts';
import { jsonText } from '../../report/document.ts';
import { counted } from '../../attack/words.ts';
import { Fault, type System } from '../../model/index.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { explainText } from './explain-text.ts';
import { explainAttack, isAttackFile } from './attack/explain-attack.ts';
import { explainName } from './explain-name.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { limit } from '../options/numbers.ts';
import { drawn } from '../terminal/layout.ts';
import { createProgress } from '../terminal/progress.ts';
import { subjectOf, withSubject, type SubjectOptions } from '../options/subject-options.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface ExplainOptions extends SubjectOptions, Limits {
  readonly space?: true;
  readonly attack?: true;
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch explain H-DEFER                 a claim: what it says, in which scope, and which claims are like it
  underwatch explain boundedLatency          a defence, and the claims with it off; so with all parts of models
  underwatch explain --attack H-DEFER        why the attack on it works: each step, and what stops it
  underwatch explain reports/latest/verify/attacks/H-DEFER.json      the same of a recorded attack
  underwatch explain --space hypersentry     what a model was found to read, write and reach
  underwatch explain --space H-DEFER --json
  underwatch explain --space hypersentry --without smiLock --max-states 20000

--space runs every function of the model in every reachable state and records what it reads. With a limit, the result
covers the states that were visited.

Of an attack, each action and each defence takes a search: of at most a million states, unless --max-states says otherwise.

Exit codes: 0 it is explained, 2 bad usage or input, 130 interrupted.`;

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

/** The options that name the scenario of the space, and those that limit the search. */
const OF_SPACE = ['without', 'capability', 'set'] as const;
const OF_SEARCHES = ['maxDepth', 'maxStates', 'timeLimitMs', 'memoryLimitMb'] as const;

const onlyOfSpace = (option: string): Fault =>
  new Fault('UW304', {
    where: `option --${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    expected: '--space beside it',
    got: 'no --space',
    likely: 'the state space was to be explained',
    next: 'add --space, or leave the option out',
  });

const eitherOr = (got: string): Fault =>
  new Fault('UW304', {
    where: 'option --attack',
    expected: 'one claim with an attack, or an attack file',
    got,
    likely: 'the claim was left out, or a state space was to be explained',
    next: 'write `underwatch explain --attack CLAIM`, or name the file alone',
  });

/** Returns the claim or the file whose attack is to be explained; undefined where something else is. */
const attackMeant = (
  id: string | undefined,
  { attack, claim, space }: ExplainOptions,
): string | undefined => {
  const isFile = id !== undefined && isAttackFile(id);
  if (attack !== true && !isFile) return undefined;
  if (space === true) throw eitherOr('--space beside it');
  const named = [id, claim].filter((name) => name !== undefined);
  if (named.length !== 1) throw eitherOr(named.length === 0 ? 'neither' : named.join(' and '));
  return named[0];
};

const explain = async (
  terminal: Terminal,
  id: string | undefined,
  options: ExplainOptions,
): Promise<ExitCode> => {
  const { claim, config, json = false, space = false } = options;
  const attack = attackMeant(id, options);
  const odd = [...OF_SPACE, ...(attack === undefined ? OF_SEARCHES : [])].find(
    (option) => options[option] !== undefined,
  );
  if (!space && odd !== undefined) throw onlyOfSpace(odd);
  const workspace = await loadWorkspace(process.cwd(), config, ['suites', 'auditors', 'studies']);
  if (attack !== undefined)
    return await explainAttack(terminal, workspace, attack, { json, limits: limitsOf(options) });
  if (space) explainSpace(terminal, workspace, id, options);
  else explainName(terminal, workspace, { id, claim, config, json });
  return EXIT.asExpected;
};

/**
 * `underwatch explain`: says what a claim, a suite, a model or a part of one is, or what was learned of a
 * model.
 */
export const explainCommand = (terminal: Terminal, finish: Finish): Command =>
  withSubject(
    new Command('explain').description(
      'describe a claim, a suite, a model or a part of a model; tell why an attack works',
    ),
    'what to explain: any id, or an attack file',
  )
    .option(
      '--space',
      'explain the state space of a model or a claim: fields, who reads and writes them, how it is packed',
    )
    .option('--attack', 'explain the attack on a claim: why each step is there, and what stops it')
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
