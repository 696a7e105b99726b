import type { On } from './knowledge.ts';
import type { Deciding } from './search-sets.ts';
import { above, below, minimalSets, openSets, type Target } from './minimal.ts';
import type { SufficientSet, SufficientSets, InsufficientSet, WorkingAttack } from './result.ts';
import type { Sets } from './sets/diagram.ts';

/** The sets of defences to look among, and the names and costs of defences. */
export interface Looking {
  readonly sets: Sets;
  readonly names: readonly string[];
  readonly costOf: (name: string) => number;
  /** The defences that can be switched on. */
  readonly among: readonly number[];
}

/** The most sets larger than one that is not enough that are decided one by one. */
const MOST_LARGER = 64;

/** The most maximal sets that are not enough that are listed; if there are more, the result says so. */
export const MOST_INSUFFICIENT = 32;

const onIn = ({ given }: Target, members: readonly number[]): On => new Set([...given, ...members]);

/** Finds an attack that works on some target under `members`. */
const attackUnder = (
  { sets }: Looking,
  targets: readonly Target[],
  members: readonly number[],
): WorkingAttack | undefined => {
  for (const target of targets) {
    const { attacks } = target.learning.known();
    const known = attacks.findIndex(({ works }) => sets.has(works, onIn(target, members)));
    if (known >= 0) return { id: target.learning.question.id, known };
  }
  return undefined;
};

const named = ({ names }: Looking, members: readonly number[]): readonly string[] =>
  members.map((place) => names[place]!);

const isWithin = (small: readonly number[], large: readonly number[]): boolean =>
  small.every((place) => large.includes(place));

const enoughOf = (
  looking: Looking,
  targets: readonly Target[],
  members: readonly number[],
  undecided: readonly (readonly number[])[],
): SufficientSet => {
  const { costOf, sets } = looking;
  const defences = named(looking, members);
  const vacuous = targets.filter((target) =>
    target.learning
      .known()
      .proofs.some((proof) => proof.vacuous && sets.has(proof.sets, onIn(target, members))),
  );
  return {
    defences,
    cost: defences.reduce((sum, name) => sum + costOf(name), 0),
    minimal: !undecided.some((one) => isWithin(one, members)),
    vacuousFor: vacuous.map(({ learning }) => learning.question.id),
    without: members.map((place) => {
      const attack = attackUnder(
        looking,
        targets,
        members.filter((one) => one !== place),
      );
      return { defence: looking.names[place]!, ...(attack === undefined ? {} : { attack }) };
    }),
  };
};

/** Returns all sets of `among` that contain `members` and something more. */
const larger = (among: readonly number[], members: readonly number[]): readonly (readonly number[])[] => {
  const more = among.filter((place) => !members.includes(place));
  if (2 ** more.length - 1 > MOST_LARGER) return [];
  return Array.from({ length: 2 ** more.length - 1 }, (_, at) =>
    [...members, ...more.filter((__, bit) => (((at + 1) >> bit) & 1) === 1)].toSorted((a, b) => a - b),
  );
};

/** Decides sets for every target. */
function* decideEach(targets: readonly Target[], all: readonly (readonly number[])[]): Deciding<void> {
  for (const target of targets) yield* target.learning.decide(all.map((members) => onIn(target, members)));
}

const verdictOf = (
  targets: readonly Target[],
  members: readonly number[],
): 'open' | 'holds' | 'undecided' => {
  const verdicts = targets.map((target) => target.learning.look(onIn(target, members)));
  if (verdicts.includes('open')) return 'open';
  return verdicts.every((verdict) => verdict === 'holds') ? 'holds' : 'undecided';
};

type Insufficient = Pick<
  SufficientSets,
  'harmful' | 'insufficient' | 'insufficientMore' | 'insufficientOpen'
>;

/**
 * The largest sets that contain none of `enough`, and whether each that is larger is enough: decided one by
 * one.
 */
function* insufficientSets(
  looking: Looking,
  targets: readonly Target[],
  enough: readonly (readonly number[])[],
): Deciding<Insufficient> {
  const { among, sets } = looking;
  const insufficient: InsufficientSet[] = [];
  const insufficientOpen: (readonly string[])[] = [];
  const harmful = new Map<string, { readonly defences: readonly string[]; readonly attack: WorkingAttack }>();
  let candidates = enough.reduce(
    (family, members) => sets.minus(family, above(sets, members)),
    sets.and(below(sets, among), openSets(sets, targets)),
  );
  for (let round = 0; round < MOST_INSUFFICIENT; round += 1) {
    const members = sets.most(candidates);
    if (members === undefined) break;
    candidates = sets.minus(candidates, below(sets, members));
    const all = larger(among, members);
    const isAll = members.length === among.length;
    yield* decideEach(targets, all);
    const attack = attackUnder(looking, targets, members)!;
    for (const one of all) {
      const shown = attackUnder(looking, targets, one);
      const defences = named(looking, one);
      if (shown !== undefined) harmful.set(defences.join(' '), { defences, attack: shown });
    }
    const defences = named(looking, members);
    const lacks = named(
      looking,
      among.filter((place) => !members.includes(place)),
    );
    const isDecided = isAll || (all.length > 0 && all.every((one) => verdictOf(targets, one) === 'holds'));
    if (isDecided) insufficient.push({ defences, lacks, attack });
    else insufficientOpen.push(defences);
  }
  const isCut = sets.most(candidates) !== undefined;
  return {
    insufficient,
    insufficientOpen,
    ...(isCut ? { insufficientMore: true } : {}),
    harmful: [...harmful.values()],
  };
}

/** Returns the pairs of which one set has one, and a set that is otherwise the same has the other. */
const exchangeableIn = (sets: readonly SufficientSet[]): readonly (readonly [string, string])[] => {
  const pairs = new Map<string, readonly [string, string]>();
  for (const one of sets) {
    for (const other of sets) {
      const only = one.defences.filter((name) => !other.defences.includes(name));
      const others = other.defences.filter((name) => !one.defences.includes(name));
      const [mine, yours] = [only[0], others[0]];
      if (mine === undefined || yours === undefined || only.length > 1 || others.length > 1) continue;
      const pair = [mine, yours].toSorted() as [string, string];
      pairs.set(pair.join(' '), pair);
    }
  }
  return [...pairs.values()];
};

/**
 * Finds which sets of `looking.among`, added to what each target has on, are enough for all targets, and
 * which are not.
 */
export function* enoughSets(looking: Looking, targets: readonly Target[]): Deciding<SufficientSets> {
  const { among, sets } = looking;
  const found = yield* minimalSets(sets, targets, among);
  const rest = yield* insufficientSets(looking, targets, found.sets);
  const complete = found.undecided.length === 0;
  const inOrder = found.sets.toSorted((a, b) => {
    const at = a.findIndex((place, index) => place !== b[index]);
    return at < 0 ? 0 : a[at]! - b[at]!;
  });
  const all = inOrder
    .map((members) => enoughOf(looking, targets, members, found.undecided))
    .toSorted((a, b) => a.cost - b.cost || a.defences.length - b.defences.length);
  const uses = (name: string): number => all.filter(({ defences }) => defences.includes(name)).length;
  const able = complete && all.length > 0 ? named(looking, among) : [];
  return {
    sets: all,
    complete,
    ...rest,
    essential: able.filter((name) => uses(name) === all.length),
    useless: able.filter((name) => uses(name) === 0),
    alternatives: able.filter((name) => uses(name) > 0 && uses(name) < all.length),
    exchangeable: exchangeableIn(all),
  };
}
