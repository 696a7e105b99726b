import { attackAmong } from '../../attack/why/necessity.ts';
import { isOfAdversary } from '../../attack/why/phase.ts';
import { Fault, type Instance, type System } from '../../model/index.ts';
import { needPure } from '../../model/purity/check.ts';
import { checkLimits } from '../../search/limits.ts';
import type { Bound, Limits, Trace } from '../../search/result.ts';
import { instanceOf } from '../../search/trace.ts';
import { above, below } from '../minimal.ts';
import { isShownByPath } from '../question.ts';
import type { Deciding } from '../search-sets.ts';
import { createSets, type Sets } from '../sets/diagram.ts';

/**
 * The distinction between attack classes: by the actions that the adversary takes, each choice in them, or
 * the capabilities that these need.
 */
export type ClassifiedBy = 'actions' | 'choices' | 'capabilities';

/**
 * An attack class: the attacks that use nothing but these actions, choices or capabilities, with a shortest
 * one of them.
 */
export interface AttackClass {
  readonly uses: readonly string[];
  readonly trace: Trace;
  readonly shortest: boolean;
}

/** The classes of attacks on an invariant: each differs from the others in what it uses. */
export interface AttackClasses {
  readonly by: ClassifiedBy;
  /** The things that an attack could use. */
  readonly among: readonly string[];
  /**
   * The classes, shortest first. Each uses less than every other one that is as short: none is shorter and
   * uses no more.
   */
  readonly classes: readonly AttackClass[];
  /**
   * Whether no class is missing: for every set the shortest attack that uses nothing else is known, or that
   * there is none.
   */
  readonly complete: boolean;
  /** Sets without which no attack is left, by a search of every state; the smallest ones if `complete`. */
  readonly cuts: readonly (readonly string[])[];
  /** The bound that ended a search early, if one did. */
  readonly bound?: Bound;
  readonly searches: number;
}

/** Options of the classification. */
export interface ClassifyOptions {
  readonly by?: ClassifiedBy;
  /** The limits of each search. */
  readonly limits?: Limits;
  /** The most searches; 500 if not given. */
  readonly maxSearches?: number;
}

const MAX_SEARCHES = 500;

const needShown = ({ model }: System, invariant: string): void => {
  if (isShownByPath(model, invariant)) return;
  throw new Fault('UW412', {
    where: `model ${model.id}, invariant ${invariant}`,
    expected: 'an invariant of kind always or never-step',
    got: model.invariants[invariant]?.kind ?? 'none of the model',
    likely: 'where less can happen, what is breached of another kind may be more',
    next: 'name a claim about an invariant of one of these kinds',
  });
};

/** Returns what an instance uses; undefined where nobody can keep it from happening. */
type UsedBy = (instance: Instance) => string | undefined;

const usedBy =
  (system: System, by: ClassifiedBy): UsedBy =>
  ({ action, key }) => {
    if (by === 'capabilities') return system.model.actions[action]?.needs;
    if (!isOfAdversary(system, action)) return undefined;
    return by === 'actions' ? action : key;
  };

const isWithin = (some: readonly number[], others: readonly number[]): boolean =>
  some.every((place) => others.includes(place));

/** Sets of which none contains another one. */
const smallest = (all: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  all.filter((one, at) => !all.some((other, place) => place !== at && isWithin(other, one)));

interface Placed {
  readonly places: readonly number[];
  readonly way: AttackClass;
}

/**
 * Returns the classes that no other one beats: a class beats another if it is as short and uses no more. The
 * first one of equals stays.
 */
const front = (classes: readonly Placed[]): readonly AttackClass[] => {
  const isBetter = (other: Placed, at: number, one: Placed, place: number): boolean => {
    const [length, others] = [one.way.trace.steps.length, other.way.trace.steps.length];
    if (!isWithin(other.places, one.places) || others > length) return false;
    return others < length || other.places.length < one.places.length || at < place;
  };
  return classes
    .filter((one, place) => !classes.some((other, at) => isBetter(other, at, one, place)))
    .map(({ way }) => way)
    .toSorted((a, b) => a.trace.steps.length - b.trace.steps.length || a.uses.length - b.uses.length);
};

/**
 * Finds the classes of attacks on an invariant. It searches, again and again, the largest set for which the
 * shortest attack that uses nothing else is not known. Each set between that one and the things that its
 * shortest attack uses has the same shortest attack. If it has no attack, no subset has one: a path is a path
 * also where more can happen. Yields its progress, and stops at what it has when sent `stop`. Throws UW412
 * for an invariant of which no path shows a breach, UW201 for limits that make no sense, and what a search
 * throws.
 */
export function* classifyInSlices(
  system: System,
  invariant: string,
  { by = 'actions', limits = {}, maxSearches = MAX_SEARCHES }: ClassifyOptions = {},
): Deciding<AttackClasses> {
  checkLimits(limits);
  needShown(system, invariant);
  needPure(system);
  const uses = usedBy(system, by);
  const among = [...new Set(system.instances.flatMap((instance) => uses(instance) ?? []))];
  const sets: Sets = createSets(among.length);
  const names = (places: readonly number[]): readonly string[] => places.map((place) => among[place]!);
  const found: Placed[] = [];
  const proved: (readonly number[])[] = [];
  let bound: Bound | undefined;
  let candidates = sets.all;
  let searches = 0;
  let isOpen = false;
  for (;;) {
    const members = sets.most(candidates);
    if (members === undefined) break;
    isOpen ||= searches >= maxSearches;
    if (searches >= maxSearches || bound === 'interrupted') break;
    searches += 1;
    const allowed = new Set(names(members));
    const isThere = (instance: Instance): boolean => {
      const used = uses(instance);
      return used === undefined || allowed.has(used);
    };
    const result = yield* attackAmong(system, invariant, isThere, limits);
    if (result.kind === 'another') {
      const { shortest, trace } = result;
      const used = [...new Set(trace.steps.flatMap((step) => uses(instanceOf(system, step)) ?? []))];
      const places = used.map((name) => among.indexOf(name)).toSorted((a, b) => a - b);
      found.push({ places, way: { uses: names(places), trace, shortest } });
      candidates = sets.minus(candidates, sets.and(above(sets, places), below(sets, members)));
    } else if (result.kind === 'none') {
      proved.push(members);
      candidates = sets.minus(candidates, below(sets, members));
    } else {
      // A set that was not decided says nothing, and the sets below it are still asked.
      ({ bound } = result);
      isOpen = true;
      candidates = sets.minus(candidates, sets.and(above(sets, members), below(sets, members)));
    }
  }
  const everything = among.map((_, place) => place);
  const cuts = proved.map((members) => everything.filter((place) => !members.includes(place)));
  return {
    by,
    among,
    classes: front(found),
    complete: !isOpen,
    cuts: smallest(cuts)
      .map(names)
      .toSorted((a, b) => a.length - b.length),
    ...(bound === undefined ? {} : { bound }),
    searches,
  };
}
