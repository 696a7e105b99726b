import type { Command } from 'commander';
import type { Claim } from '../../claim/claim.ts';
import {
  checkModel,
  Fault,
  guarded,
  systemOf,
  type AnyModel,
  type Scenario,
  type System,
  type Value,
} from '../../model/index.ts';
import { parseJson } from '../../model/text/json.ts';
import type { Workspace } from '../workspace/load-config.ts';
import { notFound } from '../names/not-found.ts';
import { isCalled } from '../names/named.ts';
import { claimCalled } from '../names/select.ts';

/** The options that name a command's model and scenario. */
export interface SubjectOptions {
  readonly claim?: string;
  readonly without?: readonly string[];
  /** False for none at all. */
  readonly capability?: readonly string[] | false;
  readonly set?: readonly string[];
}

/** Adds the argument and the options that `subjectOf` reads. */
export const withSubject = (command: Command, what = 'the model, or a claim'): Command =>
  command
    .argument('[model]', what)
    .option('--claim <id>', 'the model and the scenario of this claim')
    .option('--without <defence...>', 'switch these defences off; default: all are on')
    .option('--capability <name...>', 'capabilities of the adversary; default: all')
    .option('--no-capability', 'give the adversary no capability')
    .option('--set <name=json...>', 'parameters of the model, each with its value as JSON');

/** Returns the options that name the subject, as they were given. */
export const subjectWords = (id: string | undefined, options: SubjectOptions): readonly string[] => {
  const { claim, capability, without = [], set = [] } = options;
  return [
    ...(id === undefined ? [] : [id]),
    ...(claim === undefined ? [] : ['--claim', claim]),
    ...(without.length === 0 ? [] : ['--without', ...without]),
    ...(capability === false ? ['--no-capability'] : []),
    ...(capability === undefined || capability === false ? [] : ['--capability', ...capability]),
    ...(set.length === 0 ? [] : ['--set', ...set]),
  ];
};

const clash = (where: string, got: string): Fault =>
  new Fault('UW304', {
    where,
    expected: 'a claim, or a model with its scenario',
    got,
    likely: 'a claim has its own model and scenario',
    next: 'leave the claim out, or everything else that says what to look at',
  });

const noModel = (workspace: Workspace): Fault =>
  new Fault('UW603', {
    where: 'the model',
    expected: `one of ${workspace.models.map(({ id }) => id).join(', ')}, or a claim`,
    got: 'none',
    likely: 'an option before it that takes several values took it for one of them',
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
      const noJson = (): Fault => unreadable(setting, 'a value in JSON after the =');
      return [setting.slice(0, at), parseJson('option --set', setting.slice(at + 1), noJson) as Value];
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

/** Resolves an id alone: to a model, or else to a claim. */
const meantBy = (workspace: Workspace, id: string): AnyModel | Claim => {
  const model = workspace.models.find((one) => isCalled(one.id, id));
  if (model !== undefined) return model;
  const claims = workspace.suites.flatMap((suite) => suite.claims);
  const claim = claims.find((one) => isCalled(one.id, id));
  if (claim !== undefined) return claim;
  throw notFound(workspace, { code: 'UW603', where: 'the model', kinds: ['model', 'claim'], got: id });
};

const chosen = (
  workspace: Workspace,
  id: string | undefined,
  options: SubjectOptions,
): { readonly model: AnyModel; readonly scenario: Scenario; readonly claim?: Claim } => {
  if (id !== undefined && options.claim !== undefined) {
    throw clash('the model', `${id} and --claim ${options.claim}`);
  }
  const name = options.claim ?? id;
  if (name === undefined) throw noModel(workspace);
  const meant = options.claim === undefined ? meantBy(workspace, name) : claimCalled(workspace, name);
  if (!('scenario' in meant)) return { model: meant, scenario: scenarioOf(meant, options) };
  for (const option of ['without', 'capability', 'set'] as const) {
    if (options[option] !== undefined) throw clash(`option --${option}`, `it and claim ${meant.id}`);
  }
  return { model: meant.model, scenario: meant.scenario, claim: meant };
};

/** The subject of a command, and the claim that it was named by, if it was. */
export interface Subject {
  readonly system: System;
  readonly claim?: Claim;
}

/**
 * Makes the model in the scenario that the command line names: by default every defence is on, the adversary
 * has every capability, and the parameters are the model's. Throws UW304 for options that do not fit
 * together, UW305 for a claim and UW603 for a model that does not exist, UW105 for other names.
 */
export const subjectOf = (workspace: Workspace, id: string | undefined, options: SubjectOptions): Subject => {
  const { model, scenario, claim } = chosen(workspace, id, options);
  checkModel(model);
  const system = guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario));
  return { system, ...(claim === undefined ? {} : { claim }) };
};
