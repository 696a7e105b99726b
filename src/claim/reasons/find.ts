import type { Limits, Progress } from '../../search/result.ts';
import type { Claim } from '../claim.ts';
import { groupsOf, needInvariant, type Group } from '../group.ts';
import { mismatchOf } from './declared.ts';
import { createDropping, type Dropping } from './dropping.ts';
import type { Dropped, Reasons, ReasonsRun } from './result.ts';

/** The options of a search for reasons. */
export interface ReasonsOptions {
  /** The limits of every search; they go before those of a claim. */
  readonly limits?: Limits;
  /** The number of threads of a search; the results are the same for any number. One if not given. */
  readonly threads?: number;
  /** The signal that ends the run early: what is found stays, the rest is undecided. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReasonsProgress) => void;
}

/** The progress of a run. */
export interface ReasonsProgress {
  /** The first claim of those that are looked at together. */
  readonly claim: string;
  readonly done: number;
  readonly total: number;
  readonly search: Progress;
}

const holds = ({ verdict }: Dropped): boolean => verdict === 'holds';
const isOpen = ({ verdict }: Dropped): boolean => verdict === 'unresolved';
const isReason = (dropped: Dropped): boolean => !holds(dropped) && !isOpen(dropped);

/**
 * The decision of one claim without some defences: by a search for each of several sets, or by a known
 * attack.
 */
interface Deciding {
  readonly search: (drops: readonly (readonly string[])[]) => Promise<readonly Dropped[]>;
  readonly replay: (drop: readonly string[]) => Dropped | undefined;
}

const lessOne = (defences: readonly string[]): readonly (readonly string[])[] =>
  defences.map((left) => defences.filter((one) => one !== left));

/**
 * Finds a smallest set among `all`, which together matter while none does alone. First goes what the attack
 * itself does not need; then every set that is smaller by one is searched.
 */
const smallest = async (
  all: Dropped,
  { replay, search }: Deciding,
): Promise<Pick<Reasons, 'oneOf' | 'undecided'>> => {
  let least = all;
  for (const defence of all.defences) {
    if (least.defences.length > 2) least = replay(least.defences.filter((one) => one !== defence)) ?? least;
  }
  while (least.defences.length > 2) {
    const found = await search(lessOne(least.defences));
    const smaller = found.find(isReason);
    if (smaller === undefined) return { oneOf: [least], undecided: found.filter(isOpen) };
    least = smaller;
  }
  return { oneOf: [least], undecided: [] };
};

/** Finds disjoint sets of defences that matter together, among defences none of which matters alone. */
const together = async (
  idle: readonly string[],
  deciding: Deciding,
): Promise<Pick<Reasons, 'oneOf' | 'undecided'>> => {
  const oneOf: Dropped[] = [];
  const undecided: Dropped[] = [];
  let rest = idle;
  while (rest.length > 1) {
    const [all] = await deciding.search([rest]);
    if (all === undefined || holds(all)) break;
    if (isOpen(all)) return { oneOf, undecided: [...undecided, all] };
    const least = await smallest(all, deciding);
    oneOf.push(...least.oneOf);
    undecided.push(...least.undecided);
    rest = rest.filter((defence) => !least.oneOf.some(({ defences }) => defences.includes(defence)));
  }
  return { oneOf, undecided };
};

const NONE = { alone: [], oneOf: [], idle: [], unasked: [], undecided: [] } as const;

const reasonsOf = async (
  claim: Claim,
  singles: readonly Dropped[],
  unasked: readonly string[],
  deciding: Deciding,
): Promise<Reasons> => {
  const idle = singles.filter(holds).flatMap(({ defences }) => defences);
  // A defence that nothing asks after may be asked after once another defence is off.
  const { oneOf, undecided } = await together([...idle, ...unasked], deciding);
  const isFree = (defence: string): boolean => !oneOf.some(({ defences }) => defences.includes(defence));
  return {
    claim,
    verdict: 'holds',
    alone: singles.filter(isReason),
    oneOf,
    idle: idle.filter(isFree),
    unasked: unasked.filter(isFree),
    undecided: [...singles.filter(isOpen), ...undecided],
  };
};

/** The reasons of claims about one model in one scenario, whose searches they share. */
const reasonsOfGroup = async (
  { claims, limits, model, scenario }: Group,
  dropping: Dropping,
): Promise<readonly Reasons[]> => {
  for (const { id, invariant, suite } of claims)
    needInvariant(model, invariant, `suite ${suite}, claim ${id}`);
  const asked = { model, scenario, limits };
  const heard = new Set<string>();
  const all = [...new Set(claims.map(({ invariant }) => invariant))];
  const base = await dropping.base(asked, all, (defence) => heard.add(defence));
  const verdictOf = ({ invariant }: Claim): Dropped => base.answers.get(invariant)!;
  const holding = claims.filter((claim) => holds(verdictOf(claim)));
  const on = Object.keys(model.defences).filter((defence) => !scenario.without.includes(defence));
  const invariants = [...new Set(holding.map(({ invariant }) => invariant))];
  const drops = on.filter((defence) => heard.has(defence)).map((defence) => [defence]);
  const singles = invariants.length === 0 ? [] : await dropping.search(asked, drops, invariants, base.states);
  const results: Reasons[] = [];
  for (const claim of claims) {
    const { invariant } = claim;
    const { bound, verdict } = verdictOf(claim);
    results.push(
      holding.includes(claim)
        ? await reasonsOf(
            claim,
            singles.map((found) => found.get(invariant)!),
            on.filter((defence) => !heard.has(defence)),
            {
              search: async (sets) =>
                (await dropping.search(asked, sets, [invariant], base.states)).map((answers) =>
                  answers.get(invariant)!,
                ),
              replay: (drop) => dropping.replay(asked, drop, invariant),
            },
          )
        : { ...NONE, claim, verdict, ...(bound === undefined ? {} : { bound }) },
    );
  }
  return results;
};

/**
 * Finds the defences that claims which are expected to hold rest on: each defence is switched off, and the
 * claims are decided again. A defence after which no function of the model asks, in any state that is
 * reached, is none by itself: without it every step is the same. It also finds the defences that matter
 * together, though none does alone. It never concludes from one set of defences that something holds without
 * another set. Throws what a search throws.
 */
export const findReasons = async (
  claims: readonly Claim[],
  options: ReasonsOptions = {},
): Promise<ReasonsRun> => {
  const { limits = {}, onProgress, signal, threads = 1 } = options;
  const asked = claims.filter(({ expect }) => expect === 'holds');
  const groups = groupsOf(asked, limits);
  const results = new Map<Claim, Reasons>();
  let claim = '';
  const dropping = createDropping({
    threads,
    signal,
    onSlice: (search) => onProgress?.({ claim, done: results.size, total: asked.length, search }),
  });
  for (const group of groups) {
    if (signal?.aborted === true) break;
    claim = group.claims[0]!.id;
    for (const found of await reasonsOfGroup(group, dropping)) results.set(found.claim, found);
  }
  const interrupted = { ...NONE, verdict: 'unresolved', bound: 'interrupted' } as const;
  const inOrder = asked.map((one): Reasons => results.get(one) ?? { ...interrupted, claim: one });
  return {
    results: inOrder,
    mismatches: inOrder.flatMap((found) => mismatchOf(found) ?? []),
    ...dropping.counts(),
    interrupted: signal?.aborted === true,
  };
};
