// What runs in a page: the page itself, and what lets the models run in it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A source of the page's own policy of what may run in it: what has this hash. */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** How everything that runs in a page is built. */
const FOR_PAGES = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'ascii',
  define: { 'process.env.NODE_ENV': '"production"' },
  write: false,
  logLevel: 'warning',
};

/**
 * The page of a report: its script and its style in one document, which lets nothing else run and asks no
 * network.
 */
export const pageOf = async () => {
  const app = join(root, 'src/report/page/app');
  const { outputFiles: built } = await build({
    ...FOR_PAGES,
    entryPoints: [join(app, 'main.tsx'), join(app, 'style.css')],
    tsconfig: join(app, 'tsconfig.json'),
  });
  const textOf = (ending) => built.find(({ path }) => path.endsWith(ending)).text.trim();
  const [script, style] = [textOf('.js'), textOf('.css')];
  const filled = { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) };
  return readFileSync(join(app, 'page.html'), 'utf8').replaceAll(
    /%(\w+)%/g,
    (_, name) => filled[name] ?? `%${name}%`,
  );
};

/** Where Node is not, `x-in-page.ts` takes the place of `x.ts`. */
const standIns = {
  name: 'stand-ins',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const standIn = resolve(resolveDir, path.replace(/\.ts$/, '-in-page.ts'));
      return existsSync(standIn) ? { path: standIn } : undefined;
    }),
};

/** What models import is there once, in what runs them. */
const fromRuntime = {
  name: 'from-runtime',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^(immer|ts-pattern|underwatch|underwatch\/model)$/ }, ({ path }) => ({
      path,
      namespace: 'page',
    }));
    onLoad({ filter: /./, namespace: 'page' }, ({ path }) => ({
      contents: `module.exports = globalThis.underwatch.modules[${JSON.stringify(path)}]`,
    }));
  },
};

const scriptOf = async (source, plugins) => {
  const {
    outputFiles: [{ text }],
  } = await build({
    ...FOR_PAGES,
    ...source,
    external: ['node:*'],
    plugins,
  });
  return text.trim();
};

const inline = (contents) => ({ stdin: { contents, resolveDir: root, loader: 'ts' } });

/** The names of models among what the package exports of its systems. */
const namesOfModels = async (bundle) => {
  const exported = await import(pathToFileURL(bundle).href);
  return Object.keys(exported).filter((name) => typeof exported[name]?.initial === 'function');
};

/**
 * What runs models in a page: the functions that the searches use; the built-in models; and all that a
 * configuration can import of them. They are run here: what needs Node does not get into a page. `bundle` is
 * the package's entry of models.
 */
export const pageScripts = async (bundle) => {
  const names = await namesOfModels(bundle);
  const runtime = await scriptOf({ entryPoints: ['src/report/page/run/runtime.ts'] }, [standIns]);
  const models = await scriptOf(
    inline(
      `import { ${names.join()} } from './models/index.ts'; globalThis.underwatch.add([${names.join()}])`,
    ),
    [fromRuntime],
  );
  const parts = await scriptOf(
    inline(
      `import * as models from './models/index.ts'; globalThis.underwatch.modules['underwatch/models'] = models`,
    ),
    [fromRuntime],
  );
  const realm = runInNewContext(`${runtime}\n${models}\n${parts}\nglobalThis.underwatch`, { performance });
  const ids = JSON.stringify(realm.runner.models);
  return { 'runtime.js': runtime, 'models.js': models, 'parts.js': parts, 'models.json': ids };
};
