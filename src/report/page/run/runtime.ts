import * as immer from 'immer';
import * as patterns from 'ts-pattern';
import {
  actionOf,
  assertPlain,
  booleans,
  byName,
  canonical,
  checkModel,
  defineModel,
  enabledIn,
  Fault,
  FAULTS,
  faultText,
  guarded,
  integers,
  isEnabled,
  oneOf,
  runnable,
  scenarioText,
  stepOf,
  systemOf,
  type AnyModel,
  type Scenario,
} from '../../../model/index.ts';
import { sessionOf } from './session.ts';
import type { Opened, Runner } from './situation.ts';

/** The runtime of a page's models: the same functions that the searches use, and what models import. */
interface Page {
  readonly modules: { readonly [specifier: string]: object };
  readonly missing: (name: string) => object;
  readonly add: (exported: unknown) => void;
  /** Notes that a configuration could not be loaded here. */
  readonly fail: (error: unknown) => void;
  readonly runner: Runner;
}

type Spec = { readonly id: string; readonly model: AnyModel; readonly claims: object };

const isModel = (value: unknown): value is AnyModel =>
  typeof value === 'object' && value !== null && 'initial' in value && 'actions' in value && 'id' in value;

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;

/**
 * Finds the models in the exports of a file: themselves, or in the suites and the auditors of a
 * configuration.
 */
const modelsIn = (exported: unknown): readonly AnyModel[] => {
  if (isModel(exported)) return [exported];
  if (Array.isArray(exported)) return exported.flatMap(modelsIn);
  if (!isRecord(exported)) return [];
  const { auditors, claims, default: own, model: one, models, suites } = exported;
  return [own, suites, auditors, claims, models, one].flatMap(modelsIn);
};

const known = new Map<string, AnyModel>();
let trouble: string | undefined;

/**
 * Makes a stand-in for something that a page does not have, and whatever is in it: it can be named there, but
 * not used.
 */
const missing = (name: string): object => {
  const refuse = (): never => {
    throw new Error(`${name} is not there in a page`);
  };
  return new Proxy(refuse, {
    get: (_, part) =>
      typeof part === 'symbol' || part === '__esModule' ? undefined : missing(`${name}.${part}`),
    construct: refuse,
  });
};

/**
 * Makes a part of a module: the rest of what it has in Node is missing. A bundle copies what a module has
 * itself, and inherits the rest.
 */
const partly = (specifier: string, parts: object): object =>
  Object.assign(Object.create(missing(specifier)) as object, parts);

const opened = new Map<string, Opened>();

const begin = (found: AnyModel, scenario: Partial<Scenario>): Opened => {
  try {
    return { kind: 'open', session: sessionOf(systemOf(found, scenario)) };
  } catch (error) {
    return { kind: 'refused', because: error instanceof Error ? error.message : String(error) };
  }
};

const open = (id: string, scenario: Partial<Scenario>): Opened => {
  const found = known.get(id);
  if (found === undefined) {
    return { kind: 'refused', because: trouble ?? `model ${id} is not in this page` };
  }
  const key = canonical([id, scenario]);
  const session = opened.get(key) ?? begin(found, scenario);
  opened.set(key, session);
  return session;
};

/** The functions that a model is made with. */
const contract = {
  actionOf,
  assertPlain,
  booleans,
  byName,
  canonical,
  checkModel,
  defineModel,
  enabledIn,
  Fault,
  FAULTS,
  faultText,
  guarded,
  integers,
  isEnabled,
  oneOf,
  runnable,
  scenarioText,
  stepOf,
  systemOf,
};

/** The functions that a configuration is made with; of a suite, a page needs the model alone. */
const configuring = {
  suite: ({ claims, id, model: of }: Spec) => ({
    id,
    claims: Object.keys(claims).map((claim) => ({ id: claim, model: of })),
  }),
  defineConfig: (config: object) => config,
};

const page: Page = {
  missing: (name) => partly(name, {}),
  modules: {
    immer,
    'ts-pattern': patterns,
    'underwatch/model': partly('underwatch/model', contract),
    underwatch: partly('underwatch', { ...contract, ...configuring }),
  },
  add: (exported) => {
    for (const one of modelsIn(exported)) known.set(one.id, one);
  },
  fail: (error) => {
    trouble = `the configuration does not load in a page: ${error instanceof Error ? error.message : String(error)}`;
  },
  runner: {
    get models() {
      return [...known.keys()];
    },
    open,
  },
};

Object.assign(globalThis, { underwatch: page });
