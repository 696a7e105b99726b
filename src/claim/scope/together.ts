import type { System } from '../../model/index.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import type { Limits, SearchResult } from '../../search/result.ts';
import { statesOf } from '../../search/trace.ts';
import type { Slices } from '../engine/drive.ts';
import { besideSystem, broughtName, type Manner } from './beside.ts';
import { bringAlike, bringingOf, type Bringing } from './bringing.ts';
import type { Known } from './irrelevant.ts';
import type { Part } from './parts.ts';

/** Parts with which the verdicts stay, decided by searches that they share. */
export interface Shared {
  /** Parts in any combination of which the verdicts stay. */
  readonly combined: readonly Part[];
  /** Parts with each of which, alone, the verdicts stay. */
  readonly alone: readonly Part[];
  /** The largest number of states of one of the searches. */
  readonly states: number;
}

const NONE: Shared = { combined: [], alone: [], states: 0 };

/**
 * Kinds of which more states and steps break at least as much, so that what holds with more parts holds with
 * each.
 */
const KINDS: readonly string[] = ['always', 'never-step'];

/**
 * States that parts may have together, one at a time, about; and how many times those of the claim a part
 * has, about.
 */
const TOGETHER = 1_000_000;
const TIMES = 3;
/** The fewest parts that share a search. */
const LEAST = 3;

interface Beside {
  readonly system: System;
  readonly result: SearchResult;
  /** Parts that do in this system what they do in their own scenario. */
  readonly sure: readonly Bringing[];
}

function* beside(
  { invariants, limits, system: base }: Known,
  brought: readonly Bringing[],
  manner: Manner,
  maxStates: number,
): Slices<Beside> {
  const heard = new Set<string>();
  const system = besideSystem(base, invariants, brought, manner, (name) => heard.add(name));
  const own: Limits = { ...limits, maxStates };
  const result = yield* exploreInSlices(system, { invariants, limits: own });
  return {
    system,
    result,
    sure: brought.filter(({ parameters }) => !parameters.some((name) => heard.has(name))),
  };
}

const allHold = ({ complete, verdicts }: SearchResult): boolean =>
  complete && Object.values(verdicts).every(({ kind }) => kind === 'holds');

/**
 * Finds the parts of `brought` that change nothing wherever they can act, in any combination: their states
 * are those of the claim.
 */
function* idleOf(known: Known, brought: readonly Bringing[]): Slices<Shared> {
  let rest = brought;
  while (rest.length > 0) {
    const { result, sure } = yield* beside(known, rest, 'all', 2 * known.census.states + 1_000);
    if (sure.length === rest.length && allHold(result) && bringAlike(known.system, rest))
      return { combined: rest.map(({ part }) => part), alone: [], states: result.states };
    const acts = ({ instances }: Bringing, at: number): boolean =>
      instances.some((_, index) => result.actions[broughtName(at + 1, index)]!.effective > 0);
    const idle = rest.filter((one, at) => sure.includes(one) && !acts(one, at));
    if (idle.length === rest.length) return NONE;
    rest = idle;
  }
  return NONE;
}

/** The numbers of the parts that were used in attacks. */
const culprits = ({ result, system }: Beside): readonly number[] =>
  Object.values(result.verdicts).flatMap((verdict) =>
    verdict.kind === 'violated' && verdict.trace !== undefined
      ? [statesOf(system, verdict.trace).at(-1)!['used'] as number]
      : [],
  );

/** Finds the parts of `brought` with which, one at a time, the verdicts stay. */
function* oneAtATime(known: Known, brought: readonly Bringing[]): Slices<Shared> {
  if (brought.length < LEAST) return NONE;
  const found = yield* beside(known, brought, 'one', 2 * TOGETHER);
  const { result, sure } = found;
  if (result.bound === 'interrupted') return NONE;
  if (sure.length < brought.length) return yield* oneAtATime(known, sure);
  if (allHold(result)) return { combined: [], alone: brought.map(({ part }) => part), states: result.states };
  const guilty = culprits(found);
  if (guilty.includes(0)) return NONE;
  if (guilty.length > 0)
    return yield* oneAtATime(
      known,
      brought.filter((_, at) => !guilty.includes(at + 1)),
    );
  const middle = Math.ceil(brought.length / 2);
  const one = yield* oneAtATime(known, brought.slice(0, middle));
  const other = yield* oneAtATime(known, brought.slice(middle));
  return { combined: [], alone: [...one.alone, ...other.alone], states: Math.max(one.states, other.states) };
}

/**
 * Finds the parts with which the verdicts stay, as far as searches say that many parts share: all that change
 * nothing at once, the others one at a time in one search, which learns what does not depend on them once.
 * Nothing is concluded where a function asks after what a part changes, nor from a search that a limit ended.
 */
export function* sharedBy(known: Known, parts: readonly Part[]): Slices<Shared> {
  const { census, invariants, system, verdicts } = known;
  const { invariants: all } = system.model;
  if (
    !census.complete ||
    !invariants.every((id) => KINDS.includes(all[id]!.kind) && verdicts[id] === 'holds')
  )
    return NONE;
  const brought = parts.flatMap((part) => bringingOf(system, part) ?? []);
  const idle = yield* idleOf(known, brought);
  const acting = brought.filter(({ part }) => !idle.combined.includes(part));
  const size = Math.floor(TOGETHER / (TIMES * census.states));
  const alone: Part[] = [];
  let { states } = idle;
  for (let at = 0; at < acting.length && size >= LEAST; at += size) {
    const found = yield* oneAtATime(known, acting.slice(at, at + size));
    alone.push(...found.alone);
    states = Math.max(states, found.states);
  }
  return { combined: idle.combined, alone, states };
}
