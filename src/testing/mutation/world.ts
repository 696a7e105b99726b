import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { transformSync } from 'esbuild';

/** The exports of a module. */
export type Exports = { readonly [name: string]: unknown };

/** The cell that a module puts its exports into. */
interface Cell {
  exports: Exports;
}

type Run = (require: (specifier: string) => unknown, module: Cell, exports: Exports) => void;

interface Compiled {
  readonly run: Run;
  /** The modules of the project that it imports. */
  readonly imports: readonly string[];
}

/** A world: the project's modules, some of them with another text than that of their files. */
export interface World {
  /**
   * Returns the exports of the module at `path`; it and what it imports run when they are first asked for.
   */
  readonly load: (path: string) => Exports;
}

/** Makes worlds of one project. Modules that are the same in two worlds are compiled once, and run once. */
export interface Worlds {
  /** Returns all modules that `path` needs, itself first. */
  readonly closureOf: (path: string) => readonly string[];
  readonly textOf: (path: string) => string;
  readonly original: World;
  readonly withTexts: (texts: ReadonlyMap<string, string>) => World;
}

const compile = (path: string, text: string): Compiled => {
  const { code } = transformSync(text, {
    loader: 'ts',
    format: 'cjs',
    target: 'node20.19',
    sourcefile: path,
  });
  const imports = [...code.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, specifier]) =>
    posix.join(posix.dirname(path), specifier!),
  );
  // To run changed texts is what this is for.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval
  const run = new Function('require', 'module', 'exports', `${code}\n//# sourceURL=${path}`) as Run;
  return { run, imports };
};

/**
 * Makes worlds of the project at `root`. Packages, the project's own among them, are those in `packages`, by
 * the names under which they are imported, else those that Node finds.
 */
export const createWorlds = (root: string, packages: { readonly [name: string]: unknown }): Worlds => {
  const needed = createRequire(join(root, 'package.json'));
  const texts = new Map<string, string>();
  const compiled = new Map<string, Compiled>();
  const lastChanged = new Map<string, { readonly text: string; readonly code: Compiled }>();
  const textOf = (path: string): string => {
    const text = texts.get(path) ?? readFileSync(join(root, path), 'utf8');
    texts.set(path, text);
    return text;
  };
  const compiledOf = (path: string): Compiled => {
    const known = compiled.get(path) ?? compile(path, textOf(path));
    compiled.set(path, known);
    return known;
  };
  /** An instrumented text is loaded many times, a mutant once. */
  const changedOf = (path: string, text: string): Compiled => {
    const last = lastChanged.get(path);
    const code = last?.text === text ? last.code : compile(path, text);
    lastChanged.set(path, { text, code });
    return code;
  };
  const closures = new Map<string, ReadonlySet<string>>();
  const closureOf = (path: string): ReadonlySet<string> => {
    const known = closures.get(path);
    if (known !== undefined) return known;
    const closure = new Set([path, ...compiledOf(path).imports.flatMap((one) => [...closureOf(one)])]);
    closures.set(path, closure);
    return closure;
  };

  const worldOf = (changed: ReadonlyMap<string, string>, below: World | undefined): World => {
    const loaded = new Map<string, Cell>();
    const isSame = (path: string): boolean => {
      for (const one of changed.keys()) if (closureOf(path).has(one)) return false;
      return true;
    };
    const load = (path: string): Exports => {
      if (below !== undefined && isSame(path)) return below.load(path);
      const known = loaded.get(path);
      if (known !== undefined) return known.exports;
      const cell: Cell = { exports: {} };
      loaded.set(path, cell);
      const text = changed.get(path);
      const { run } = text === undefined ? compiledOf(path) : changedOf(path, text);
      const require = (specifier: string): unknown => {
        if (specifier.startsWith('.')) return load(posix.join(posix.dirname(path), specifier));
        return packages[specifier] ?? needed(specifier);
      };
      const { exports } = cell;
      run(require, cell, exports);
      return cell.exports;
    };
    return { load };
  };
  const original = worldOf(new Map(), undefined);
  return {
    closureOf: (path) => [...closureOf(path)],
    textOf,
    original,
    withTexts: (changed) => worldOf(changed, original),
  };
};
