import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BatchMessage, BatchOptions } from './batch.ts';

const BATCH = fileURLToPath(new URL('batch.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

/** The time that a process may take to load what it needs, in milliseconds, on a machine that is busy. */
const START_MS = 60_000;

/** The end of a batch: after all of its models, by an error, or because one of them took too long. */
export type BatchEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly said: string }
  | { readonly kind: 'hung' };

/**
 * Runs a batch in a process of its own, which is ended when nothing is heard of it for `limitMs`: an engine
 * that does not answer, a loop of a model that was made smaller.
 */
export const runBatch = (
  options: BatchOptions,
  limitMs: number,
  onMessage: (message: BatchMessage) => void,
): Promise<BatchEnd> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', TSX, BATCH, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let hung = false;
    const monitor = (ms: number): NodeJS.Timeout =>
      setTimeout(() => {
        hung = true;
        child.kill('SIGKILL');
      }, ms);
    let timer = monitor(Math.max(limitMs, START_MS));
    let rest = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      clearTimeout(timer);
      timer = monitor(limitMs);
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onMessage(JSON.parse(line) as BatchMessage);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(hung ? { kind: 'hung' } : code === 0 ? { kind: 'done' } : { kind: 'failed', said });
    });
  });
