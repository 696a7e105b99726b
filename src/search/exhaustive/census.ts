import type { System, Value } from '../../model/index.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import { checkLimits } from '../limits.ts';
import type { Limits, Observer, Progress, SearchResult } from '../result.ts';
import { censusOfTries, isOpaque, writtenBy } from '../learned-relation/trie-census.ts';
import { layoutOf, type Layout } from './packing/layout.ts';
import { withSpace } from '../learned-relation/space.ts';
import type { Clusters } from './fused/cluster.ts';
import { searchIn } from './search-in-space.ts';
import { toResult } from './to-result.ts';
import { fieldSizes } from './packing/layout-headroom.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { stateQuestionsIn, type Monitor } from '../monitor/monitor.ts';

/** A field of the state, by its dotted path, with what it was seen to be. */
export interface FieldCensus {
  readonly path: string;
  readonly values: number;
  /** The first values that it took. */
  readonly examples: readonly Value[];
  /** Whether it is a part of changing shape, stored and compared as one value. */
  readonly whole: boolean;
  readonly bits: number;
  /** The group of fields that it is looked up with; none for a field that never changed. */
  readonly group?: number;
}

/** A group of fields that are looked up together, and where they stand in a packed state. */
export interface GroupCensus {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly fields: readonly string[];
}

/** The data learned by running a part of a model. */
export interface Learned {
  readonly id: string;
  readonly reads: readonly string[];
  /** The number of runs of the model's function; everything else was looked up. */
  readonly userRuns: number;
  readonly trieNodes: number;
}

/** An action: all its instances together. */
export interface ActionCensus extends Learned {
  readonly actor: string;
  readonly instances: number;
  /** The number of times that it was possible, and that it then changed the state. */
  readonly enabled: number;
  readonly effective: number;
  readonly writes: readonly string[];
  /** The number of different things that it did. */
  readonly effects: number;
}

/** An invariant; `readsAfter` is what it reads of the state after a step, if it is about steps. */
export interface InvariantCensus extends Learned {
  readonly kind: Monitor['kind'];
  readonly readsAfter?: readonly string[];
}

/** The census of a system: what was learned of it. Unless it is complete, that is what was seen so far. */
export interface Census extends Pick<
  ExhaustiveResult,
  'bound' | 'bytes' | 'complete' | 'depth' | 'states' | 'transitions' | 'trieNodes' | 'userRuns' | 'warnings'
> {
  readonly bitsPerState: number;
  readonly wordsPerState: number;
  readonly fields: readonly FieldCensus[];
  readonly groups: readonly GroupCensus[];
  readonly actions: readonly ActionCensus[];
  readonly invariants: readonly InvariantCensus[];
  /** Fields that no action and no invariant reads. */
  readonly unread: readonly string[];
  /** Actions that were never possible. */
  readonly neverPossible: readonly string[];
  /** The instances, and invariants, that one look-up answers for: those of more than one. */
  readonly fused: {
    readonly actions: readonly (readonly string[])[];
    readonly invariants: readonly (readonly string[])[];
  };
}

const EXAMPLES = 8;

/**
 * Returns the layout of packed states; where nothing was fused, without the room that was left for values
 * which did not come.
 */
const layoutIn = ({ machines, space, store, timers }: Search): Layout =>
  machines.plan === undefined ? layoutOf(fieldSizes(space, timers)) : store.layout;

const fieldsOf = ({ space }: Search, { groupOf, slots }: Layout): readonly FieldCensus[] =>
  space.fields.map((path, field) => {
    const values = space.valuesOf(field);
    const group = groupOf[field]!;
    return {
      path,
      values: values.length,
      examples: values.slice(0, EXAMPLES),
      whole: isOpaque(space, field),
      bits: slots[field]!.bits,
      ...(group < 0 ? {} : { group }),
    };
  });

// Behind the fields of the model stand the waiting times of `within`.
const nameOf =
  ({ space, timers }: Search) =>
  (field: number): string =>
    space.fields[field] ?? `(waiting for ${timers.find(({ timerField }) => timerField === field)!.id})`;

