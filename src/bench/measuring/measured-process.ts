import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measuredEnvironment } from './environment.ts';

/** A process that has ended, with what it printed and what it took. */
export interface Finished {
  /** The exit code; undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** The time from start to end, as a clock on the wall sees it. */
  readonly wallMs: number;
  /** The processor time of all its threads, where it can be told. */
  readonly cpuMs?: number;
  /** The most memory that was resident at once, where it can be told. */
  readonly peakBytes?: number;
}

/** The folder in which a process runs, and its time limit. */
export interface RunOptions {
  readonly folder: string;
  readonly timeoutMs: number;
}

type Usage = Pick<Finished, 'cpuMs' | 'peakBytes'>;

// GNU time tells exactly (other systems have another one); without it the kernel's high-water mark is read
// now and then.
const TIME = '/usr/bin/time';
const POLL_MS = 10;

const living = new Set<number>();

const endGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

// Children are leaders of groups of their own, which a signal to this process does not reach.
process.once('exit', () => {
  for (const pid of living) endGroup(pid);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const highWater = async (pid: number): Promise<number | undefined> => {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
};

/** Returns the text of a stream once it has ended. */
const textOf = (stream: NodeJS.ReadableStream): (() => string) => {
  const parts: string[] = [];
  stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  return () => parts.join('');
};

const watch = (child: ChildProcess): (() => number | undefined) => {
  let peakBytes: number | undefined;
  const timer = setInterval(() => {
    if (child.pid !== undefined) void highWater(child.pid).then((bytes) => (peakBytes = bytes ?? peakBytes));
  }, POLL_MS);
  child.once('close', () => clearInterval(timer));
  return () => peakBytes;
};

const usageIn = async (path: string): Promise<Usage> => {
  const [, kilobytes, user, system] =
    /(\d+) ([\d.]+) ([\d.]+)\s*$/.exec(await readFile(path, 'utf8').catch(() => '')) ?? [];
  if (kilobytes === undefined) return {};
  return { peakBytes: Number(kilobytes) * 1024, cpuMs: (Number(user) + Number(system)) * 1000 };
};

/** Runs a command to its end and measures it. Throws when it cannot be started; its exit code is a result. */
export const runMeasured = async (
  command: string,
  args: readonly string[],
  { folder, timeoutMs }: RunOptions,
): Promise<Finished> => {
  const aside = await mkdtemp(join(tmpdir(), 'underwatch-time-'));
  const usagePath = join(aside, 'usage');
  const exact = process.platform === 'linux' && existsSync(TIME);
  const timed = exact ? [TIME, '-f', '%M %U %S', '-o', usagePath, command, ...args] : [command, ...args];
  const [program = command, ...rest] = timed;
  try {
    const startMs = performance.now();
    const child = spawn(program, rest, {
      cwd: folder,
      env: measuredEnvironment(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout = textOf(child.stdout);
    const stderr = textOf(child.stderr);
    const peakSeen = exact ? () => undefined : watch(child);
    let timedOut = false;
    const { pid } = child;
    if (pid !== undefined) living.add(pid);
    const timer = setTimeout(() => {
      timedOut = true;
      if (pid !== undefined) endGroup(pid);
    }, timeoutMs);
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    }).finally(() => {
      clearTimeout(timer);
      if (pid !== undefined) living.delete(pid);
    });
    const wallMs = performance.now() - startMs;
    const peakBytes = peakSeen();
    const usage = exact ? await usageIn(usagePath) : peakBytes === undefined ? {} : { peakBytes };
    return {
      exitCode: exitCode ?? undefined,
      timedOut,
      stdout: stdout(),
      stderr: stderr(),
      wallMs,
      ...usage,
    };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
};
