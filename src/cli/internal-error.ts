import { isInternal } from '../claim/engine/internal.ts';
import type { Fault } from '../model/index.ts';
import { tool } from '../model/tool.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Writes the whole text of an error that nobody expected, for its investigator. */
export const internalErrorText = (error: unknown): string =>
  [
    'underwatch has a bug: it met an error that it does not know.',
    '',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    '',
    `Please report it with the command line, the lines above, and: ${tool.name} ${tool.version}, node ${process.version}, ${process.platform}.`,
    '',
  ].join('\n');

/** Reports those of `faults` that are bugs of underwatch, each once. */
export const tellBugs = (terminal: Terminal, faults: readonly (Fault | undefined)[]): void => {
  for (const fault of new Set(faults)) {
    if (fault !== undefined && isInternal(fault)) terminal.err(internalErrorText(fault.cause));
  }
};
