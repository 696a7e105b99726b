import { spawn, spawnSync, type ChildProcessWithoutNullStreams as Child } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Fault } from '../../model/index.ts';
import type { Machine, Oracle, MachineStep } from '../machine.ts';
import type { Operation } from '../operation.ts';
import { linesOf, valueOf } from './qtest.ts';

const PROGRAM = 'qemu-system-x86_64';

/**
 * A q35 with SMRAM, paused: its processor never runs. Without a graphics card A0000h would never be hidden.
 */
const MACHINE: readonly string[] =
  '-machine q35,smm=on -accel tcg -S -m 32 -nodefaults -vga std -display none -qtest stdio -qtest-log none'.split(
    ' ',
  );

// QEMU dies with this process even if that is killed: by util-linux's setpriv, where there is one.
const withParent = (command: readonly string[]): readonly [string, ...string[]] =>
  process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0
    ? ['setpriv', '--pdeathsig', 'KILL', ...command]
    : (command as readonly [string, ...string[]]);

const failed = (got: string): Fault =>
  new Fault('UW440', {
    where: PROGRAM,
    expected: 'a machine that answers to the qtest protocol',
    got,
    likely: 'another version of QEMU, or a machine without memory for it',
    next: 'run `underwatch doctor`, or install the Debian package qemu-system-x86',
  });

/** Makes a function that sends lines to a process, and returns the answers in the order of the lines. */
const conversation = (child: Child): ((lines: readonly string[]) => Promise<readonly string[]>) => {
  const answers: string[] = [];
  let errors = '';
  let wanted = 0;
  let settle: (() => void) | undefined;
  const check = (): void => {
    if (answers.length >= wanted || child.exitCode !== null || child.signalCode !== null) settle?.();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Interrupts are told unasked.
    if (line.startsWith('IRQ')) return;
    answers.push(line);
    check();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-500);
  });
  child.on('exit', check);
  child.on('error', (error) => {
    errors = error.message;
    check();
  });
  // A write after its death fails; its exit is told instead.
  child.stdin.on('error', () => undefined);
  return async (lines) => {
    wanted = lines.length;
    answers.length = 0;
    const done = new Promise<void>((resolve) => {
      settle = resolve;
    });
    child.stdin.write(`${lines.join('\n')}\n`);
    check();
    await done;
    if (answers.length < wanted) throw failed(errors.trim() || `an end after ${answers.length} answers`);
    return answers.slice(0, wanted);
  };
};

/** Returns the lines of a piece of work, and which of them have the value of an observation. */
const scriptOf = ({
  observations: looks,
  operation,
}: MachineStep): { readonly lines: readonly string[]; readonly at: ReadonlySet<number> } => {
  const lines = operation === undefined ? [] : [...linesOf(operation)];
  const at = new Set<number>();
  for (const look of looks) {
    lines.push(...linesOf(look));
    at.add(lines.length - 1);
  }
  return { lines, at };
};

const isReset = (operation: Operation | undefined): boolean => operation?.kind === 'reset';

const valueIn = (answer: string): number => {
  const value = valueOf(answer);
  if (value === undefined) throw failed(`the answer ${answer}`);
  return value;
};

const machineOf = (child: Child): Machine => {
  const ask = conversation(child);
  /** Asks all lines of several pieces of work at once. */
  const runAtOnce = async (work: readonly MachineStep[]): Promise<readonly (readonly number[])[]> => {
    if (work.length === 0) return [];
    const scripts = work.map(scriptOf);
    const all = scripts.flatMap(({ lines }) => lines);
    const answers = all.length === 0 ? [] : await ask(all);
    let base = 0;
    return scripts.map(({ at, lines }) => {
      const own = answers.slice(base, base + lines.length);
      const values = own.filter((_, line) => at.has(line)).map(valueIn);
      base += lines.length;
      return values;
    });
  };
  return {
    run: async (work) => {
      const results: (readonly number[])[] = [];
      // A reset happens once the commands that came with it are through: it comes alone.
      let gathered: MachineStep[] = [];
      for (const piece of work) {
        if (!isReset(piece.operation)) {
          gathered.push(piece);
          continue;
        }
        results.push(...(await runAtOnce(gathered)));
        gathered = [{ operation: undefined, observations: piece.observations }];
        await ask(linesOf({ kind: 'reset' }));
      }
      results.push(...(await runAtOnce(gathered)));
      return results;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

/**
 * QEMU's q35 machine, whose registers and memory are reached through the qtest protocol; no processor runs.
 */
export const qemuQ35: Oracle = {
  name: 'qemu-q35',
  installs: 'the Debian package qemu-system-x86',
  version: () => {
    const { error, stdout } = spawnSync(PROGRAM, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    return error === undefined ? /version (\S+)/.exec(stdout)?.[1] : undefined;
  },
  start: async () => {
    const [command, ...args] = withParent([PROGRAM, ...MACHINE]);
    return machineOf(spawn(command, args, { stdio: 'pipe' }));
  },
};
