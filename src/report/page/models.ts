import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Report } from '../report.ts';

/**
 * The models of a report, as a script that runs them in its page; or the reason why they do not run there.
 */
export type PageModels =
  | { readonly kind: 'here'; readonly script: string }
  | { readonly kind: 'absent'; readonly because: string };

// Bundled, the scripts lie beside what writes pages; from source, what was built last is taken.
const FOLDER = import.meta.url.endsWith('.ts') ? '../../../dist/page/' : 'page/';

const built = (name: string): string => readFileSync(new URL(`${FOLDER}${name}`, import.meta.url), 'utf8');

/**
 * Reads a part of a script of models: the runtime, the built-in models, or all that a configuration can
 * import of them.
 */
export const pageScript = (name: 'runtime' | 'models' | 'parts'): string => built(`${name}.js`);

/** Returns the ids of all models that a report is about. */
export const modelsIn = ({ claims, platforms = [] }: Report): ReadonlySet<string> => {
  const asked = platforms.flatMap(({ answers, model }) => [model, ...answers.map((answer) => answer.model)]);
  return new Set([...claims.map(({ model }) => model), ...asked.filter((id) => id !== undefined)]);
};

const builtInIds = (): readonly string[] => JSON.parse(built('models.json')) as readonly string[];

/** Whether one of these models is built in. */
export const isAboutBuiltIn = (models: ReadonlySet<string>): boolean =>
  builtInIds().some((id) => models.has(id));

/** Returns the built-in models, where a page is about no others: these need no more than the package. */
export const builtInModels = (models: ReadonlySet<string>): PageModels => {
  const known = builtInIds();
  const stranger = [...models].find((id) => !known.includes(id));
  if (stranger !== undefined) {
    const because = `model ${stranger} is not built in, and this page was written without its configuration`;
    return { kind: 'absent', because };
  }
  return { kind: 'here', script: `${pageScript('runtime')}\n${pageScript('models')}` };
};

/** Returns the source expression of a page's policy that allows a script with this hash. */
export const hashSource = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
