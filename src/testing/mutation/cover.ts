import { runClaims } from '../../claim/run/run.ts';
import { claimsIn, type Search } from './catalogue.ts';
import { instrumented, MARKS, sitesOf } from './instrument.ts';
import { mutantsOf } from './generate.ts';
import type { Worlds } from './world.ts';

/** The footprint of a search: what it runs of the code that is mutated, and how large it is. */
export interface Footprint {
  readonly states: number;
  readonly transitions: number;
  /** The sites, by file, that ran while the claims were loaded and decided, as `start-end`. */
  readonly ran: { readonly [file: string]: readonly string[] };
  /** `too-large`: it has more states than it may have here, and was not ended. */
  readonly kind: 'decided' | 'too-large' | 'unexpected';
}

interface Site {
  readonly file: string;
  readonly name: string;
}

/** Returns sites by their files, of those whose mark is set, and removes the marks. */
const taken = (marks: Uint8Array, sites: readonly Site[]): { readonly [file: string]: readonly string[] } => {
  const ran: { [file: string]: string[] } = {};
  for (const [mark, { file, name }] of sites.entries()) if (marks[mark] === 1) (ran[file] ??= []).push(name);
  marks.fill(0);
  return ran;
};

/** Runs searches of at most `maxStates` states on code that notes what runs, in `files` alone. */
export const createCover = (
  files: readonly string[],
  maxStates: number,
  worlds: Worlds,
): ((search: Search) => Promise<Footprint>) => {
  const sites: Site[] = [];
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = worlds.textOf(file);
    const own = sitesOf(mutantsOf(file, text)).map((span, index) => ({
      ...span,
      mark: sites.length + index,
    }));
    sites.push(...own.map(({ start, end }) => ({ file, name: `${start}-${end}` })));
    texts.set(file, instrumented(text, own));
  }
  const marks = new Uint8Array(sites.length);
  Object.assign(globalThis, { [MARKS]: marks });
  return async (search) => {
    marks.fill(0);
    // A world of its own for each search: what another one has loaded, or has kept, would not run again.
    const claims = claimsIn(search, worlds.withTexts(texts).load);
    const { results, searches } = await runClaims(claims, { limits: { maxStates } });
    const wrong = results.filter(({ asExpected }) => !asExpected);
    const isLarge = wrong.length > 0 && wrong.every(({ bound }) => bound === 'maxStates');
    return {
      states: Math.max(...searches.map(({ states }) => states)),
      transitions: searches.reduce((sum, { transitions }) => sum + transitions, 0),
      ran: taken(marks, sites),
      kind: wrong.length === 0 ? 'decided' : isLarge ? 'too-large' : 'unexpected',
    };
  };
};
