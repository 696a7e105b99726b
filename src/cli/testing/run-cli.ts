import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Returns the configuration of that name beside this file. */
export const configAt = (name: string): string => at(`./${name}.config.ts`);

/** The end of a process, and its output. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The options of a run of the command line. */
export interface Running {
  readonly cwd: string;
  readonly env?: { readonly [name: string]: string };
  /** The standard input. */
  readonly input?: string;
  /** Leaves before anything is written to stdout, as `head` may. */
  readonly closesStdout?: boolean;
  /**
   * A listener, called with the process and all that it has written to stderr so far, whenever it writes
   * there.
   */
  readonly onStderr?: (child: ChildProcess, stderr: string) => void;
  /** A listener, called with the process when it has begun. */
  readonly onStart?: (child: ChildProcess) => void;
}

// Colours, characters and width come from the test, not from where it runs.
const NEUTRAL = {
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  CI: undefined,
  GITHUB_ACTIONS: undefined,
  LC_ALL: undefined,
  LC_CTYPE: undefined,
  LANG: 'C.UTF-8',
  TERM: 'xterm',
};

/** Runs the command line as it was built, in a process of its own: `npm test` builds it first. */
export const runCli = (
  args: readonly string[],
  { cwd, env = {}, input = '', closesStdout = false, onStderr, onStart }: Running,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [at('../../../dist/bin.js'), ...args], {
      cwd,
      env: { ...process.env, ...NEUTRAL, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    onStart?.(child);
    // Most commands end without reading it.
    child.stdin.on('error', () => {}).end(input);
    if (closesStdout) child.stdout.destroy();
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      onStderr?.(child, stderr);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
