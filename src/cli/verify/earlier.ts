import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The largest earlier report that is read. */
const MOST_BYTES = 64 * 2 ** 20;

const timed = z.object({ timing: z.object({ items: z.record(z.string(), z.number().min(0)) }) });

/**
 * Reads how long claims took in the report that is in `folder`, in milliseconds; none where there is no such
 * report.
 */
export const earlierMs = (folder: string): { readonly [claim: string]: number } => {
  try {
    const path = join(folder, 'report.json');
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MOST_BYTES) return {};
    return timed.parse(JSON.parse(readFileSync(path, 'utf8'))).timing.items;
  } catch {
    // It serves a guess: without it there is a worse one.
    return {};
  }
};
