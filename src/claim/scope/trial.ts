import { attackOf, type Attack } from '../../attack/attack.ts';
import { Fault, guarded, systemOf, type AnyModel, type System } from '../../model/index.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import type { Bound, Limits, Verdict } from '../../search/result.ts';
import type { Claim } from '../claim.ts';
import type { Slices } from '../engine/drive.ts';
import type { Known } from './irrelevant.ts';
import { extendedBy, type Part } from './parts.ts';

/** The result of a claim with one part more, or two. */
export interface Trial {
  readonly parts: readonly string[];
  /**
   * `irrelevant`: proved without a search of its own. `changes`: another verdict. `rests on`: a defence
   * without which it is another.
   */
  readonly outcome: 'irrelevant' | 'same' | 'changes' | 'rests on' | 'undecided' | 'untried';
  readonly verdict?: Verdict['kind'];
  readonly bound?: Bound;
  /** The number of states of the search that decided it; many parts share one, as `shared` says. */
  readonly states?: number;
  /** Decided by a search that other parts shared. */
  readonly shared?: true;
  readonly attack?: Attack;
  /** The claim's own reason for leaving it out. */
  readonly leftOut?: string;
  readonly because?: string;
}

/** The results of a search of a scenario with some parts more, by invariant. */
export interface Tried {
  readonly parts: readonly Part[];
  readonly states: number;
  readonly verdicts: { readonly [invariant: string]: Verdict };
  readonly attacks: { readonly [invariant: string]: Attack };
  /** The reason why there was no search. */
  readonly untried?: string;
}

const attacksIn = (
  model: AnyModel,
  system: System,
  verdicts: { readonly [invariant: string]: Verdict },
): Tried['attacks'] =>
  Object.fromEntries(
    Object.entries(verdicts).flatMap(([id, verdict]) =>
      verdict.kind === 'violated' && verdict.trace !== undefined
        ? [
            [
              id,
              guarded(`model ${model.id}, present`, () => attackOf(system, verdict.trace!, verdict.shortest)),
            ],
          ]
        : [],
    ),
  );

/** One search of the claims' scenario with some parts more. */
export function* tryWith(
  { invariants, system }: Pick<Known, 'invariants' | 'system'>,
  parts: readonly Part[],
  limits: Limits,
): Slices<Tried> {
  const { model } = system;
  const ids = parts.map(({ id }) => id);
  let extended: System;
  try {
    extended = guarded(`model ${model.id} with ${ids.join(', ')}, initial state and choices`, () =>
      systemOf(model, extendedBy(system.scenario, parts)),
    );
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { parts, states: 0, verdicts: {}, attacks: {}, untried: error.title };
  }
  const { states, verdicts } = yield* exploreInSlices(extended, { invariants, limits });
  return { parts, states, verdicts, attacks: attacksIn(model, extended, verdicts) };
}

/** Whether a search was stopped. */
export const isStopped = ({ verdicts }: Tried): boolean =>
  Object.values(verdicts).some((verdict) => verdict.kind === 'unresolved' && verdict.bound === 'interrupted');

const isOther = ({ expect }: Claim, verdict: Verdict['kind']): boolean =>
  expect === 'holds' ? verdict === 'violated' : verdict !== expect;

/** Takes the result of one claim from a search. */
export const trialOf = (claim: Claim, { attacks, parts, states, untried, verdicts }: Tried): Trial => {
  const ids = parts.map(({ id }) => id);
  if (untried !== undefined) return { parts: ids, outcome: 'untried', because: untried };
  const verdict = verdicts[claim.invariant]!;
  const attack = attacks[claim.invariant];
  const told = { parts: ids, verdict: verdict.kind, states, ...(attack === undefined ? {} : { attack }) };
  const leftOut = parts.length === 1 ? claim.leavesOut?.[ids[0]!] : undefined;
  const named = leftOut === undefined ? {} : { leftOut };
  if (verdict.kind === 'unresolved') return { ...told, outcome: 'undecided', bound: verdict.bound, ...named };
  if (!isOther(claim, verdict.kind)) return { ...told, outcome: 'same' };
  if (parts.every(({ kind }) => kind === 'defence off')) return { ...told, outcome: 'rests on' };
  return { ...told, outcome: 'changes', ...named };
};
