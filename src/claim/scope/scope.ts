import { checkModel, guarded, systemOf } from '../../model/index.ts';
import { fits } from '../../model/text/pattern.ts';
import type { Bound, Limits, Verdict } from '../../search/result.ts';
import { searchKey, type Claim } from '../claim.ts';
import type { Slices } from '../engine/drive.ts';
import { needInvariant } from '../group.ts';
import { learnedOf, provedIrrelevant, type Known } from './irrelevant.ts';
import { pairsOf } from './pairs.ts';
import { partsOutside, type Outside, type Part, type Untried } from './parts.ts';
import { sharedBy } from './together.ts';
import { isStopped, trialOf, tryWith, type Trial, type Tried } from './trial.ts';

/** The parts outside the scope of a claim, and what each does to its verdict. */
export interface ScopeReport {
  readonly claim: Claim;
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  readonly states: number;
  readonly trials: readonly Trial[];
  readonly pairs: readonly Trial[];
  /**
   * The number of pairs that need no search of their own: one part leads nowhere beside the other, or many
   * share a search.
   */
  readonly pairsProved: number;
  /**
   * Stale names of the claim: parts that it leaves out although the verdict with them is decided and the
   * same, and untried parts that are not there.
   */
  readonly stale: readonly string[];
  /** Whether nothing changes the verdict but what the claim names, and everything was decided. */
  readonly sound: boolean;
  readonly interrupted: boolean;
}

/** The options of a look at a scope: how much to try. */
export interface ScopeOptions {
  readonly limits?: Limits;
  /** Whether to try also two parts at a time. */
  readonly pairs?: boolean;
  /** Selects the parts to look at, by their ids; all unless it is given. */
  readonly only?: (part: string) => boolean;
  /** Whether to try also what a claim says was not tried. */
  readonly all?: boolean;
}

/**
 * The factor by which a trial may have more states than the claim before it is undecided, unless a limit says
 * otherwise.
 */
const TIMES = 10;
const AT_LEAST = 400_000;

const untriedOf = ({ id, because }: Untried): Trial => ({ parts: [id], outcome: 'untried', because });

const isGood = ({ leftOut, outcome }: Trial): boolean =>
  (outcome !== 'undecided' && outcome !== 'changes') || leftOut !== undefined;

/** All that was found of the scenario of some claims. */
interface Looked {
  readonly known: Known;
  readonly base: Tried;
  /**
   * The parts, with what is known of each: a search, the number of states of one that it shared, or that it
   * needs none.
   */
  readonly singles: readonly (Tried | { readonly parts: readonly [Part]; readonly by: 'proof' | number })[];
  readonly untried: readonly Untried[];
  /** The ids of all parts outside the scope. */
  readonly outside: readonly string[];
  readonly pairs: readonly Tried[];
  readonly pairsProved: number;
  readonly interrupted: boolean;
}

/** Searches the scenario itself, and returns its verdicts and what was learned there. */
function* knownOf(
  [first, ...others]: readonly Claim[],
  limits: Limits,
): Slices<{ known: Known; base: Tried }> {
  const { model, scenario } = first!;
  const invariants = [...new Set([first!, ...others].map(({ invariant }) => invariant))];
  const system = guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario));
  const base = yield* tryWith({ invariants, system }, [], limits);
  const census = yield* learnedOf(system, invariants, limits);
  const verdicts = Object.fromEntries(invariants.map((id) => [id, base.verdicts[id]!.kind]));
  const most = { maxStates: Math.max(AT_LEAST, TIMES * census.states), ...limits };
  return { base, known: { system, invariants, census, verdicts, limits: most } };
}

const everything: NonNullable<ScopeOptions['only']> = () => true;

/**
 * Says why claims that are alike say that a part was not tried; undefined where they do not, or name it as
 * one that changes a verdict.
 */
const whyUntried = ([first]: readonly Claim[], id: string): string | undefined => {
  const { leavesOut = {}, untried = {} } = first!;
  if (Object.hasOwn(leavesOut, id)) return undefined;
  return Object.entries(untried).find(([pattern]) => fits(id, pattern))?.[1];
};

/** Returns the parts outside, without those that the claims say were not tried. */
const toTry = (claims: readonly Claim[], { parts, untried }: Outside): Outside => {
  const left = parts.flatMap(({ id }): readonly Untried[] => {
    const because = whyUntried(claims, id);
    return because === undefined ? [] : [{ id, because }];
  });
  const ids = new Set(left.map(({ id }) => id));
  return { parts: parts.filter(({ id }) => !ids.has(id)), untried: [...left, ...untried] };
};

