import { readFileSync } from 'node:fs';
import type { Frame } from '../model/frames.ts';

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\-]/g, String.raw`\$&`);

/**
 * Returns the line of a stack for the claim `id` of a suite that was declared at `site`: where its id first
 * stands as a key, from there on. Undefined where the file cannot be read, or has no such key since the id is
 * computed.
 */
export const claimLine = (site: Frame | undefined, id: string): string | undefined => {
  if (site === undefined) return undefined;
  const key = new RegExp(String.raw`(?<![\w$.'"\x60-])(['"\x60]?)${literally(id)}\1\s*:`);
  try {
    const lines = readFileSync(site.file, 'utf8').split('\n');
    const columns = lines.slice(site.line - 1).map((line) => line.search(key) + 1);
    const at = columns.findIndex((column) => column > 0);
    return at < 0 ? undefined : `    at claim (${site.file}:${site.line + at}:${columns[at]})`;
  } catch {
    return undefined;
  }
};
