import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runMeasured } from './measured-process.ts';

/** The availability of a contender here. */
export type Availability =
  | { readonly kind: 'available'; readonly version: string }
  | { readonly kind: 'not-installed'; readonly tool: string; readonly install: string };

const execute = promisify(execFile);

/** A command of another project, and how to get it. */
export interface Tool {
  readonly command: string;
  readonly versionArgs: readonly string[];
  readonly install: string;
}

const debian = (command: string, ...versionArgs: readonly string[]): Tool => ({
  command,
  versionArgs,
  install: `the Debian package ${command}`,
});

/** Spin, which generates a verifier in C. */
export const spinTool: Tool = debian('spin', '-V');
/** Rumur, which generates a verifier, too. */
export const rumurTool: Tool = debian('rumur', '--version');
/** The compiler that they need. */
export const gccTool: Tool = debian('gcc', '-dumpfullversion');

/** Returns the version that a tool states; undefined when it cannot be run. */
export const versionOf = async ({ command, versionArgs }: Tool): Promise<string | undefined> => {
  try {
    const { stdout } = await execute(command, versionArgs);
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim();
  } catch {
    return undefined;
  }
};

/** Whether all of `tools` can be run; the version is that of the first. */
export const availabilityOf = async (tools: readonly Tool[]): Promise<Availability> => {
  const versions = await Promise.all(tools.map(versionOf));
  const missing = tools.find((_, index) => versions[index] === undefined);
  if (missing !== undefined) {
    return { kind: 'not-installed', tool: missing.command, install: missing.install };
  }
  return { kind: 'available', version: versions[0] ?? '' };
};

const PREPARE_TIMEOUT_MS = 300_000;

/**
 * Runs the commands one after the other and returns how long they took. Throws the output of one that fails.
 */
export const prepareWith = async (
  commands: readonly (readonly [command: string, ...args: readonly string[]])[],
  folder: string,
): Promise<number> => {
  let prepareMs = 0;
  for (const [command, ...args] of commands) {
    const finished = await runMeasured(command, args, { folder, timeoutMs: PREPARE_TIMEOUT_MS });
    prepareMs += finished.wallMs;
    if (finished.exitCode === 0) continue;
    throw new Error(`${command} failed: ${`${finished.stdout}${finished.stderr}`.slice(-500)}`);
  }
  return prepareMs;
};

/** Returns the number that `pattern` captures in a tool's output. Throws when it is not there. */
export const numberIn = (text: string, pattern: RegExp, what: string): number => {
  const [, digits] = pattern.exec(text) ?? [];
  if (digits === undefined) throw new Error(`no ${what} in what was printed: ${text.slice(-500)}`);
  return Number(digits);
};