function* look(
  claims: readonly Claim[],
  { all = false, limits, only = everything, pairs = false }: ScopeOptions,
): Slices<Looked> {
  const { base, known } = yield* knownOf(claims, { ...claims[0]!.limits, ...limits });
  const whole = partsOutside(known.system);
  const outside = all ? whole : toTry(claims, whole);
  const parts = outside.parts.filter(({ id }) => only(id));
  const untried = outside.untried.filter(({ id }) => only(id));
  const irrelevant = yield* provedIrrelevant(known, parts);
  const open = parts.filter((part) => !irrelevant.includes(part));
  const shared = yield* sharedBy(known, open);
  const singles: Looked['singles'][number][] = [];
  const tried: Tried[] = [];
  for (const part of parts) {
    if (tried.some(isStopped)) break;
    if (irrelevant.includes(part)) singles.push({ parts: [part], by: 'proof' });
    else if (shared.combined.includes(part) || shared.alone.includes(part))
      singles.push({ parts: [part], by: shared.states });
    else {
      tried.push(yield* tryWith(known, [part], known.limits));
      singles.push(tried.at(-1)!);
    }
  }
  const stays = (one: Tried): boolean =>
    one.untried === undefined && claims.every((claim) => trialOf(claim, one).outcome === 'same');
  const held = singles
    .filter((one) => ('by' in one ? one.by !== 'proof' : stays(one)))
    .flatMap((one) => one.parts)
    .filter(({ kind }) => kind !== 'defence off');
  const found =
    pairs && !tried.some(isStopped)
      ? yield* pairsOf(known, { held, irrelevant, combined: shared.combined })
      : { pairs: [], proved: 0 };
  const interrupted = [base, ...tried, ...found.pairs].some(isStopped);
  return {
    known,
    base,
    singles,
    untried,
    outside: [...whole.parts, ...whole.untried].map(({ id }) => id),
    pairs: found.pairs,
    pairsProved: found.proved,
    interrupted,
  };
}

const singleOf = (claim: Claim, one: Looked['singles'][number]): Trial => {
  if (!('by' in one)) return trialOf(claim, one);
  const parts = one.parts.map(({ id }) => id);
  if (one.by === 'proof') return { parts, outcome: 'irrelevant' };
  return { parts, outcome: 'same', verdict: 'holds', states: one.by, shared: true };
};

const reportOf = (claim: Claim, looked: Looked, only = everything): ScopeReport => {
  const { base, interrupted, known, pairsProved, untried } = looked;
  const own = trialOf(claim, base);
  const trials = looked.singles.map((one) => singleOf(claim, one));
  const pairs = looked.pairs.map((one) => trialOf(claim, one));
  const named = new Set(trials.filter((one) => 'leftOut' in one).flatMap(({ parts }) => parts));
  const isVain = (id: string): boolean => only(id) && !named.has(id);
  const unmet = Object.keys(claim.untried ?? {}).filter(
    (pattern) => only === everything && !looked.outside.some((id) => fits(id, pattern)),
  );
  const stale = interrupted ? [] : [...Object.keys(claim.leavesOut ?? {}).filter(isVain), ...unmet];
  return {
    claim,
    verdict: own.verdict ?? 'unresolved',
    ...(own.bound === undefined ? {} : { bound: own.bound }),
    states: known.census.states,
    trials: [...trials, ...untried.map(untriedOf)],
    pairs,
    pairsProved,
    stale,
    sound: own.outcome === 'same' && stale.length === 0 && [...trials, ...pairs].every(isGood),
    interrupted,
  };
};

/**
 * Groups claims that one look decides: about the same states, of invariants of one kind, and with the same
 * expected verdict.
 */
export const alikeIn = (claims: readonly Claim[]): readonly (readonly Claim[])[] => {
  const groups: (readonly [key: string, group: Claim[]])[] = [];
  for (const claim of claims) {
    const { expect, invariant, leavesOut = {}, model, untried = {} } = claim;
    const patterns = Object.keys(untried);
    const tried = Object.keys(leavesOut).filter((id) => patterns.some((pattern) => fits(id, pattern)));
    const kind = model.invariants[invariant]?.kind ?? '';
    const key = JSON.stringify([searchKey(claim), kind, expect, untried, tried.toSorted()]);
    // Two models may have one id in different files of a user.
    const known = groups.find(([other, [first]]) => other === key && first!.model === model);
    if (known === undefined) groups.push([key, [claim]]);
    else known[1].push(claim);
  }
  return groups.map(([, group]) => group);
};

/** `scopeInSlices` for claims that are alike. */
export function* scopesInSlices(
  claims: readonly Claim[],
  options: ScopeOptions = {},
): Slices<readonly ScopeReport[]> {
  for (const { id, invariant, model, suite } of claims) {
    checkModel(model);
    needInvariant(model, invariant, `suite ${suite}, claim ${id}`);
  }
  const looked = yield* look(claims, options);
  return claims.map((claim) => reportOf(claim, looked, options.only));
}

/**
 * Tries the parts outside the scope of a claim: capabilities that it does not give, other values and further
 * elements of parameters, defences the other way. A part that is proved to be irrelevant is not searched by
 * itself, and a search that many share is made once. Yields its progress and stops at what it has when sent
 * `stop`. Throws UW105 for names that the model lacks, UW346, and what a search throws.
 */
export function* scopeInSlices(claim: Claim, options: ScopeOptions = {}): Slices<ScopeReport> {
  return (yield* scopesInSlices([claim], options))[0]!;
}
