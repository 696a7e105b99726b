import { shown } from '../../model/shown.ts';
import type { Terminal } from './terminal.ts';

/** A line that shows how far a run has come. */
export interface ProgressLine {
  readonly show: (text: string) => void;
  /** Removes a drawn line from the terminal. */
  readonly clear: () => void;
}

const REDRAW_MS = 100;
const FIRST_LINE_MS = 2000;
const LINE_MS = 10_000;

/**
 * Makes a progress line that is drawn again and again on a terminal; elsewhere a plain line after two seconds
 * and every ten from then on.
 */
export const createProgress = (terminal: Terminal, silent: boolean): ProgressLine => {
  if (silent) return { show: () => undefined, clear: () => undefined };
  const { err, paintErr, redraws, widthErr } = terminal;
  let lastMs = redraws ? -Infinity : performance.now() + FIRST_LINE_MS - LINE_MS;
  let drawn = false;
  return {
    show: (text) => {
      const nowMs = performance.now();
      if (nowMs - lastMs < (redraws ? REDRAW_MS : LINE_MS)) return;
      lastMs = nowMs;
      const line = shown(text).slice(0, widthErr - 1);
      err(redraws ? `\r\u001B[2K${paintErr.dim(line)}` : `${line}\n`);
      drawn = redraws;
    },
    clear: () => {
      if (drawn) err('\r\u001B[2K');
      drawn = false;
    },
  };
};
