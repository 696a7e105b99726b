import { attackOf, type Attack } from '../../attack/attack.ts';
import { checkModel, Fault, guarded, systemOf, type System } from '../../model/index.ts';
import { censusInSlices } from '../../search/exhaustive/census.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import type { Bound, Limits, Verdict } from '../../search/result.ts';
import type { Claim } from '../claim.ts';
import type { Slices } from '../drive.ts';
import { needInvariant } from '../group.ts';
import { extendedBy, provedIrrelevant, type Known } from './irrelevant.ts';
import { partsOutside, type Part, type Untried } from './parts.ts';

/** How a claim came out with one part more, or two. */
export interface Trial {
  readonly parts: readonly string[];
  /** `irrelevant`: proved without a search of its own. `changes`: another verdict. `rests on`: a defence without which it is another. */
  readonly outcome: 'irrelevant' | 'same' | 'changes' | 'rests on' | 'undecided' | 'untried';
  readonly verdict?: Verdict['kind'];
  readonly bound?: Bound;
  readonly states?: number;
  readonly attack?: Attack;
  /** Why the claim leaves it out, as it says itself. */
  readonly leftOut?: string;
  readonly because?: string;
}

/** What is outside the scope of a claim, and what it does to its verdict. */
export interface ScopeReport {
  readonly claim: Claim;
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  readonly states: number;
  readonly trials: readonly Trial[];
  readonly pairs: readonly Trial[];
  /** Pairs that need no search, since one part of them leads nowhere beside the other. */
  readonly pairsProved: number;
  /** What the claim leaves out by name, though its verdict is decided and the same with it. */
  readonly stale: readonly string[];
  /** Nothing changes the verdict but what the claim names, and everything was decided. */
  readonly sound: boolean;
  readonly interrupted: boolean;
}

/** How hard to look. */
export interface ScopeOptions {
  readonly limits?: Limits;
  /** Also two parts at a time. */
  readonly pairs?: boolean;
}

/** A trial that takes more states than so many times those of the claim is undecided, unless a limit says otherwise. */
const TIMES = 10;
const AT_LEAST = 20_000;

const isOther = ({ expect }: Claim, verdict: Verdict['kind']): boolean =>
  expect === 'holds' ? verdict === 'violated' : verdict !== expect;

/** One search of the claim with some parts more. */
function* trial(claim: Claim, system: System, parts: readonly Part[], limits: Limits): Slices<Trial> {
  const { invariant, model } = claim;
  const ids = parts.map(({ id }) => id);
  let extended: System;
  try {
    extended = guarded(`model ${model.id} with ${ids.join(', ')}, initial state and choices`, () =>
      systemOf(model, extendedBy(system.scenario, parts)),
    );
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { parts: ids, outcome: 'untried', because: error.title };
  }
  const result = yield* exploreInSlices(extended, { invariants: [invariant], limits });
  const verdict = result.verdicts[invariant]!;
  const attack =
    verdict.kind === 'violated' && verdict.trace !== undefined
      ? guarded(`model ${model.id}, present`, () => attackOf(extended, verdict.trace!, verdict.shortest))
      : undefined;
  const told = {
    parts: ids,
    verdict: verdict.kind,
    states: result.states,
    ...(attack === undefined ? {} : { attack }),
  };
  const leftOut = parts.length === 1 ? claim.leavesOut?.[ids[0]!] : undefined;
  const named = leftOut === undefined ? {} : { leftOut };
  if (verdict.kind === 'unresolved') return { ...told, outcome: 'undecided', bound: verdict.bound, ...named };
  if (!isOther(claim, verdict.kind)) return { ...told, outcome: 'same' };
  if (parts.every(({ kind }) => kind === 'defence off')) return { ...told, outcome: 'rests on' };
  return { ...told, outcome: 'changes', ...named };
}

const untriedOf = ({ id, because }: Untried): Trial => ({ parts: [id], outcome: 'untried', because });

