import type { Attack } from '../../attack/attack.ts';
import { counted } from '../../attack/words.ts';
import { brokenBy, faulty } from '../../claim/conclude.ts';
import type { ClaimResult, ClaimRun } from '../../claim/result.ts';
import { Fault } from '../../model/index.ts';
import { lengthOf, type Bound } from '../../search/result.ts';
import type { CorpusEntry } from '../report.ts';
import { lossWords, questionKey, type ReplayedAttack } from './corpus.ts';

type Working = ReplayedAttack & { readonly outcome: { readonly kind: 'works'; readonly attack: Attack } };

const isWorking = (one: ReplayedAttack): one is Working => one.outcome.kind === 'works';

const keyOf = ({ claim: { invariant, model, scenario } }: ClaimResult): string =>
  questionKey({ invariant, model: model.id, scenario });

/** Finds a result of a search that cannot be where this attack works; undefined where both can be. */
const contradiction = (
  { attack: found, claim, verdict, witness }: ClaimResult,
  { attack: kept }: Working,
): string | undefined => {
  const isWitness = kept.kind === 'witness';
  if (verdict === 'holds') return isWitness || witness !== undefined ? undefined : 'that it holds';
  if (verdict === 'vacuous') return 'that there is nothing to find';
  if (verdict !== 'violated') return undefined;
  if (found === undefined) return isWitness ? 'that there is no witness' : undefined;
  // The stem of an attack that goes on is what its file says: running it does not show where it ends.
  const isMeasured = claim.model.invariants[claim.invariant]?.kind !== 'recovers';
  return isMeasured && found.shortest && found.length > lengthOf(kept)
    ? `that the shortest has ${counted(found.length, 'step')}`
    : undefined;
};

const contradicted = ({ claim }: ClaimResult, { attack, path }: Working, got: string): Fault =>
  new Fault('UW397', {
    where: `claim ${claim.id}`,
    expected: `a verdict beside which ${path}, ${counted(lengthOf(attack), 'step')}, can work; it does, step by step`,
    got,
    likely: 'a bug of underwatch, or states that fingerprints took for one',
    next: 'report it with the model and that file; search once more with another engine',
  });

/** The limits of a search's cost; a limit on depth is part of the question. */
const BUDGETS: readonly (Bound | undefined)[] = ['maxStates', 'timeLimitMs', 'memoryLimitMb'];

const judgedBeside = (result: ClaimResult, own: readonly Working[]): ClaimResult => {
  for (const one of own) {
    const got = contradiction(result, one);
    if (got !== undefined) return faulty(result.claim, contradicted(result, one, got));
  }
  const [first] = own
    .filter(({ attack }) => attack.kind === 'attack')
    .toSorted((a, b) => lengthOf(a.attack) - lengthOf(b.attack));
  return first !== undefined && result.verdict === 'unresolved' && BUDGETS.includes(result.bound)
    ? brokenBy(result, first.outcome.attack)
    : result;
};

/**
 * Compares a run with kept attacks that work. A verdict that one of them contradicts becomes a fault (UW397).
 * A claim that a limit of time, memory or states left open is violated, by the kept attack, of which nothing
 * says that it is shortest.
 */
export const heldAgainst = (run: ClaimRun, kept: readonly ReplayedAttack[]): ClaimRun => {
  const working = new Map<string, Working[]>();
  for (const one of kept.filter(isWorking)) {
    const key = questionKey(one.attack);
    working.set(key, [...(working.get(key) ?? []), one]);
  }
  return {
    ...run,
    results: run.results.map((result) => judgedBeside(result, working.get(keyOf(result)) ?? [])),
  };
};

/** Makes the report's entries for the kept attacks, with a shorter attack where the run found one. */
export const corpusEntries = (
  kept: readonly ReplayedAttack[],
  { results }: ClaimRun,
): readonly CorpusEntry[] => {
  const lengths = new Map<string, number>();
  for (const result of results) {
    const found = result.attack ?? result.witness;
    const before = lengths.get(keyOf(result)) ?? Infinity;
    if (found !== undefined) lengths.set(keyOf(result), Math.min(before, found.length));
  }
  return kept.map((one) => {
    const { attack, outcome, path } = one;
    const length = lengthOf(attack);
    const found = lengths.get(questionKey(attack)) ?? Infinity;
    const because = lossWords(one);
    return {
      file: path,
      claim: attack.claim,
      length,
      outcome: outcome.kind,
      ...(because === undefined ? {} : { because }),
      ...(found < length ? { shorter: found } : {}),
    };
  });
};
