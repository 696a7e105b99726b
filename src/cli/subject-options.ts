import type { Command } from 'commander';
import {
  checkModel,
  Fault,
  guarded,
  systemOf,
  type AnyModel,
  type Scenario,
  type System,
  type Value,
} from '../model/index.ts';
import type { Workspace } from './load-config.ts';
import { select } from './select.ts';

/** The options with which a command is told of a model in a scenario. */
export interface SubjectOptions {
  readonly claim?: string;
  readonly without?: readonly string[];
  /** False for none at all. */
  readonly capability?: readonly string[] | false;
  readonly set?: readonly string[];
}

/** Adds the argument and the options that `subjectOf` reads. */
export const withSubject = (command: Command): Command =>
  command
    .argument('[model]', 'the model; or name a claim with --claim')
    .option('--claim <id>', 'the model and the scenario of this claim')
    .option('--without <defence...>', 'defences that are off; all are on otherwise')
    .option('--capability <name...>', 'what the adversary can do; everything otherwise')
    .option('--no-capability', 'the adversary can do nothing')
    .option('--set <name=json...>', 'parameters of the model, each with its value as JSON');

const clash = (where: string, got: string): Fault =>
  new Fault('UW304', {
    where,
    expected: 'a claim, or a model with its scenario',
    got,
    likely: 'a claim has its own model and scenario',
    next: 'leave --claim out, or everything else that says what to look at',
  });

const noModel = (got: string, models: readonly AnyModel[]): Fault =>
  new Fault('UW603', {
    where: 'the model',
    expected: `one of ${models.map(({ id }) => id).join(', ')}, or a claim named with --claim`,
    got,
    likely: 'a typing error, or an option before it that takes several values took it for one of them',
    next: 'put the model first; run `underwatch list --models` for the ids',
  });

const unreadable = (got: string, expected: string): Fault =>
  new Fault('UW304', {
    where: 'option --set',
    expected,
    got,
    likely: 'the shell took the quotes of a string, or the value is no JSON',
    next: `write numbers as cores=2, and strings as 'name="text"'`,
  });

const parametersOf = (settings: readonly string[]): Scenario['parameters'] =>
  Object.fromEntries(
    settings.map((setting): readonly [string, Value] => {
      const at = setting.indexOf('=');
      if (at < 1) throw unreadable(setting, 'name=value');
      try {
        return [setting.slice(0, at), JSON.parse(setting.slice(at + 1)) as Value];
      } catch {
        throw unreadable(setting, 'a value in JSON after the =');
      }
    }),
  );

const scenarioOf = (model: AnyModel, { without = [], capability, set = [] }: SubjectOptions): Scenario => {
  const all = Object.keys(model.capabilities);
  return {
    without: [...new Set(without)].toSorted(),
    capabilities: capability === false ? [] : [...new Set(capability ?? all)].toSorted(),
    parameters: parametersOf(set),
  };
};

const chosen = (
  { suites, models }: Workspace,
  id: string | undefined,
  options: SubjectOptions,
): readonly [AnyModel, Scenario] => {
  if (options.claim === undefined) {
    const model = models.find((one) => one.id === id);
    if (model === undefined) throw noModel(id ?? 'none', models);
    return [model, scenarioOf(model, options)];
  }
  if (id !== undefined) throw clash('the model', `${id} and --claim ${options.claim}`);
  for (const name of ['without', 'capability', 'set'] as const) {
    if (options[name] !== undefined) throw clash(`option --${name}`, `it and --claim ${options.claim}`);
  }
  const [claim] = select(suites, [], [options.claim]).flatMap(({ claims }) => claims);
  if (claim === undefined) throw noModel(options.claim, models);
  return [claim.model, claim.scenario];
};

/**
 * The model in the scenario that the command line names: by default every defence is on, the adversary
 * has every capability, and the parameters are the model's. Throws UW304 for options that do not fit
 * together, UW305 for a claim and UW603 for a model that does not exist, UW105 for other names.
 */
export const subjectOf = (workspace: Workspace, id: string | undefined, options: SubjectOptions): System => {
  const [model, scenario] = chosen(workspace, id, options);
  checkModel(model);
  return guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario));
};
