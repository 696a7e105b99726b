import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Report } from '../report.ts';

/** The models of a report, as a script that runs them in its page; or why they do not run there. */
export type PageModels =
  | { readonly kind: 'here'; readonly script: string }
  | { readonly kind: 'absent'; readonly because: string };

// Bundled, the scripts lie beside what writes pages; from source, what was built last is taken.
const FOLDER = import.meta.url.endsWith('.ts') ? '../../../dist/page/' : 'page/';

const built = (name: string): string => readFileSync(new URL(`${FOLDER}${name}`, import.meta.url), 'utf8');

/**
 * A part that a script of models is made of: what runs them, what is built in, all that a configuration can
 * import of that.
 */
export const pageScript = (name: 'runtime' | 'models' | 'parts'): string => built(`${name}.js`);

/** The ids of all models that a report is about. */
export const modelsIn = ({ claims, platforms = [] }: Report): ReadonlySet<string> => {
  const asked = platforms.flatMap(({ answers, model }) => [model, ...answers.map((answer) => answer.model)]);
  return new Set([...claims.map(({ model }) => model), ...asked.filter((id) => id !== undefined)]);
};

const builtInIds = (): readonly string[] => JSON.parse(built('models.json')) as readonly string[];

/** Whether one of these models is built in. */
export const isAboutBuiltIn = (models: ReadonlySet<string>): boolean =>
  builtInIds().some((id) => models.has(id));

/** The built-in models, where a page is about no other: no more than the package is needed for that. */
export const builtInModels = (models: ReadonlySet<string>): PageModels => {
  const known = builtInIds();
  const stranger = [...models].find((id) => !known.includes(id));
  if (stranger !== undefined) {
    const because = `model ${stranger} is not built in, and this page was written without its configuration`;
    return { kind: 'absent', because };
  }
  return { kind: 'here', script: `${pageScript('runtime')}\n${pageScript('models')}` };
};

/** A source of a page's policy of what may run in it: what has this hash. */
export const hashSource = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
