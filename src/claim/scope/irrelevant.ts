import { canonical, systemOf, type System } from '../../model/index.ts';
import { censusInSlices, type Census } from '../../search/exhaustive/census.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import type { Limits, Verdict } from '../../search/result.ts';
import type { Slices } from '../engine/drive.ts';
import { actionName, erasedSystem, writtenBy, type Erased } from './erased.ts';
import { extendedBy, type Part } from './parts.ts';

/** A system whose states were all looked at, with what was learned of it. */
export interface Known {
  readonly system: System;
  /** The invariants, all of one kind, and their results. */
  readonly invariants: readonly string[];
  readonly census: Census;
  readonly verdicts: { readonly [invariant: string]: Verdict['kind'] };
  readonly limits: Limits;
}

/**
 * Kinds of which more states and steps, that stand still among them, show at least as much; the others speak
 * of what is not there.
 */
const KINDS: readonly string[] = ['always', 'sometimes'];

/** Returns what is learned of a system with these invariants alone: those of other kinds need more states. */
export const learnedOf = (
  { model, scenario }: System,
  invariants: readonly string[],
  limits: Limits,
): Slices<Census> => {
  const asked = Object.fromEntries(invariants.map((id) => [id, model.invariants[id]!]));
  return censusInSlices(systemOf({ ...model, invariants: asked }, scenario), limits);
};

/** Returns the fields that have one value, and that neither an action nor one of the invariants reads. */
const unreadIn = ({ census, invariants }: Known): readonly string[] => {
  const read = new Set([
    ...census.actions.flatMap(({ reads }) => reads),
    ...census.invariants.filter(({ id }) => invariants.includes(id)).flatMap(({ reads }) => reads),
  ]);
  return census.fields.filter(({ path, values }) => values === 1 && !read.has(path)).map(({ path }) => path);
};

/**
 * A candidate for irrelevance: a part that only brings instances, and from the start these write only fields
 * that nobody reads.
 */
const candidate = (known: Known, part: Part, unread: readonly string[]): Erased | undefined => {
  const { model, scenario, instances, initial } = known.system;
  const extended = systemOf(model, part.extend(scenario));
  const keys = new Set(extended.instances.map(({ key }) => key));
  if (canonical(extended.initial) !== canonical(initial) || initial.length !== 1) return undefined;
  if (!instances.every(({ key }) => keys.has(key))) return undefined;
  const own = new Set(instances.map(({ key }) => key));
  const bringing = { id: part.id, instances: extended.instances.filter(({ key }) => !own.has(key)) };
  const written = writtenBy(extended, bringing, unread);
  return written === undefined || written.others || written.paths.length === 0
    ? undefined
    : { ...bringing, paths: written.paths, values: written.values };
};

/**
 * The answer of a search without the values of some fields: the verdicts stay, some of the fields are read,
 * or neither.
 */
type Answer = 'same' | 'open' | { readonly read: ReadonlySet<string> };

/** Returns the fields that others than their own parts read, or that took a value which was not expected. */
const readIn = (found: Census, erased: readonly Erased[]): ReadonlySet<string> => {
  const paths = new Set(erased.flatMap((part) => part.paths));
  const own = new Map(
    erased.flatMap((part) =>
      part.instances.map((_, index) => [actionName(part.id, index), part.paths] as const),
    ),
  );
  const changed = found.fields.filter(({ values }) => values > 1).map(({ path }) => path);
  const readsOf = [...found.actions, ...found.invariants];
  const read = readsOf.flatMap(({ id, reads }) =>
    reads.filter((path) => own.get(id)?.includes(path) !== true),
  );
  return new Set([...changed, ...read].filter((path) => paths.has(path)));
};

/**
 * Decides whether the verdicts stay with all parts together: by an exhaustive search without the values that
 * only they read, in which each does what it does whatever these are.
 */
function* together(known: Known, candidates: readonly Candidate[]): Slices<Answer> {
  const { invariants, limits, system } = known;
  const erased = candidates.map(([, one]) => one);
  const scenario = extendedBy(
    system.scenario,
    candidates.map(([part]) => part),
  );
  const brought = new Set(erased.flatMap(({ instances }) => instances.map(({ key }) => key)));
  const all = systemOf(system.model, scenario).instances;
  if (all.length !== system.instances.length + brought.size) return 'open';
  const without = erasedSystem(system, scenario, invariants, erased);
  const found = yield* censusInSlices(without, limits);
  const read = readIn(found, erased);
  if (read.size > 0) return { read };
  if (!found.complete) return 'open';
  const { verdicts } = yield* exploreInSlices(without, { invariants, limits });
  return invariants.every((id) => verdicts[id]!.kind === known.verdicts[id]) ? 'same' : 'open';
}

type Candidate = readonly [part: Part, erased: Erased];

/**
 * Candidates that share a field have it with all values that they give it together; those that give too many
 * are none.
 */
const withShared = (
  { system }: Known,
  candidates: readonly Candidate[],
  unread: readonly string[],
): readonly Candidate[] => {
  const groups: Candidate[][] = [];
  for (const one of candidates) {
    const shares = groups.filter((group) =>
      group.some(([, { paths }]) => paths.some((path) => one[1].paths.includes(path))),
    );
    for (const group of shares) groups.splice(groups.indexOf(group), 1);
    groups.push([...shares.flat(), one]);
  }
  return groups.flatMap((group) => {
    if (group.length === 1) return group;
    const parts = group.map(([part]) => part);
    const instances = group.flatMap(([, erased]) => erased.instances);
    const extended = systemOf(system.model, extendedBy(system.scenario, parts));
    const written = writtenBy(extended, { id: '', instances }, unread);
    if (written === undefined) return [];
    const { paths, values } = written;
    return group.map(([part, erased]): Candidate => [part, { ...erased, paths, values }]);
  });
};

/**
 * Finds the most of `more` that, together with `proved`, leave the verdicts as they are: without those whose
 * fields somebody reads, and by halves.
 */
function* grown(
  known: Known,
  proved: readonly Candidate[],
  more: readonly Candidate[],
): Slices<readonly Candidate[]> {
  if (more.length === 0) return proved;
  const all = [...proved, ...more];
  const answer = yield* together(known, all);
  if (answer === 'same') return all;
  if (answer !== 'open') {
    const rest = more.filter(([, { paths }]) => !paths.some((path) => answer.read.has(path)));
    if (rest.length < more.length) return yield* grown(known, proved, rest);
  }
  if (more.length === 1) return proved;
  const middle = Math.ceil(more.length / 2);
  return yield* grown(known, yield* grown(known, proved, more.slice(0, middle)), more.slice(middle));
}

/**
 * Finds the parts of which it is proved that they do not change the verdict, in whatever combination. Nothing
 * but they themselves reads the fields that are theirs, whatever these hold; and all else that they do, such
 * as to take time, was searched with all of them together.
 */
export function* provedIrrelevant(known: Known, parts: readonly Part[]): Slices<readonly Part[]> {
  const { census, invariants, system } = known;
  const isFit = (id: string): boolean => KINDS.includes(system.model.invariants[id]!.kind);
  if (!invariants.every(isFit) || !census.complete) return [];
  const unread = unreadIn(known);
  const candidates = parts.flatMap((part): readonly Candidate[] => {
    const erased =
      part.kind === 'parameter' || part.kind === 'capability' ? candidate(known, part, unread) : undefined;
    return erased === undefined ? [] : [[part, erased]];
  });
  return (yield* grown(known, [], withShared(known, candidates, unread))).map(([part]) => part);
}
