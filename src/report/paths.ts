import { join } from 'node:path';
import type { AttackFile } from './attack-file.ts';
import { fileName } from './file-name.ts';
import type { RunEntry } from './report.ts';

/** Where in a report's folder the own file of an attack or a witness is. */
export const attackPath = (of: string, kind: AttackFile['kind'] = 'attack'): string =>
  join(kind === 'attack' ? 'attacks' : 'witnesses', `${fileName(of)}.json`);

/** How the attack of a board's question is called. */
export const boardAttack = (board: string, question: string): string => `${board}--${question}`;

/**
 * How the two files of a report are called, without their endings. An audit does not take the place of
 * a verification, and what an interrupted run leaves does not take that of a whole one.
 */
export const reportStem = ({ command, interrupted }: Pick<RunEntry, 'command' | 'interrupted'>): string =>
  `${command === 'verify' ? 'report' : 'audit'}${interrupted ? '.partial' : ''}`;

/** How the page of a whole run is called. */
export const pageName = ({ command }: Pick<RunEntry, 'command'>): string =>
  command === 'verify' ? 'index.html' : 'audit.html';
