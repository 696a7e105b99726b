import { builtinModules } from 'node:module';
import { dirname } from 'node:path';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import { builtInModels, isAboutBuiltIn, pageScript, type PageModels } from '../../report/page/models.ts';

/**
 * The imports of models and configurations that a page has already, and those of which it has only a name.
 */
const IN_PAGE = /^(?:immer|ts-pattern|underwatch|underwatch\/\w+)$/;

/** A configuration as a script for a page, and whether it takes parts of the built-in models. */
type Bundled =
  | { readonly kind: 'script'; readonly script: string; readonly takesParts: boolean }
  | { readonly kind: 'failed'; readonly because: string };

const placeIn = ({ location }: Message): string =>
  location === null ? '' : ` (${location.file}, line ${location.line})`;

const whyNot = (error: unknown): string => {
  const [first] = (error as Partial<BuildFailure>).errors ?? [];
  return first === undefined ? String(error) : `${first.text.split('\n')[0]}${placeIn(first)}`;
};

const fromPage = (found: Set<string>): Plugin => ({
  name: 'from-page',
  setup: (build) => {
    build.onResolve({ filter: IN_PAGE }, ({ path }) => {
      found.add(path);
      return { path, namespace: 'page' };
    });
    build.onResolve({ filter: /./ }, ({ path }) =>
      path.startsWith('node:') || builtinModules.includes(path) ? { path, namespace: 'page' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'page' }, ({ path }) => {
      const name = JSON.stringify(path);
      return {
        contents: `module.exports = globalThis.underwatch.modules[${name}] ?? globalThis.underwatch.missing(${name})`,
      };
    });
  },
});

/** Bundles the configuration at `path` from its sources, as they stand. */
const bundled = async (path: string): Promise<Bundled> => {
  const found = new Set<string>();
  try {
    const { build } = await import('esbuild');
    const { outputFiles } = await build({
      absWorkingDir: dirname(path),
      stdin: {
        contents: `import * as config from ${JSON.stringify(path)};\nglobalThis.underwatch.add(config);`,
        resolveDir: dirname(path),
      },
      bundle: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      charset: 'ascii',
      legalComments: 'none',
      plugins: [fromPage(found)],
      write: false,
      logLevel: 'silent',
    });
    return {
      kind: 'script',
      script: outputFiles[0]?.text.trim() ?? '',
      takesParts: found.has('underwatch/models'),
    };
  } catch (error) {
    return { kind: 'failed', because: whyNot(error) };
  }
};

/**
 * Makes the models that run in a page that is about these: those that are built in, and those of the
 * configuration at `config`, bundled from its sources. Without them the page says why.
 */
export const pageModels = async (
  about: ReadonlySet<string>,
  config: string | undefined,
): Promise<PageModels> => {
  const builtIn = builtInModels(about);
  if (config === undefined) return builtIn;
  const own = await bundled(config);
  if (own.kind === 'failed') {
    if (builtIn.kind === 'here') return builtIn;
    return { kind: 'absent', because: `the configuration does not load in a page: ${own.because}` };
  }
  const scripts = [
    pageScript('runtime'),
    ...(isAboutBuiltIn(about) ? [pageScript('models')] : []),
    ...(own.takesParts ? [pageScript('parts')] : []),
    `try{${own.script}}catch(error){globalThis.underwatch.fail(error)}`,
  ];
  return { kind: 'here', script: scripts.join('\n') };
};
