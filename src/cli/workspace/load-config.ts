import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createJiti } from 'jiti';
import type { Auditor } from '../../audit/auditor.ts';
import type { Claim, Suite } from '../../claim/claim.ts';
import type { Config } from '../../config.ts';
import type { Part } from '../../conform/part.ts';
import * as underwatch from '../../index.ts';
import { Fault, type AnyModel } from '../../model/index.ts';
import * as model from '../../model/index.ts';
import type { Study } from '../../statistics/study.ts';
import { sourcesRead, type Sources } from './sources-read.ts';
import { CONFIG_NAMES, configIn } from '../../claim/modules/config-in.ts';
import { entryFile, importedBy, SYSTEMS } from '../../claim/modules/imported.ts';

/** The workspace: all that the commands work on. */
export interface Workspace {
  readonly suites: readonly Suite[];
  readonly auditors: readonly Auditor[];
  readonly studies: readonly Study[];
  readonly parts: readonly Part[];
  /** The models of all suites and auditors. */
  readonly models: readonly AnyModel[];
  /** The sources: the configuration, what it imports, and what these read while they are loaded. */
  readonly sources: Sources;
  /** The configuration's own file; undefined where there is none. */
  readonly config?: string;
  /** The reason why the suites are the built-in ones; undefined where they are the user's own. */
  readonly builtInBecause?: string;
}

const KEYS: readonly (keyof Config)[] = ['suites', 'auditors', 'studies', 'parts'];

const unusable = (where: string, expected: string, got: string, likely: string): Fault =>
  new Fault('UW303', { where, expected, got, likely, next: 'see the README on `underwatch.config.ts`' });

/**
 * Returns the configuration that is given, or that the folder has. Throws UW301 where what is given is none.
 */
export const configPath = (folder: string, given: string | undefined): string | undefined => {
  if (given === undefined) return configIn(folder);
  const path = resolve(folder, given);
  const kind = existsSync(path) ? (statSync(path).isFile() ? 'a file' : 'a folder') : 'nothing';
  if (kind === 'a file') return path;
  throw new Fault('UW301', {
    where: given,
    expected: 'a configuration file',
    got: kind,
    likely: 'a typing error, or a path relative to another folder',
    next: `leave --config out to use ${CONFIG_NAMES[0]} of this folder, or what is built in`,
  });
};

const SYSTEM_MODULES = {
  'underwatch/models': () => import('underwatch/models'),
  'underwatch/properties': () => import('underwatch/properties'),
} as const;

/** Returns the built-in systems that a configuration imports, itself or through its imports. */
const systemsFor = async (path: string): Promise<{ readonly [specifier: string]: unknown }> => {
  const files = importedBy(path);
  const named = SYSTEMS.filter((specifier) => files.includes(entryFile(specifier)));
  return Object.fromEntries(
    await Promise.all(
      named.map(async (specifier) => [specifier, await SYSTEM_MODULES[specifier]()] as const),
    ),
  );
};

// The configuration gets the very modules that run: a second copy of them would have faults of its own
// that this one does not know. So it needs no installed package either.
const importConfig = async (path: string): Promise<unknown> => {
  const systems = await systemsFor(path);
  const jiti = createJiti(import.meta.url, {
    // Otherwise a module without a default export would pass for one.
    interopDefault: false,
    virtualModules: { underwatch, 'underwatch/model': model, ...systems },
  });
  try {
    return (await jiti.import<{ readonly default?: unknown }>(path)).default;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw unusable(
      path,
      'a module that can be loaded',
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      'a syntax error, or an import that does not resolve',
    );
  }
};

/** The verdicts that a claim may expect. */
const EXPECTED: readonly unknown[] = ['holds', 'violated', 'unresolved', 'vacuous'];

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isModel = (value: unknown): value is AnyModel =>
  isRecord(value) &&
  typeof value['id'] === 'string' &&
  isRecord(value['actions']) &&
  isRecord(value['invariants']) &&
  typeof value['initial'] === 'function';

/** Finds what a claim lacks, and has instead; undefined for a whole one. */
const lackIn = (value: unknown): readonly [expected: string, got: unknown] | undefined => {
  if (!isRecord(value)) return ['a claim', value];
  const { id, invariant, expect, scenario } = value;
  if (typeof id !== 'string') return ['the id of a claim', id];
  if (!isModel(value['model'])) return ['a model made with `defineModel`', value['model']];
  if (typeof invariant !== 'string') return ['the name of an invariant', invariant];
  if (!EXPECTED.includes(expect)) return [`to expect one of ${EXPECTED.join(', ')}`, expect];
  return isRecord(scenario) ? undefined : ['a scenario', scenario];
};

const isClaim = (value: unknown): value is Claim => lackIn(value) === undefined;

/** Checks claims. Throws UW303 for the first that cannot be one, and says why. */
const checkClaims = (path: string, suites: unknown): void => {
  for (const one of Array.isArray(suites) ? (suites as readonly unknown[]) : []) {
    const claims: unknown = isRecord(one) ? one['claims'] : undefined;
    for (const claim of Array.isArray(claims) ? (claims as readonly unknown[]) : []) {
      const lack = lackIn(claim);
      if (lack === undefined) continue;
      const name = isRecord(claim) && typeof claim['id'] === 'string' ? ` ${claim['id']}` : '';
      const [expected, got] = lack;
      const text = isRecord(got) ? `an object of ${Object.keys(got).join(', ') || 'nothing'}` : String(got);
      throw unusable(`${path}, a claim${name}`, expected, text, 'a typing error in what `suite` was given');
    }
  }
};

