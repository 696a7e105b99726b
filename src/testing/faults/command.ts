import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command as it was built, so that the tests kill what is shipped. `npm test` builds it. */
const BIN: string = fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));

/** The end of a process: by a code, or a signal. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The options with which a process is started. */
export interface Starting {
  readonly cwd: string;
  readonly env?: { readonly [name: string]: string };
  /** Commands of a shell that come before the command: limits, mostly. */
  readonly before?: string;
  /** The file for stdout, if it is not kept. */
  readonly stdout?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  readonly onStart?: (child: ChildProcess) => void;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Runs the command in a process of its own. */
export const run = (args: readonly string[], starting: Starting): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const { before = '', cwd, env = {}, node = [], onStart, stdout: target } = starting;
    const command = [process.execPath, ...node, BIN, ...args].map(quoted).join(' ');
    const into = target === undefined ? '' : ` >${quoted(target)}`;
    const child = spawn('/bin/sh', ['-c', `${before}\nexec ${command}${into}`], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', CI: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onStart?.(child);
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout: out.join(''), stderr: err.join('') }),
    );
  });

// In the page, timing stands with what it is of.
const TIMING_OF_PAGE = /"(durationMs|startedAt)":("[^"]*"|[\d.e-]+)/g;

/** Reads all files below a folder, by path; of the reports in JSON and of the page, all but the timing. */
export const filesIn = (folder: string): { readonly [path: string]: string } => {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true }) as string[];
  const files = paths.filter((path) => statSync(join(folder, path)).isFile()).toSorted();
  return Object.fromEntries(
    files.map((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      const timing = path.endsWith('.json') ? text.indexOf('\n  "timing": {') : -1;
      if (path.endsWith('.html')) return [path, text.replaceAll(TIMING_OF_PAGE, '"$1":0')];
      return [path, timing < 0 ? text : text.slice(0, timing)];
    }),
  );
};
