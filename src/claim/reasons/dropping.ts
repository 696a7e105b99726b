import {
  Fault,
  guarded,
  systemOf,
  type AnyModel,
  type OnDefence,
  type Scenario,
  type System,
} from '../../model/index.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import { lengthOf, type Limits, type Progress, type Trace, type Verdict } from '../../search/result.ts';
import { pathViolatesOrWitnesses, statesOf } from '../../search/trace.ts';
import { drive } from '../engine/drive.ts';
import { createWorkbench } from '../group.ts';
import { createMemory, type Known, type Memory } from './memory.ts';
import type { Dropped } from './result.ts';
import { variantsOf } from '../../defence/variants.ts';

/** A scenario whose defences are switched off, some at a time. */
export interface Asked {
  readonly model: AnyModel;
  readonly scenario: Scenario;
  readonly limits: Limits;
}

/** The results by invariant. */
export type Answers = ReadonlyMap<string, Dropped>;

/** A decider, which finds out what holds without some defences, and remembers it. */
export interface Dropping {
  /** Returns the result of each of `invariants` with all that the scenario has, and the number of states. */
  readonly base: (
    asked: Asked,
    invariants: readonly string[],
    onDefence: OnDefence,
  ) => Promise<{ readonly answers: Answers; readonly states: number }>;
  /**
   * Returns the results without each of `drops`: searches of several variants at once, of so many states
   * each.
   */
  readonly search: (
    asked: Asked,
    drops: readonly (readonly string[])[],
    invariants: readonly string[],
    states: number,
  ) => Promise<readonly Answers[]>;
  /** Returns what a known attack says of one set and one invariant, if it can be replayed there. */
  readonly replay: (asked: Asked, drop: readonly string[], invariant: string) => Dropped | undefined;
  readonly counts: () => { readonly searches: number; readonly replays: number };
}

/** The number of states, about, that the variants of one search may have together. */
const TOGETHER_STATES = 1_500_000;

/** The listeners to the searches, and the signal to end them. */
export interface DroppingOptions {
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  readonly onSlice?: ((progress: Progress) => void) | undefined;
}

const withoutAlso = (scenario: Scenario, drop: readonly string[]): Scenario => ({
  ...scenario,
  without: [...new Set([...scenario.without, ...drop])].toSorted(),
});

const knownFrom = (defences: readonly string[], verdict: Verdict): Known => {
  const { kind } = verdict;
  if (kind === 'unresolved') return { dropped: { defences, verdict: kind, bound: verdict.bound } };
  if (kind !== 'violated' || verdict.trace === undefined) return { dropped: { defences, verdict: kind } };
  const { shortest, trace } = verdict;
  return { dropped: { defences, verdict: kind, steps: lengthOf(trace), shortest }, trace };
};

/** Whether `trace` can be replayed in `system` step by step and breaks the invariant there. */
const replays = (system: System, invariant: string, trace: Trace): boolean => {
  try {
    return guarded(`model ${system.model.id}, replay of an attack on ${invariant}`, () =>
      pathViolatesOrWitnesses(system, invariant, statesOf(system, trace)),
    );
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW503') return false;
    throw error;
  }
};

/** Translates a trace in the system of all variants into one in the system of one variant. */
const traceIn = (trace: Trace, variant: number, { initial }: System): Trace => {
  const first = initial.findIndex((state) => state['variant'] === variant);
  return { ...trace, initial: trace.initial - first };
};

const verdictIn = (verdict: Verdict, variant: number, system: System): Verdict =>
  verdict.kind === 'violated' && verdict.trace !== undefined
    ? { ...verdict, trace: traceIn(verdict.trace, variant, system) }
    : verdict;

/**
 * Replays the attacks in `known` against one set, and returns the result if one replays; `onReplay` is then
 * called.
 */
