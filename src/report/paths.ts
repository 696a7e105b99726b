import { join } from 'node:path';
import type { AttackFile } from './attack-file.ts';
import { fileName } from './file-name.ts';
import type { RunEntry } from './report.ts';

/** Returns the path, in a report's folder, of the file of an attack or a witness. */
export const attackPath = (of: string, kind: AttackFile['kind'] = 'attack'): string =>
  join(kind === 'attack' ? 'attacks' : 'witnesses', `${fileName(of)}.json`);

/** Returns the name of the attack on a board's question. */
export const boardAttack = (board: string, question: string): string => `${board}--${question}`;

/**
 * Returns the name of the two files of a report, without their endings. An audit does not take the place of a
 * verification, and what an interrupted run leaves does not take that of a whole one.
 */
export const reportStem = ({ command, interrupted }: Pick<RunEntry, 'command' | 'interrupted'>): string =>
  `${command === 'verify' ? 'report' : 'audit'}${interrupted ? '.partial' : ''}`;

/** Returns the name of the page of a whole run. */
export const pageName = ({ command }: Pick<RunEntry, 'command'>): string =>
  command === 'verify' ? 'index.html' : 'audit.html';
