import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { siteOf } from '../../../model/call-site.ts';
import { ownFolder, userFrames } from '../../../model/frames.ts';
import { importsOf } from '../../modules/imported.ts';

const digestOf = (folder: string, files: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    const content = readFileSync(file);
    hash.update(`${relative(folder, file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
};

let own: string | undefined;

/** A digest of all code of this package: its version stays the same while it is worked on. */
export const ownCodeDigest = (): string => {
  own ??= digestOf(
    ownFolder,
    readdirSync(ownFolder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => join(ownFolder, name)),
  );
  return own;
};

const digestFrom = (files: readonly string[]): string | undefined => {
  try {
    const imports = importsOf(files);
    return imports.unresolved.length === 0 ? digestOf(process.cwd(), imports.files) : undefined;
  } catch {
    // A file that cannot be read may be of a module that was never on the disk.
    return undefined;
  }
};

/** Digests by what was loaded: it stays as it is, and a file that changes later belongs to the next load. */
const known = new WeakMap<object, string | undefined>();

/**
 * Returns a digest of the files of the first of `things` whose place is known: where it was declared, and all
 * that is imported from there. Undefined where no place is known, and where an import leads nowhere that can
 * be looked at.
 */
export const sourceDigest = (things: readonly object[]): string | undefined => {
  for (const thing of things) {
    if (known.has(thing)) return known.get(thing);
    const files = userFrames(siteOf(thing)).map(({ file }) => file);
    if (files.length === 0) continue;
    const digest = digestFrom(files);
    known.set(thing, digest);
    return digest;
  }
  return undefined;
};
