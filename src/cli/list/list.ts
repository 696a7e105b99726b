import { Command } from 'commander';
import type { Suite } from '../../claim/claim.ts';
import { jsonText } from '../../report/document.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { checkShown } from './check-shown.ts';
import { modelData, suiteData } from './data.ts';
import { modelLines, partLines, suiteLines } from './text.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { isCalled } from '../names/named.ts';
import { select } from '../names/select.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface ListOptions {
  readonly models?: boolean;
  readonly suites?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch list                 suites and their claims, models and their parts
  underwatch list deferral        the claims of a suite; or of a model, or like 'H-DEFER*'
  underwatch list --models        defences, capabilities, parameters and invariants of the models
  underwatch list --json`;

/** Returns the claims that the names mean, suite by suite; all of them where nothing is named. */
const suitesOf = (workspace: Workspace, names: readonly string[]): readonly Suite[] => {
  const { models, suites } = workspace;
  const asked = new Set(suites.flatMap(({ claims }) => claims.map(({ model }) => model.id)));
  // A model of which nothing is claimed is shown by its parts alone.
  const named = names.filter((name) => !models.some(({ id }) => isCalled(id, name) && !asked.has(id)));
  return named.length === 0 && names.length > 0 ? [] : select(workspace, named, []);
};

const list = async (
  terminal: Terminal,
  names: readonly string[],
  options: ListOptions,
): Promise<ExitCode> => {
  const workspace = await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']);
  checkShown(workspace);
  const all = options.models !== true && options.suites !== true;
  const showsSuites = all || options.suites === true;
  const showsModels = all || options.models === true;
  const showsAuditors = all && names.length === 0;
  const suites = suitesOf(workspace, names);
  const models = workspace.models.filter(
    ({ id }) => names.length === 0 || names.some((name) => isCalled(id, name)),
  );
  const auditors = workspace.auditors.map(({ id, says }) => ({ id, says }));
  const text = (): string =>
    [
      ...(showsSuites ? suites.flatMap((suite) => suiteLines(suite, terminal)) : []),
      ...(showsModels ? models.flatMap((model) => modelLines(model, terminal)) : []),
      ...(showsAuditors
        ? partLines(
            'boards that `audit` reads',
            auditors.map(({ id, says }) => [id, says] as const),
            terminal.width,
          )
        : []),
    ].join('\n');
  const data = (): object => ({
    ...(showsSuites ? { suites: suites.map(suiteData) } : {}),
    ...(showsModels ? { models: models.map(modelData) } : {}),
    ...(showsAuditors ? { auditors } : {}),
  });
  terminal.out(options.json === true ? jsonText(data()) : `${text().trimEnd()}\n`);
  return EXIT.asExpected;
};

/** `underwatch list`: lists what there is to verify. */
export const listCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('list')
    .description('list suites, claims and models')
    .argument('[what...]', 'ids of suites, models or claims, or patterns of ids (default: everything)')
    .option('--suites', 'only the suites and their claims')
    .option('--models', 'only the models and their parts')
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], options: ListOptions) =>
      finish(await list(terminal, names, options)),
    );
