import { canonical, systemOf, type Scenario, type System } from '../../model/index.ts';
import { censusInSlices, type Census } from '../../search/exhaustive/census.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import type { Limits, Verdict } from '../../search/result.ts';
import type { Slices } from '../drive.ts';
import { actionName, erasedSystem, writtenBy, type Erased } from './erased.ts';
import type { Part } from './parts.ts';

/** A system whose states were all looked at, with what was learned of it. */
export interface Known {
  readonly system: System;
  readonly invariant: string;
  readonly census: Census;
  readonly verdict: Verdict['kind'];
  readonly limits: Limits;
}

/** Kinds of which more states and steps, that stand still among them, show at least as much; the others speak of what is not there. */
const KINDS: readonly string[] = ['always', 'sometimes'];

/** All that a set of parts makes of a scenario. */
export const extendedBy = (scenario: Scenario, parts: readonly Part[]): Scenario =>
  parts.reduce((before, { extend }) => extend(before), scenario);

/** Fields that have one value, and that neither an action nor the invariant reads. */
const unreadIn = ({ census, invariant }: Known): readonly string[] => {
  const read = new Set([
    ...census.actions.flatMap(({ reads }) => reads),
    ...census.invariants.filter(({ id }) => id === invariant).flatMap(({ reads }) => reads),
  ]);
  return census.fields.filter(({ path, values }) => values === 1 && !read.has(path)).map(({ path }) => path);
};

/** A part as far as it could be irrelevant: it only brings instances, and from the start these write only what nobody reads. */
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
 * Whether the verdict stays with all parts together: by an exhaustive search without the values that only they read, in
 * which each does what it does whatever these are.
 */
function* together(known: Known, parts: readonly Part[], erased: readonly Erased[]): Slices<boolean> {
  const { invariant, limits, system, verdict } = known;
  const scenario = extendedBy(system.scenario, parts);
  const brought = new Set(erased.flatMap(({ instances }) => instances.map(({ key }) => key)));
  const all = systemOf(system.model, scenario).instances;
  if (all.length !== system.instances.length + brought.size) return false;
  const without = erasedSystem(system, scenario, invariant, erased);
  const { verdicts } = yield* exploreInSlices(without, { invariants: [invariant], limits });
  if (verdicts[invariant]!.kind !== verdict) return false;
  const found = yield* censusInSlices(without, limits);
  if (!found.complete) return false;
  const paths = new Set(erased.flatMap((part) => part.paths));
  const own = new Map(
    erased.flatMap((part) =>
      part.instances.map((_, index) => [actionName(part.id, index), part.paths] as const),
    ),
  );
  const readsOf = [...found.actions, ...found.invariants];
  return (
    found.fields.every(({ path, values }) => values === 1 || !paths.has(path)) &&
    readsOf.every(({ id, reads }) =>
      reads.every((path) => !paths.has(path) || own.get(id)?.includes(path) === true),
    )
  );
}

type Candidate = readonly [part: Part, erased: Erased];

/** Candidates that share a field have it with all values that they give it together; those that give too many are none. */
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

/** The most of `more` that, together with `proved`, leave the verdict as it is, by halves. */
function* grown(
  known: Known,
  proved: readonly Candidate[],
  more: readonly Candidate[],
): Slices<readonly Candidate[]> {
  if (more.length === 0) return proved;
  const all = [...proved, ...more];
  const holds = yield* together(
    known,
    all.map(([part]) => part),
    all.map(([, erased]) => erased),
  );
  if (holds) return all;
  if (more.length === 1) return proved;
  const middle = Math.ceil(more.length / 2);
  return yield* grown(known, yield* grown(known, proved, more.slice(0, middle)), more.slice(middle));
}

/**
 * The parts of which it is proved that they do not change the verdict, in whatever combination: nothing but they
 * themselves reads the fields that are theirs, whatever these hold; and all else that they do, such as to take time, was
 * searched with all of them together.
 */
export function* provedIrrelevant(known: Known, parts: readonly Part[]): Slices<readonly Part[]> {
  const kind = known.system.model.invariants[known.invariant]!.kind;
  if (!KINDS.includes(kind) || !known.census.complete) return [];
  const unread = unreadIn(known);
  const candidates = parts.flatMap((part): readonly Candidate[] => {
    const erased =
      part.kind === 'parameter' || part.kind === 'capability' ? candidate(known, part, unread) : undefined;
    return erased === undefined ? [] : [[part, erased]];
  });
  return (yield* grown(known, [], withShared(known, candidates, unread))).map(([part]) => part);
}