const isInterrupted = ({ bound }: Trial): boolean => bound === 'interrupted';

interface PairsTried {
  readonly pairs: readonly Trial[];
  readonly proved: number;
}

/** The parts that hold alone, two at a time; those that are irrelevant, all at once beside each of them. */
function* pairsOf(
  known: Known,
  claim: Claim,
  held: readonly Part[],
  irrelevant: readonly Part[],
): Slices<PairsTried> {
  const pairs: Trial[] = [];
  let proved = (irrelevant.length * (irrelevant.length - 1)) / 2;
  const stopped = (): boolean => pairs.some(isInterrupted);
  const tryPair = function* (one: Part, other: Part): Slices<void> {
    if (!stopped()) pairs.push(yield* trial(claim, known.system, [one, other], known.limits));
  };
  for (const [index, one] of held.entries()) {
    for (const other of held.slice(index + 1)) yield* tryPair(one, other);
    if (irrelevant.length === 0 || stopped()) continue;
    const system = systemOf(claim.model, one.extend(known.system.scenario));
    const census = yield* censusInSlices(system, known.limits);
    const beside = yield* provedIrrelevant({ ...known, system, census }, irrelevant);
    proved += beside.length;
    for (const other of irrelevant.filter((part) => !beside.includes(part))) yield* tryPair(one, other);
  }
  return { pairs, proved };
}

const isGood = ({ leftOut, outcome }: Trial): boolean =>
  (outcome !== 'undecided' && outcome !== 'changes') || leftOut !== undefined;

/**
 * Tries what is outside the scope of a claim: capabilities that it does not give, other values and further elements of
 * parameters, defences the other way. What is proved to be irrelevant is not searched by itself. Yields its progress and
 * stops at what it has when sent `stop`. Throws UW105 for names that the model lacks, UW346, and what a search throws.
 */
export function* scopeInSlices(claim: Claim, options: ScopeOptions = {}): Slices<ScopeReport> {
  const { invariant, model, scenario } = claim;
  checkModel(model);
  needInvariant(model, invariant, `suite ${claim.suite}, claim ${claim.id}`);
  const system = guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario));
  const own = { ...claim.limits, ...options.limits };
  const base = yield* trial(claim, system, [], own);
  const census = yield* censusInSlices(system, own);
  const limits = { maxStates: Math.max(AT_LEAST, TIMES * census.states), ...own };
  const verdict = base.verdict ?? 'unresolved';
  const known: Known = { system, invariant, census, verdict, limits };
  const outside = partsOutside(system);
  const irrelevant = yield* provedIrrelevant(known, outside.parts);
  const trials: Trial[] = [];
  const held: Part[] = [];
  for (const part of outside.parts) {
    if (trials.some(isInterrupted)) break;
    if (irrelevant.includes(part)) {
      trials.push({ parts: [part.id], outcome: 'irrelevant' });
      continue;
    }
    const found = yield* trial(claim, system, [part], limits);
    if (found.outcome === 'same' && part.kind !== 'defence off') held.push(part);
    trials.push(found);
  }
  const wanted = options.pairs === true && !trials.some(isInterrupted);
  const { pairs, proved }: PairsTried = wanted
    ? yield* pairsOf(known, claim, held, irrelevant)
    : { pairs: [], proved: 0 };
  const named = new Set(trials.filter((one) => 'leftOut' in one).flatMap(({ parts }) => parts));
  const interrupted = [base, ...trials, ...pairs].some(isInterrupted);
  const stale = interrupted ? [] : Object.keys(claim.leavesOut ?? {}).filter((id) => !named.has(id));
  return {
    claim,
    verdict,
    ...(base.bound === undefined ? {} : { bound: base.bound }),
    states: census.states,
    trials: [...trials, ...outside.untried.map(untriedOf)],
    pairs,
    pairsProved: proved,
    stale,
    sound: base.outcome === 'same' && stale.length === 0 && [...trials, ...pairs].every(isGood),
    interrupted,
  };
}