const groupsOf = (search: Search, { groups }: Layout): readonly GroupCensus[] =>
  groups.map(({ word, shift, bits, fields }) => ({
    word,
    shift,
    bits,
    fields: fields.map(nameOf(search)),
  }));

const actionsOf = (search: Search, counts: SearchResult['actions']): readonly ActionCensus[] => {
  const { space, system } = search;
  return Object.entries(system.model.actions).flatMap(([id, { actor }]): readonly ActionCensus[] => {
    const tries = space.tries.filter((_, index) => system.instances[index]!.action === id);
    if (tries.length === 0) return [];
    const { reads, nodes, leaves, outcomes } = censusOfTries(space, tries);
    return [
      {
        id,
        actor,
        instances: tries.length,
        ...counts[id]!,
        reads: reads.map(nameOf(search)),
        writes: writtenBy(space, outcomes).map(nameOf(search)),
        userRuns: leaves,
        trieNodes: nodes,
        // Outcome 0 is that it cannot happen.
        effects: outcomes.filter((outcome) => outcome > 0).length,
      },
    ];
  });
};

const invariantsOf = (search: Search): readonly InvariantCensus[] => {
  const { space, monitors } = search;
  const width = space.fields.length;
  return monitors.map((monitor) => {
    const asked = monitor.kind === 'never-step' ? [monitor.question] : stateQuestionsIn(monitor);
    const { reads, nodes, leaves } = censusOfTries(
      space,
      asked.map(({ trie }) => trie),
    );
    const after = reads.filter((field) => field >= width).map((field) => space.fields[field - width]!);
    return {
      id: monitor.id,
      kind: monitor.kind,
      reads: reads.filter((field) => field < width).map((field) => space.fields[field]!),
      ...(monitor.kind === 'never-step' ? { readsAfter: after } : {}),
      userRuns: leaves,
      trieNodes: nodes,
    };
  });
};

const fusedIn = (clusters: Clusters | undefined, names: readonly string[]): readonly (readonly string[])[] =>
  (clusters ?? [])
    .filter((members) => members.length > 1)
    .map((members) => members.map((member) => names[member]!));

const censusOf = (search: Search): Census => {
  const { actions: counts, antecedents: _, engine: __, verdicts: ___, ...figures } = toResult(search);
  const { machines, questions, space, system } = search;
  const { plan } = machines;
  const layout = layoutIn(search);
  const actions = actionsOf(search, counts);
  const invariants = invariantsOf(search);
  const read = new Set([
    ...actions.flatMap(({ reads }) => reads),
    ...invariants.flatMap(({ reads, readsAfter = [] }) => [...reads, ...readsAfter]),
  ]);
  return {
    ...figures,
    bitsPerState: layout.bits,
    wordsPerState: layout.words,
    fields: fieldsOf(search, layout),
    groups: groupsOf(search, layout),
    actions,
    invariants,
    unread: space.fields.filter((path) => !read.has(path)),
    neverPossible: actions.filter(({ enabled }) => enabled === 0).map(({ id }) => id),
    fused: {
      actions: fusedIn(
        plan?.actions,
        system.instances.map(({ key }) => key),
      ),
      invariants: fusedIn(
        plan?.questions,
        questions.map(({ monitor }) => monitor.id),
      ),
    },
  };
};

/**
 * Explores `system` as `explore` does, but reads all arrays element by element; asks all its invariants in
 * every state, also those that are decided, and tells what was learned. Throws what `explore` throws.
 */
export const censusInSlices = (
  system: System,
  limits: Limits = {},
): Generator<Progress, Census, 'stop' | undefined> => {
  checkLimits(limits);
  return watchedSlices(
    (spentMs) =>
      withSpace(system, function* (space) {
        return censusOf(yield* searchIn(system, space, { limits, toTheEnd: true }, { spentMs }));
      }),
    limits,
  );
};

/** Runs `censusInSlices` in one go. */
export const takeCensus = (
  system: System,
  options: { readonly limits?: Limits; readonly observer?: Observer } = {},
): Census => {
  const { limits, observer } = options;
  const slices = censusInSlices(system, limits);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next(observer?.(slice.value) === 'stop' ? 'stop' : undefined);
  return slice.value;
};