const byReplay = (
  known: Memory,
  asked: Asked,
  drop: readonly string[],
  invariant: string,
  onReplay: () => void,
): Dropped | undefined => {
  const before = known.get(asked, drop, invariant);
  if (before !== undefined) return before.dropped.verdict === 'violated' ? before.dropped : undefined;
  const { model, scenario } = asked;
  const attacks = known.attacksOn(asked, invariant);
  // A path alone does not show that nothing leads back.
  if (attacks.length === 0 || model.invariants[invariant]?.kind === 'recovers') return undefined;
  const system = guarded(`model ${model.id}, initial state and choices`, () =>
    systemOf(model, withoutAlso(scenario, drop)),
  );
  const trace = attacks.findLast((one) => replays(system, invariant, one));
  if (trace === undefined) return undefined;
  onReplay();
  const found = knownFrom(drop, { kind: 'violated', trace, shortest: false });
  known.set(asked, drop, invariant, found);
  return found.dropped;
};

/**
 * Makes a decider of invariants without defences, which decides each question once; attacks that come up are
 * tried before the next search.
 */
export const createDropping = ({ threads, signal, onSlice }: DroppingOptions): Dropping => {
  const { systemFor } = createWorkbench();
  const known = createMemory();
  let searches = 0;
  let replayed = 0;
  const explored = async (system: System, invariants: readonly string[], limits: Limits) => {
    searches += 1;
    return drive(exploreInSlices(system, { invariants, limits, threads }), { signal, onSlice });
  };

  const alone = async (
    asked: Asked,
    drop: readonly string[],
    invariants: readonly string[],
  ): Promise<void> => {
    const open = invariants.filter((id) => known.get(asked, drop, id) === undefined);
    if (open.length === 0) return;
    const system = systemFor(asked.model, withoutAlso(asked.scenario, drop), asked.limits);
    const { verdicts } = await explored(system, open, asked.limits);
    for (const id of open) known.set(asked, drop, id, knownFrom(drop, verdicts[id]!));
  };

  const atOnce = async (
    asked: Asked,
    drops: readonly (readonly string[])[],
    invariants: readonly string[],
  ): Promise<void> => {
    const { limits, model, scenario } = asked;
    const variants =
      drops.length < 2
        ? undefined
        : guarded(`model ${model.id}, choices`, () => variantsOf(model, scenario, drops, invariants));
    if (variants === undefined) {
      for (const drop of drops) await alone(asked, drop, invariants);
      return;
    }
    const system = systemFor(variants.model, scenario, limits);
    const { verdicts } = await explored(system, Object.keys(variants.model.invariants), limits);
    for (const [variant, drop] of drops.entries()) {
      for (const id of invariants) {
        const verdict = verdictIn(verdicts[variants.nameOf(id, variant)]!, variant, system);
        known.set(asked, drop, id, knownFrom(drop, verdict));
      }
    }
  };

  const answersOf = (asked: Asked, drop: readonly string[], invariants: readonly string[]): Answers =>
    new Map(invariants.map((id) => [id, { ...known.get(asked, drop, id)!.dropped, defences: drop }]));

  return {
    base: async (asked, invariants, onDefence) => {
      const system = systemFor(asked.model, asked.scenario, asked.limits, onDefence);
      const { states, verdicts } = await explored(system, invariants, asked.limits);
      return { answers: new Map(invariants.map((id) => [id, knownFrom([], verdicts[id]!).dropped])), states };
    },
    search: async (asked, drops, invariants, states) => {
      const open = drops.filter((drop) => invariants.some((id) => known.get(asked, drop, id) === undefined));
      // A limit on states is one on those of each scenario.
      const size =
        asked.limits.maxStates === undefined ? Math.max(1, Math.floor(TOGETHER_STATES / states)) : 1;
      for (let at = 0; at < open.length; at += size)
        await atOnce(asked, open.slice(at, at + size), invariants);
      return drops.map((drop) => answersOf(asked, drop, invariants));
    },
    replay: (asked, drop, invariant) => {
      return byReplay(known, asked, drop, invariant, () => (replayed += 1));
    },
    counts: () => ({ searches, replays: replayed }),
  };
};
