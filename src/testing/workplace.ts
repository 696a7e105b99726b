import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own for a test. */
export interface Workplace {
  readonly path: string;
  /** Writes a file, with the folders above it, and gives its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly remove: () => void;
}

/** Makes an empty folder in the system's folder for such things. */
export const createWorkplace = (): Workplace => {
  const path = mkdtempSync(join(tmpdir(), 'underwatch-'));
  return {
    path,
    write: (name, content) => {
      const target = join(path, name);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      return target;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
};
