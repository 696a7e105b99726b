import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LogFile } from '../../boards/index.ts';

/** The folder of real boards' logs, beside the repository: one folder a board, named by its id. */
const folder: string = fileURLToPath(new URL('../../../../../shared/platforms/', import.meta.url));

/** Whether the logs are there; they are too large, and not ours, to be in the repository. */
export const hasDumps: boolean = existsSync(folder);

/** Whether tests may leave out what needs the logs: on a developer's machine, never in CI. */
export const mayLackDumps: boolean = (process.env['CI'] ?? '') === '';

/** Both logs of a board. */
export const dumpOf = (id: string): readonly [inteltool: LogFile, lspci: LogFile] => {
  const file = (name: string): LogFile => {
    const path = `${folder}${id}/${name}`;
    return { path, text: readFileSync(path, 'utf8') };
  };
  return [file('inteltool.log'), file('lspci.log')];
};

export const dumpsFolder: string = '../shared/platforms';
