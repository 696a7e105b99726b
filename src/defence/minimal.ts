import type { Learning, On } from './knowledge.ts';
import type { Deciding } from './search-sets.ts';
import type { Family, Sets } from './sets/diagram.ts';

/** A question with what is on in any case: the sets that are looked for are added to it. */
export interface Target {
  readonly learning: Learning;
  readonly given: readonly number[];
}

/** Sets under which all targets hold, and of which no smaller one will do. */
export interface MinimalSets {
  /** Smallest first. */
  readonly sets: readonly (readonly number[])[];
  /**
   * The sets that a limit left open: a set that contains one may not be minimal, and others may be missing.
   */
  readonly undecided: readonly (readonly number[])[];
}

/** Returns the sets that contain all of `members`. */
export const above = (sets: Sets, members: readonly number[]): Family =>
  members.reduce((family, thing) => sets.and(family, sets.with(thing, true)), sets.all);

/** Returns the sets that contain nothing but some of `members`. */
export const below = (sets: Sets, members: readonly number[]): Family => {
  const isMember = new Set(members);
  let family = sets.all;
  for (let thing = 0; thing < sets.size; thing += 1)
    if (!isMember.has(thing)) family = sets.and(family, sets.with(thing, false));
  return family;
};

const onIn = ({ given }: Target, members: readonly number[]): On => new Set([...given, ...members]);

/** Decides one set for all targets together. */
function* decideAll(
  targets: readonly Target[],
  members: readonly number[],
): Deciding<'open' | 'holds' | 'undecided'> {
  // Known sets cost nothing.
  if (targets.some((target) => target.learning.look(onIn(target, members)) === 'open')) return 'open';
  let isDecided = true;
  for (const target of targets) {
    const [verdict] = yield* target.learning.decide([onIn(target, members)]);
    if (verdict === 'open') return 'open';
    if (verdict === 'undecided') isDecided = false;
  }
  return isDecided ? 'holds' : 'undecided';
}

/** Returns the sets that are known to let an attack on one of the targets through. */
export const openSets = (sets: Sets, targets: readonly Target[]): Family =>
  targets.reduce(
    (family, { given, learning }) => sets.or(family, sets.given(learning.known().open, given)),
    sets.none,
  );

/**
 * Finds all minimal sets of `among` under which every target holds. The smallest set that is neither known to
 * be open nor contains one that was found is decided, again and again, until there is none: each set that is
 * smaller than one that is found was open, by an attack that works there. Nothing is concluded from one set
 * for another.
 */
export function* minimalSets(
  sets: Sets,
  targets: readonly Target[],
  among: readonly number[],
): Deciding<MinimalSets> {
  const found: (readonly number[])[] = [];
  const undecided: (readonly number[])[] = [];
  let candidates = below(sets, among);
  for (;;) {
    candidates = sets.minus(candidates, openSets(sets, targets));
    const members = sets.fewest(candidates);
    if (members === undefined) return { sets: found, undecided };
    const verdict = yield* decideAll(targets, members);
    if (verdict === 'holds') {
      found.push(members);
      candidates = sets.minus(candidates, above(sets, members));
    } else if (verdict === 'undecided') {
      undecided.push(members);
      candidates = sets.minus(candidates, sets.and(above(sets, members), below(sets, members)));
    }
  }
}
