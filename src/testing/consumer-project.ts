import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from './tidy/files.ts';

/** The end of a command, and all that it printed. */
export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A project outside this one that has the packed package installed, and nothing of its sources. */
export interface ConsumerProject {
  readonly folder: string;
  /** The package as it would be published. */
  readonly tarball: string;
  /** The folder of the installed package. */
  readonly installed: string;
  /** Runs a script of Node in the consumer's folder: a path from there, or one of this project's tools. */
  readonly node: (script: string, ...args: readonly string[]) => Ended;
  /** Runs one in a folder below, with paths from there. */
  readonly nodeIn: (below: string, script: string, ...args: readonly string[]) => Ended;
  /** Runs npm in a folder below. */
  readonly npmIn: (below: string, ...args: readonly string[]) => Ended;
  readonly remove: () => void;
}

// The environment of this test must not show through: a consumer has neither its colours nor its test runner.
const outsideEnvironment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|npm_)/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1', npm_config_update_notifier: 'false' };
};

const runIn = (folder: string, command: string, args: readonly string[]): Ended => {
  const ended = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: outsideEnvironment() });
  if (ended.error !== undefined) throw ended.error;
  return { exitCode: ended.status, output: ended.stdout + ended.stderr };
};

const mustRun = (folder: string, command: string, args: readonly string[]): void => {
  const { exitCode, output } = runIn(folder, command, args);
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${exitCode}:\n${output}`);
};

/** Returns the script behind a command of an installed package: `publint` for the publint command. */
export const toolPath = (packageName: string, script: string): string =>
  join(projectRoot, 'node_modules', packageName, script);

const runtimeDependencies = (folder: string): readonly string[] => {
  const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  return Object.keys(manifest.parse(JSON.parse(text)).dependencies);
};

const link = (target: string, path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
};

/** Packs the tarball that npm would publish, made of a fresh build. */
const pack = (into: string): string => {
  mustRun(projectRoot, 'npm', ['run', '--silent', 'build']);
  mustRun(projectRoot, 'npm', ['pack', '--ignore-scripts', '--pack-destination', into]);
  const tarball = readdirSync(into).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left no tarball in ${into}`);
  return join(into, tarball);
};

/**
 * Packs the package and lays a copy of `fixture` beside it, in a new folder of the system's temporary
 * folder. Packages that the package needs, and `peers`, are links to those installed here: no network.
 */
export const createConsumer = (fixture: URL, peers: readonly string[]): ConsumerProject => {
  const folder = mkdtempSync(join(tmpdir(), 'underwatch-consumer-'));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'underwatch');
  cpSync(fixture, folder, { recursive: true });
  mkdirSync(modules);
  const tarball = pack(folder);
  mustRun(folder, 'tar', ['-xzf', tarball]);
  renameSync(join(folder, 'package'), installed);
  for (const name of [...runtimeDependencies(installed), ...peers]) {
    link(join(projectRoot, 'node_modules', name), join(modules, name));
  }
  return {
    folder,
    tarball,
    installed,
    node: (script, ...args) => runIn(folder, process.execPath, [script, ...args]),
    nodeIn: (below, script, ...args) => runIn(join(folder, below), process.execPath, [script, ...args]),
    npmIn: (below, ...args) => runIn(join(folder, below), 'npm', args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
