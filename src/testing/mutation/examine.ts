import { runClaims } from '../../claim/run/run.ts';
import { claimsIn, type Search } from './catalogue.ts';
import { mutated, type Mutant } from './mutant.ts';
import type { Worlds } from './world.ts';

/** A search to run on a mutant, and the size to which it may grow. */
export interface Trial extends Search {
  readonly maxStates: number;
  /** The number of states and transitions without a change. */
  readonly states: number;
  readonly transitions: number;
}

/**
 * The fate of a mutant. `killed`: a claim came out otherwise than expected, or the claims could not even be
 * loaded. `outgrown`: no claim did, but a search grew far beyond what it is without the change, and was
 * ended. `hung`: some claim took longer than a mutant may. `survived`: all claims came out as expected.
 */
export type Fate =
  | { readonly kind: 'killed'; readonly by: string; readonly because: string }
  | { readonly kind: 'outgrown'; readonly by: string }
  | { readonly kind: 'hung'; readonly by: string }
  | {
      readonly kind: 'survived';
      readonly searches: number;
      /**
       * A search that has other states or transitions than without the change: something happens that no
       * claim asks about.
       */
      readonly moved?: string;
    };

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs one search in a changed world; returns what it is killed by, or how it went. */
const tried = async (
  trial: Trial,
  load: (path: string) => { readonly [name: string]: unknown },
): Promise<Fate | 'moved' | 'as expected'> => {
  const by = `${trial.suite} ${trial.claims[0]!}`;
  let claims: ReturnType<typeof claimsIn>;
  try {
    claims = claimsIn(trial, load);
  } catch (error) {
    return { kind: 'killed', by, because: `its suite does not load: ${said(error)}` };
  }
  const { results, searches } = await runClaims(claims, { limits: { maxStates: trial.maxStates } });
  const wrong = results.find(({ asExpected, bound }) => !asExpected && bound === undefined);
  if (wrong !== undefined)
    return {
      kind: 'killed',
      by: `${trial.suite} ${wrong.claim.id}`,
      because: wrong.unexpectedBecause ?? 'it came out otherwise than expected',
    };
  if (results.some(({ asExpected }) => !asExpected)) return { kind: 'outgrown', by };
  const sum = (figure: 'states' | 'transitions'): number =>
    searches.reduce((total, one) => total + one[figure], 0);
  const isSame = sum('states') === trial.states && sum('transitions') === trial.transitions;
  return isSame ? 'as expected' : 'moved';
};

/** Runs `trials` one after the other on a mutant until one kills it. */
export const examine = async (
  mutant: Pick<Mutant, 'file' | 'span' | 'becomes'>,
  trials: readonly Trial[],
  worlds: Worlds,
  onTrial: (by: string) => void,
): Promise<Fate> => {
  const text = mutated(worlds.textOf(mutant.file), mutant);
  const { load } = worlds.withTexts(new Map([[mutant.file, text]]));
  let outgrown: Fate | undefined;
  let moved: string | undefined;
  for (const trial of trials) {
    onTrial(`${trial.suite} ${trial.claims[0]!}`);
    const fate = await tried(trial, load);
    if (fate === 'moved') moved ??= `${trial.suite} ${trial.claims[0]!}`;
    if (fate === 'moved' || fate === 'as expected') continue;
    if (fate.kind === 'killed') return fate;
    outgrown ??= fate;
  }
  return outgrown ?? { kind: 'survived', searches: trials.length, ...(moved === undefined ? {} : { moved }) };
};