const isSuite = (value: unknown): value is Suite =>
  isRecord(value) &&
  typeof value['id'] === 'string' &&
  Array.isArray(value['claims']) &&
  value['claims'].every(isClaim);

const isAuditor = (value: unknown): value is Auditor =>
  isRecord(value) &&
  typeof value['id'] === 'string' &&
  typeof value['read'] === 'function' &&
  Array.isArray(value['models']) &&
  value['models'].every(isModel);

const isStudy = (value: unknown): value is Study =>
  isRecord(value) && typeof value['id'] === 'string' && Array.isArray(value['populations']);

const isPart = (value: unknown): value is Part =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['play'] === 'function';

const listOf = <T>(
  path: string,
  key: keyof Config,
  value: unknown,
  is: (item: unknown) => item is T,
): readonly T[] => {
  if (Array.isArray(value) && value.every(is)) return value;
  throw unusable(
    `${path}, ${key}`,
    `a list of ${key}`,
    Array.isArray(value) ? `a list with something else in it` : typeof value,
    `a suite is made with \`suite\`, and the configuration with \`defineConfig\``,
  );
};

const readConfig = async (path: string): Promise<Config> => {
  const config = await importConfig(path);
  if (!isRecord(config)) {
    throw unusable(
      path,
      'a default export made with `defineConfig`',
      config === undefined ? 'none' : typeof config,
      'the default export is missing',
    );
  }
  const stray = Object.keys(config).find((key) => !(KEYS as readonly string[]).includes(key));
  if (stray !== undefined) {
    throw unusable(
      `${path}, ${stray}`,
      `${KEYS.slice(0, -1).join(', ')} or ${KEYS.at(-1)}`,
      stray,
      'a typing error: what is left out is as built in, and so is what is not known by its name',
    );
  }
  const { suites, auditors, studies, parts } = config;
  checkClaims(path, suites);
  return {
    ...(suites === undefined ? {} : { suites: listOf(path, 'suites', suites, isSuite) }),
    ...(auditors === undefined ? {} : { auditors: listOf(path, 'auditors', auditors, isAuditor) }),
    ...(studies === undefined ? {} : { studies: listOf(path, 'studies', studies, isStudy) }),
    ...(parts === undefined ? {} : { parts: listOf(path, 'parts', parts, isPart) }),
  };
};

const modelsOf = (suites: readonly Suite[], auditors: readonly Auditor[]): readonly AnyModel[] => [
  ...new Set([
    ...suites.flatMap(({ claims }) => claims.map((claim) => claim.model)),
    ...auditors.flatMap(({ models }) => models),
  ]),
];

/**
 * Checks ids, which name files, options and replays: each must name one thing, in letters that any shell and
 * file system takes.
 */
const checkIds = (what: string, ids: readonly string[]): void => {
  const seen = new Set<string>();
  for (const id of ids) {
    if (!/^[A-Za-z0-9][\w.-]*$/.test(id)) {
      throw unusable(
        `${what} ${JSON.stringify(id)}`,
        'an id of letters, digits, dots, hyphens and underscores',
        id,
        'the id is used as a file name and on the command line',
      );
    }
    if (seen.has(id.toLowerCase())) {
      throw unusable(
        `${what} ${id}`,
        'an id that nothing else has',
        'two of them',
        'the same suite twice, or an id used again',
      );
    }
    seen.add(id.toLowerCase());
  }
};

/**
 * Loads `underwatch.config.ts` of `folder`, or the file given, or neither if there is no `folder` to look in;
 * what it leaves out, and everything without one, is as built in. The built-in systems take a second to load,
 * and are not loaded where none of them is `wanted`. Throws UW301 and UW303.
 */
export const loadWorkspace = async (
  folder: string | undefined,
  given: string | undefined,
  wanted: readonly (keyof Config)[],
): Promise<Workspace> => {
  const path = folder === undefined ? undefined : configPath(folder, given);
  const nothing = { loaded: {} as Config, sources: { files: [], environment: [] } };
  const { loaded: config, sources } =
    path === undefined ? nothing : await sourcesRead(path, () => readConfig(path));
  const builtIn: Required<Config> = wanted.every((key) => config[key] !== undefined)
    ? { suites: [], auditors: [], studies: [], parts: [] }
    : await import('underwatch/properties');
  const suites = config.suites ?? builtIn.suites;
  const auditors = config.auditors ?? builtIn.auditors;
  const studies = config.studies ?? builtIn.studies;
  const parts = config.parts ?? builtIn.parts;
  const models = modelsOf(suites, auditors);
  checkIds(
    'suite',
    suites.map(({ id }) => id),
  );
  checkIds(
    'claim',
    suites.flatMap(({ claims }) => claims.map(({ id }) => id)),
  );
  checkIds(
    'model',
    models.map(({ id }) => id),
  );
  checkIds(
    'study',
    studies.map(({ id }) => id),
  );
  checkIds(
    'part',
    parts.map(({ id }) => id),
  );
  const reason =
    path === undefined ? `there is no ${CONFIG_NAMES[0]} in this folder` : `${path} has no suites`;
  return {
    suites,
    auditors,
    studies,
    parts,
    models,
    sources,
    ...(path === undefined ? {} : { config: path }),
    ...(config.suites === undefined ? { builtInBecause: reason } : {}),
  };
};
