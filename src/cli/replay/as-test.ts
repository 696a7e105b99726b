import { dirname, posix, relative, resolve, sep } from 'node:path';
import { counted } from '../../attack/words.ts';
import type { AnyModel } from '../../model/index.ts';
import { shown } from '../../model/shown.ts';
import type { AttackFile } from '../../report/attack-file.ts';
import type { Replayed } from '../../report/corpus/replay.ts';
import { lengthOf } from '../../search/result.ts';
import { configIn } from '../../claim/modules/config-in.ts';
import type { Workspace } from '../workspace/load-config.ts';

/** The import of a test, and how it gets the models from that. */
interface ModelsFrom {
  readonly importLine: string;
  readonly suites: string;
  readonly auditors: string;
}

const literal = (value: unknown): string => {
  const text = shown(JSON.stringify(value));
  return typeof value === 'string'
    ? `'${text
        .slice(1, -1)
        .replaceAll(String.raw`\"`, '"')
        .replaceAll("'", String.raw`\'`)}'`
    : text;
};

/** Writes a path as an import from the file `test`. */
const specifier = (test: string, path: string): string => {
  const way = relative(dirname(resolve(test)), resolve(path))
    .split(sep)
    .join(posix.sep);
  return way.startsWith('.') ? way : `./${way}`;
};

/**
 * Finds where a test gets `model` from: the configuration that was named or is in this folder, or the
 * built-in models.
 */
export const modelsFrom = async (
  { suites }: Workspace,
  model: AnyModel,
  config: string | undefined,
  test: string,
): Promise<ModelsFrom> => {
  const path = config ?? configIn(process.cwd());
  const isOwn = suites.some(({ claims }) => claims.some((claim) => claim.model === model));
  const builtIn = await import('underwatch/properties');
  const isBuiltIn = [
    ...builtIn.suites.flatMap(({ claims }) => claims.map((claim) => claim.model)),
    ...builtIn.auditors.flatMap(({ models }) => models),
  ].includes(model);
  return path === undefined || (isBuiltIn && !isOwn)
    ? {
        importLine: "import { auditors, suites } from 'underwatch/properties';",
        suites: 'suites',
        auditors: 'auditors',
      }
    : {
        importLine: `import config from ${literal(specifier(test, path))};`,
        suites: '(config.suites ?? [])',
        auditors: '(config.auditors ?? [])',
      };
};

/**
 * Writes a recorded attack as a Vitest test that runs by itself, and tests the present state: that it works
 * or that it does not.
 */
export const testText = (file: AttackFile, outcome: Replayed, from: ModelsFrom): string => {
  const { claim, initial, invariant, kind, model, onward, scenario, steps } = file;
  const works = outcome.kind === 'works';
  const told = outcome.kind === 'refused' ? [] : outcome.attack.steps;
  const verb = kind === 'attack' ? 'break' : 'show';
  const name = `${claim}: ${counted(lengthOf(file), 'step')} ${works ? `${verb}${lengthOf(file) === 1 ? 's' : ''}` : `no longer ${verb}`} ${invariant}`;
  return `${[
    `// ${shown(name)}. Written by \`underwatch replay --as-test\`; it needs no search and no other file of an attack.`,
    "import { Fault, statesOf, systemOf, violatesOrWitnesses, type AnyModel, type Scenario, type Trace } from 'underwatch';",
    "import { expect, test } from 'vitest';",
    from.importLine,
    '',
    `const scenario: Scenario = ${literal(scenario)};`,
    '',
    'const trace: Trace = {',
    `  initial: ${initial},`,
    '  steps: [',
    ...steps.flatMap(({ action, choice }, at) => [
      ...(told[at] === undefined ? [] : [`    // ${at + 1}. ${shown(`${told[at].actor} ${told[at].text}`)}`]),
      `    { action: ${literal(action)}, choice: ${literal(choice)} },`,
    ]),
    '  ],',
    ...(onward === undefined ? [] : [`  onward: ${literal(onward)},`]),
    '};',
    '',
    'const models: readonly AnyModel[] = [',
    `  ...${from.suites}.flatMap(({ claims }) => claims.map((claim) => claim.model)),`,
    `  ...${from.auditors}.flatMap((auditor) => auditor.models),`,
    '];',
    '',
    '/** Whether each step is possible, and the steps do what they did when they were recorded. */',
    'const works = (): boolean => {',
    `  const model = models.find(({ id }) => id === ${literal(model)});`,
    `  if (model === undefined) throw new Error(${literal(`there is no model ${model}`)});`,
    '  const system = systemOf(model, scenario);',
    '  try {',
    `    return violatesOrWitnesses(system, ${literal(invariant)}, statesOf(system, trace));`,
    '  } catch (error) {',
    '    // A step that is not possible any more.',
    "    if (error instanceof Fault && error.code === 'UW503') return false;",
    '    throw error;',
    '  }',
    '};',
    '',
    `test(${literal(name)}, () => {`,
    `  expect(works()).toBe(${works});`,
    '});',
  ].join('\n')}\n`;
};
