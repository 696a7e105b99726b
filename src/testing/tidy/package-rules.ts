import { z } from 'zod';

import type { Rule } from './rule.ts';

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: versions, devDependencies: versions });

const lockfile = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), integrity: z.string().optional() }),
  ),
});

/** Every version is pinned, so that the packages are the same today and in a year. */
export const versionsPinned: Rule = {
  says: 'every dependency has one exact version',
  about: (path) => path === 'package.json',
  breaches: ({ text }) => {
    const { dependencies, devDependencies } = manifest.parse(JSON.parse(text));
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${name}: ${version} is not one version`);
  },
};

/** Packages are known by their digest, whichever registry serves them. */
export const lockfilePortable: Rule = {
  says: 'the lockfile names no registry and has a digest of every package',
  about: (path) => path === 'package-lock.json',
  breaches: ({ text }) =>
    Object.entries(lockfile.parse(JSON.parse(text)).packages).flatMap(([name, entry]) => {
      if (name === '') return [];
      if (entry.resolved !== undefined) return [`${name}: resolved to an address`];
      return entry.integrity === undefined ? [`${name}: no digest`] : [];
    }),
};

/** The rules about package.json and the lockfile. */
export const packageRules: readonly Rule[] = [versionsPinned, lockfilePortable];
