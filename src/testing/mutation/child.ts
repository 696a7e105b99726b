// A process of its own that runs changed code, since that may never end: it is sent jobs, and answers each.
import { catalogueOf, type Catalogue, type Search } from './catalogue.ts';
import { createCover, type Footprint } from './cover.ts';
import { examine, type Fate, type Trial } from './examine.ts';
import type { Mutant } from './mutant.ts';
import { packages } from './packages.ts';
import { createWorlds } from './world.ts';

/** The jobs of a child. */
export type Job =
  | { readonly kind: 'catalogue'; readonly root: string; readonly index: string }
  | {
      readonly kind: 'cover';
      readonly root: string;
      readonly files: readonly string[];
      readonly maxStates: number;
      readonly search: Search;
    }
  | {
      readonly kind: 'examine';
      readonly root: string;
      readonly mutant: Pick<Mutant, 'file' | 'span' | 'becomes'>;
      readonly trials: readonly Trial[];
    };

/** The answers of a child while it works, and in the end. */
export type Answer =
  | { readonly kind: 'at'; readonly what: string }
  | { readonly kind: 'catalogue'; readonly catalogue: Catalogue; readonly closures: Closures }
  | { readonly kind: 'footprint'; readonly footprint: Footprint }
  | { readonly kind: 'fate'; readonly fate: Fate }
  | { readonly kind: 'failed'; readonly said: string };

/** The files that the module of a suite needs. */
export type Closures = { readonly [module: string]: readonly string[] };

const tell = (answer: Answer): void => {
  process.send?.(answer);
};

let worlds: ReturnType<typeof createWorlds> | undefined;
let cover: ReturnType<typeof createCover> | undefined;

const answerTo = async (job: Job): Promise<Answer> => {
  worlds ??= createWorlds(job.root, packages);
  const { closureOf } = worlds;
  if (job.kind === 'catalogue') {
    const catalogue = catalogueOf(job.index, worlds);
    const modules = [...new Set(catalogue.searches.map(({ module }) => module))];
    const closures = Object.fromEntries(modules.map((module) => [module, closureOf(module)]));
    return { kind: 'catalogue', catalogue, closures };
  }
  if (job.kind === 'cover') {
    tell({ kind: 'at', what: job.search.claims[0]! });
    cover ??= createCover(job.files, job.maxStates, worlds);
    return { kind: 'footprint', footprint: await cover(job.search) };
  }
  const fate = await examine(job.mutant, job.trials, worlds, (what) => tell({ kind: 'at', what }));
  return { kind: 'fate', fate };
};

process.on('message', (job: Job) => {
  answerTo(job)
    .catch((error: unknown): Answer => ({ kind: 'failed', said: String(error) }))
    .then(tell, tell);
});
