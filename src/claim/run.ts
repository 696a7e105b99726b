import { attackOf, type Attack } from '../attack/attack.ts';
import { Fault, guarded, type System } from '../model/index.ts';
import type { Limits, Progress, Trace, Verdict } from '../search/result.ts';
import type { Claim } from './claim.ts';
import { searchWith, type Found, type RandomBudget } from './engine.ts';
import { createWorkbench, groupsOf, needInvariant, type Group } from './group.ts';
import { unexpected } from './judge.ts';
import type { ClaimResult, ClaimRun, SearchSummary } from './result.ts';

/** How far a run has come: which search it is in, and how far that one is. */
export interface RunProgress {
  readonly phase: 'search' | 'probe';
  /** The first claim of the search in progress; the others of its group are decided with it. */
  readonly claim: string;
  readonly claimsDone: number;
  readonly claimsTotal: number;
  readonly search: Progress;
}

/** How to run claims; exhaustively and without limits if nothing is given. */
export interface RunOptions {
  readonly engine?: 'exhaustive' | 'random';
  /** Limits for every search; they go before those of a claim. */
  readonly limits?: Limits;
  /** What random search may spend, as an engine. */
  readonly random?: Partial<RandomBudget>;
  /** Runs of random search measured against each known attack, after an exhaustive search; 0 for none. */
  readonly probeRuns?: number;
  /** Ends the run early: what is decided stays, the rest is `unresolved`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

const NOTHING = { states: 0, transitions: 0, complete: false, antecedents: 0, durationMs: 0 } as const;

/** Everything about `claim` but whether it is as expected, which follows. */
const judged = (result: Omit<ClaimResult, 'asExpected' | 'unexpectedBecause'>): ClaimResult => {
  const because =
    result.fault === undefined
      ? unexpected(result.claim, result)
      : `it could not be decided: ${result.fault.message}`;
  return {
    ...result,
    asExpected: because === undefined,
    ...(because === undefined ? {} : { unexpectedBecause: because }),
  };
};

const interrupted = (claim: Claim): ClaimResult =>
  judged({ ...NOTHING, claim, verdict: 'unresolved', bound: 'interrupted' });

const faulty = (claim: Claim, fault: Fault): ClaimResult =>
  judged({ ...NOTHING, claim, verdict: 'unresolved', fault });

/** The path of a verdict, told by running it. */
const pathOf = (
  system: System,
  verdict: Verdict,
): { readonly attack?: Attack; readonly witness?: Attack } => {
  const tell = (trace: Trace, shortest: boolean): Attack =>
    guarded(`model ${system.model.id}, present`, () => attackOf(system, trace, shortest));
  if (verdict.kind === 'violated' && verdict.trace !== undefined) {
    return { attack: tell(verdict.trace, verdict.shortest) };
  }
  if (verdict.kind === 'holds' && verdict.witness !== undefined)
    return { witness: tell(verdict.witness, false) };
  return {};
};

const resultOf = (claim: Claim, system: System, found: Found, durationMs: number): ClaimResult => {
  const { result, random } = found;
  const verdict = result.verdicts[claim.invariant]!;
  const figures = random[claim.invariant];
  return judged({
    claim,
    verdict: verdict.kind,
    ...(verdict.kind === 'unresolved' ? { bound: verdict.bound } : {}),
    states: result.states,
    transitions: result.transitions,
    complete: result.complete,
    antecedents: result.antecedents[claim.invariant] ?? 0,
    ...pathOf(system, verdict),
    ...(figures === undefined ? {} : { random: figures }),
    durationMs,
  });
};

const summaryOf = (group: Group, { result, userRuns }: Found): SearchSummary => ({
  engine: result.engine,
  model: group.model.id,
  claims: group.claims.map(({ id }) => id),
  states: result.states,
  transitions: result.transitions,
  depth: result.depth,
  complete: result.complete,
  warnings: result.warnings,
  ...(userRuns === undefined ? {} : { userRuns }),
});

interface Decided {
  readonly results: readonly ClaimResult[];
  readonly summary?: SearchSummary;
}

/** Decides a group's claims. A fault is recorded for the claims it concerns; anything else is a bug and gets out. */
const decide = async (
  group: Group,
  systemFor: ReturnType<typeof createWorkbench>['systemFor'],
  options: RunOptions,
  onSlice: (search: Progress) => void,
): Promise<Decided> => {
  const results: ClaimResult[] = [];
  const asked: Claim[] = [];
  for (const claim of group.claims) {
    try {
      needInvariant(claim.model, claim.invariant, `suite ${claim.suite}, claim ${claim.id}`);
      asked.push(claim);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      results.push(faulty(claim, error));
    }
  }
  if (asked.length === 0) return { results };
  try {
    const startMs = performance.now();
    const system = systemFor(group.model, group.scenario);
    const found = await searchWith(options.engine ?? 'exhaustive', system, {
      invariants: [...new Set(asked.map(({ invariant }) => invariant))],
      limits: group.limits,
      random: options.random ?? {},
      listening: { signal: options.signal, onSlice },
    });
    const durationMs = performance.now() - startMs;
    results.push(...asked.map((claim) => resultOf(claim, system, found, durationMs)));
    return { results, summary: summaryOf(group, found) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { results: [...results, ...asked.map((claim) => faulty(claim, error))] };
  }
};

/**
 * Decides every claim. Claims on the same model, scenario and limits share one search; searches run in
 * the order in which the claims first ask for them. A fault in one search leaves its claims unresolved
 * and the others untouched.
 */
export const runClaims = async (claims: readonly Claim[], options: RunOptions = {}): Promise<ClaimRun> => {
  const { systemFor } = createWorkbench();
  const results = new Map<Claim, ClaimResult>();
  const searches: SearchSummary[] = [];
  const groups = groupsOf(claims, options.limits ?? {});
  const stopped = (): boolean => options.signal?.aborted === true;
  const tell =
    (phase: RunProgress['phase'], group: Group, claimsDone: number) =>
    (search: Progress): void =>
      options.onProgress?.({
        phase,
        claim: group.claims[0]!.id,
        claimsDone,
        claimsTotal: claims.length,
        search,
      });
  for (const group of groups) {
    if (stopped()) break;
    const onSlice = tell('search', group, results.size);
    onSlice({ states: 0, transitions: 0, depth: 0 });
    const { results: found, summary } = await decide(group, systemFor, options, onSlice);
    for (const result of found) results.set(result.claim, result);
    if (summary !== undefined) searches.push(summary);
  }
  return {
    results: claims.map((claim) => results.get(claim) ?? interrupted(claim)),
    searches,
    interrupted: stopped(),
  };
};
