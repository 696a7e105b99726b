import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The options of a guest's start. */
export interface GuestOptions {
  readonly kernel: string;
  readonly image: Uint8Array;
  /** More of the kernel's command line. */
  readonly append?: string;
  readonly memoryMb: number;
  /** The line that the guest ends with. */
  readonly last: string;
  readonly timeLimitMs: number;
}

/** A guest that has said its last line, and stands still. */
export interface Guest {
  /** The output to its second serial port. */
  readonly output: string;
  /** Sends a command to QEMU's monitor, and returns its answer. */
  readonly monitor: (command: string) => Promise<string>;
  readonly close: () => void;
}

const connected = async (path: string): Promise<Socket> => {
  const socket = createConnection(path);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
};

/** QEMU's machine protocol: one JSON document a line. */
const monitorOf = async (path: string): Promise<Guest['monitor'] & { readonly end: () => void }> => {
  const socket = await connected(path);
  let text = '';
  socket.setEncoding('utf8').on('data', (more: string) => (text += more));
  const answer = async (): Promise<string> => {
    for (;;) {
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const found = JSON.parse(line) as { readonly return?: unknown; readonly error?: unknown };
        if (found.error !== undefined) throw new Error(line);
        if (found.return !== undefined) return typeof found.return === 'string' ? found.return : '';
      }
      await sleep(5);
    }
  };
  const run = async (command: object): Promise<string> => {
    socket.write(`${JSON.stringify(command)}\n`);
    return answer();
  };
  await run({ execute: 'qmp_capabilities' });
  const monitor = async (command: string): Promise<string> =>
    run({ execute: 'human-monitor-command', arguments: { 'command-line': command } });
  return Object.assign(monitor, { end: () => socket.destroy() });
};

const startQemu = (folder: string, options: GuestOptions): ChildProcess => {
  writeFileSync(join(folder, 'image'), options.image);
  // QEMU goes on when the test runner is killed: its time is limited from outside.
  const limit = ['-k', '5', String(Math.ceil(options.timeLimitMs / 1000) + 60)];
  const words = [
    '-machine q35,smm=on -accel tcg -smp 2 -nodefaults -vga std -display none -no-reboot',
    `-m ${options.memoryMb}`,
    `-serial file:${folder}/console -serial file:${folder}/output`,
    `-qmp unix:${folder}/qmp,server=on,wait=off`,
    `-kernel ${options.kernel} -initrd ${folder}/image -append`,
  ].flatMap((line) => line.split(' '));
  const append = `console=ttyS0 quiet panic=-1 ${options.append ?? ''}`;
  return spawn('timeout', [...limit, 'qemu-system-x86_64', ...words, append], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
};

const textOf = (path: string): string =>
  existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r', '') : '';

/** Starts a machine of QEMU's and waits until it has said its last line. The caller closes it. */
export const runGuest = async (options: GuestOptions): Promise<Guest> => {
  const folder = mkdtempSync(join(tmpdir(), 'underwatch-guest-'));
  const qemu = startQemu(folder, options);
  let complaint = '';
  qemu.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const stop = (): void => {
    qemu.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const output = join(folder, 'output');
    const untilMs = performance.now() + options.timeLimitMs;
    while (!textOf(output).split('\n').includes(options.last)) {
      if (qemu.exitCode !== null || performance.now() > untilMs)
        throw new Error(
          `the guest did not come to its end: ${complaint}\n${textOf(join(folder, 'console'))}\n${textOf(output)}`,
        );
      await sleep(100);
    }
    const monitor = await monitorOf(join(folder, 'qmp'));
    await monitor('stop');
    return {
      output: textOf(output),
      monitor,
      close: () => {
        monitor.end();
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
};
