import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { Fault } from '../../model/index.ts';

/** Who holds a lock: numbers of processes come again, so that the start of one belongs to its name. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When it was started, as the system counts it; empty where that cannot be known. */
  readonly started: string;
}

/** When a process was started, in ticks since the machine was; empty where there is no /proc, or no such process. */
const startOf = (pid: number): string => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // A program's name, in brackets, may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const isAlive = ({ host, pid, started }: Holder): boolean => {
  // Of another machine nothing is known.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return started === '' || started === startOf(pid);
};

/** Who holds the lock at `path`; undefined where nobody does, or it cannot be read. */
const holderOf = (path: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
};

const isExisting = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

const taken = (folder: string, { host, pid }: Holder): Fault =>
  new Fault('UW332', {
    where: folder,
    expected: 'a folder that no other run works in',
    got: `one that process ${pid} on ${host} works in`,
    likely: 'the same command is running already',
    next: 'wait until it has ended, or name another folder',
  });

/** Puts a file at `path`, whole at once, unless there is one. */
const place = (path: string, text: string): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    linkSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
};

/**
 * Takes the lock of `folder`, the file at `path`, which is there; what is returned lets it go, and so does the end of the
 * process. That of a process that is no more is taken over. Throws UW332 if another one holds it, and the file system's
 * error where it cannot be written.
 */
export const lock = (folder: string, path: string): (() => void) => {
  const own: Holder = { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  const text = JSON.stringify(own);
  for (let turn = 0; ; turn += 1) {
    try {
      place(path, text);
      break;
    } catch (error) {
      if (!isExisting(error) || turn > 2) throw error;
      const holder = holderOf(path);
      if (holder !== undefined && isAlive(holder)) throw taken(folder, holder);
      rmSync(path, { force: true });
    }
  }
  const release = (): void => {
    process.off('exit', release);
    if (holderOf(path)?.pid === process.pid) rmSync(path, { force: true });
  };
  process.on('exit', release);
  return release;
};
