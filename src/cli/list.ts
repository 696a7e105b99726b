import { Command } from 'commander';
import type { Suite } from '../claim/claim.ts';
import type { AnyModel } from '../model/index.ts';
import { acceptedBy, wordsOf } from '../model/parameters.ts';
import { jsonText } from '../report/document.ts';
import { EXIT, type ExitCode, type Finish } from './exit-codes.ts';
import { columns, hanging, type Cell } from './layout.ts';
import { loadWorkspace, type Workspace } from './load-config.ts';
import type { Terminal } from './terminal.ts';

interface ListOptions {
  readonly models?: boolean;
  readonly suites?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch list                 suites and their claims, models and their parts
  underwatch list --models        defences, capabilities, parameters and invariants of the models
  underwatch list --json`;

const suiteLines = ({ id, says, claims }: Suite, { paint, width }: Terminal): readonly string[] => {
  const rows = claims.map((claim): readonly Cell[] => [
    { text: `  ${claim.id}` },
    { text: claim.length === undefined ? claim.expect : `${claim.expect} in ${claim.length}` },
    { text: claim.model.id, paint: paint.dim },
    { text: claim.invariant, paint: paint.dim },
  ]);
  return [...hanging(`${paint.bold(id)}  `, says, width, id.length + 2), ...columns(rows), ''];
};

const partLines = (
  title: string,
  parts: readonly (readonly [name: string, says: string])[],
  width: number,
): readonly string[] => {
  const longest = Math.max(0, ...parts.map(([name]) => name.length));
  return parts.length === 0
    ? []
    : [
        `  ${title}`,
        ...parts.flatMap(([name, says]) => hanging(`    ${name.padEnd(longest)}  `, says, width)),
      ];
};

const modelLines = (model: AnyModel, { paint, width }: Terminal): readonly string[] => {
  const accepted = acceptedBy(model);
  const parameters = Object.entries(model.parameters).map(([name, value]) => {
    const takes = accepted[name] === undefined ? '' : ` (${wordsOf(accepted[name])})`;
    return [name, `${JSON.stringify(value)}${takes}`] as const;
  });
  const invariants = Object.entries(model.invariants).map(([name, { says }]) => [name, says] as const);
  return [
    ...hanging(`${paint.bold(model.id)}  `, model.says, width, model.id.length + 2),
    ...partLines('invariants', invariants, width),
    ...partLines('defences', Object.entries(model.defences), width),
    ...partLines('capabilities', Object.entries(model.capabilities), width),
    ...partLines('parameters', parameters, width),
    '',
  ];
};

const suiteData = ({ id, says, claims }: Suite): object => ({
  id,
  says,
  claims: claims.map((claim) => ({
    id: claim.id,
    says: claim.says,
    source: claim.source,
    model: claim.model.id,
    invariant: claim.invariant,
    scenario: claim.scenario,
    expected: claim.expect,
    ...(claim.length === undefined ? {} : { expectedLength: claim.length }),
  })),
});

const modelData = (model: AnyModel): object => ({
  id: model.id,
  says: model.says,
  invariants: Object.entries(model.invariants).map(([id, { kind, says, source }]) => ({
    id,
    kind,
    says,
    source,
  })),
  actions: Object.entries(model.actions).map(([id, { actor, says, needs }]) => ({
    id,
    actor,
    says,
    ...(needs === undefined ? {} : { needs }),
  })),
  defences: model.defences,
  capabilities: model.capabilities,
  parameters: model.parameters,
  accepts: Object.fromEntries(Object.entries(acceptedBy(model)).map(([name, { values }]) => [name, values])),
});

const list = async (terminal: Terminal, options: ListOptions): Promise<ExitCode> => {
  const { suites, models, auditors }: Workspace = await loadWorkspace(process.cwd(), options.config, [
    'suites',
    'auditors',
  ]);
  const all = options.models !== true && options.suites !== true;
  const showsSuites = all || options.suites === true;
  const showsModels = all || options.models === true;
  const text = (): string =>
    [
      ...(showsSuites ? suites.flatMap((suite) => suiteLines(suite, terminal)) : []),
      ...(showsModels ? models.flatMap((model) => modelLines(model, terminal)) : []),
      ...(all
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
    ...(all ? { auditors: auditors.map(({ id, says }) => ({ id, says })) } : {}),
  });
  terminal.out(options.json === true ? jsonText(data()) : `${text().trimEnd()}\n`);
  return EXIT.asExpected;
};

/** `underwatch list`: what there is to verify. */
export const listCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('list')
    .description('list suites, claims and models')
    .option('--suites', 'only the suites and their claims')
    .option('--models', 'only the models and their parts')
    .option('--json', 'print one JSON document, and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ListOptions) => finish(await list(terminal, options)));
