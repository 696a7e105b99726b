import { linkSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { Fault } from '../../model/index.ts';

/** The holder of a lock: process numbers come again, so that the process's start belongs to its name. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** The start of the process, as the system counts it; empty where that cannot be known. */
  readonly started: string;
  /** The time at which it took the lock. */
  readonly since: string;
}

interface ProcessEntry {
  readonly state: string;
  readonly started: string;
}

/** Reads the system's entry of a process; undefined where there is no /proc, or no such process. */
const processEntry = (pid: number): ProcessEntry | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // A program's name, in brackets, may hold anything.
    const parts = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: parts[0] ?? '', started: parts[19] ?? '' };
  } catch {
    return undefined;
  }
};

const isAlive = ({ host, pid, started }: Holder): boolean => {
  // Nothing is known of processes of another machine.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const entry = processEntry(pid);
  // One that was killed keeps its number until somebody asks how it ended.
  if (entry?.state === 'Z' || entry?.state === 'X') return false;
  return started === '' || started === (entry?.started ?? '');
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/**
 * Reads a file; undefined where there is none. It reads nothing but files: a pipe would be waited for without
 * end.
 */
const textAt = (path: string): string | undefined => {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const holderIn = (text: string): Holder | undefined => {
  try {
    const { host, pid, started, since } = JSON.parse(text) as Partial<Holder>;
    if (typeof host !== 'string' || typeof pid !== 'number') return undefined;
    return { host, pid, started: String(started ?? ''), since: String(since ?? 'some time ago') };
  } catch {
    return undefined;
  }
};

const taken = (what: string, path: string, { host, pid, since }: Holder): Fault =>
  new Fault('UW332', {
    where: what,
    expected: 'a place that no other run writes to',
    got: `process ${pid} on ${host} writes to it since ${since}`,
    likely: 'the same command is running already',
    next:
      host === hostname()
        ? 'wait until it has ended, or name another folder'
        : `wait until it has ended, or name another folder; if it was killed there, remove ${path}`,
  });

/** Errors of file systems that have no second names for a file. */
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']);

/** Puts a file at `path`, whole at once, and returns whether there was none. */
const isPlaced = (path: string, text: string): boolean => {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    // Not where a link may lead.
    rmSync(temporary, { force: true });
    writeFileSync(temporary, text, { flag: 'wx' });
    try {
      linkSync(temporary, path);
    } catch (error) {
      if (!NO_LINKS.has(codeOf(error) ?? '')) throw error;
      writeFileSync(path, text, { flag: 'wx' });
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
};

const PAUSE_MS = 5;
/** The most looks at a lock that nobody can read, or that somebody takes over, before it is given up. */
const MOST_LOOKS = 100;

const pause = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);

/**
 * Removes the lock `seen` at `path`, of a process that has ended: one process at a time, and only that lock.
 * Where there is none any more, or another one, somebody was faster, and may be about to place its own.
 */
const removeDead = (path: string, text: string, seen: string): void => {
  const guard = `${path}.dead`;
  if (enter(guard, text) !== undefined) return pause();
  try {
    if (textAt(path) === seen) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
};

/** Takes the lock at `path`; returns its holder where somebody else has it. */
const enter = (path: string, text: string): Holder | undefined => {
  for (let looks = 0; ; looks += 1) {
    if (isPlaced(path, text)) return undefined;
    const there = textAt(path);
    if (there === undefined) continue;
    const holder = holderIn(there);
    if (holder !== undefined && (isAlive(holder) || looks >= MOST_LOOKS)) return holder;
    // If it could not be put there whole at once, it may still be written.
    if (holder === undefined && looks < MOST_LOOKS) pause();
    else removeDead(path, text, there);
  }
};

/**
 * Takes the lock of `what`, the file at `path` in a folder that exists. The returned function releases it,
 * and so does the end of the process. The lock of a process that has ended is taken over, by one process if
 * several try. Throws UW332 if another one holds it, and the file system's error where it cannot be written.
 */
export const lock = (what: string, path: string): (() => void) => {
  const own: Holder = {
    host: hostname(),
    pid: process.pid,
    started: processEntry(process.pid)?.started ?? '',
    since: new Date().toISOString(),
  };
  const text = JSON.stringify(own);
  const holder = enter(path, text);
  if (holder !== undefined) throw taken(what, path, holder);
  let isHeld = true;
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    process.off('exit', release);
    try {
      if (textAt(path) === text) rmSync(path, { force: true });
    } catch {
      // The folder is gone, or no longer ours.
    }
  };
  process.on('exit', release);
  return release;
};
