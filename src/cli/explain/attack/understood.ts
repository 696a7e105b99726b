import { attackOf, type Attack } from '../../../attack/attack.ts';
import { necessityInSlices, type Necessity } from '../../../attack/why/necessity.ts';
import { explainSteps, type StepExplanation } from '../../../attack/why/why.ts';
import { againstInSlices } from '../../../defence/against.ts';
import type { SingleDefence } from '../../../defence/result.ts';
import { Fault, guarded, type AnyModel, type System } from '../../../model/index.ts';
import { exploreInSlices } from '../../../search/exhaustive/explore.ts';
import type { Limits, Progress, Trace } from '../../../search/result.ts';

/** An attack that is to be explained. */
export interface Subject {
  /** The claim that it answers. */
  readonly claim: string;
  readonly says: string;
  readonly model: AnyModel;
  readonly system: System;
  readonly invariant: string;
  readonly kind: 'attack' | 'witness';
  readonly trace: Trace;
  readonly shortest: boolean;
}

/** An attack and why it works. */
export interface Understood {
  readonly subject: Subject;
  readonly attack: Attack;
  readonly why: readonly StepExplanation[];
  readonly needs: readonly Necessity[];
  /** The effect of each defence that is off, alone; none for a witness. */
  readonly defences: readonly SingleDefence[];
}

type Searching<T> = Generator<Progress, T, 'stop' | undefined>;

/** The most states of each search, where no limit is given. */
export const MOST_STATES = 1_000_000;

const nothingFound = (claim: string, got: string): Fault =>
  new Fault('UW392', {
    where: claim,
    expected: 'an attack, or a witness',
    got,
    likely: 'the claim holds, or a limit ended the search too early',
    next: 'run `underwatch verify` with it; `underwatch list` names those that are expected to be violated',
  });

/** Searches for the path that a claim is about. Throws UW392 where there is none. */
export function* foundFor(
  of: Omit<Subject, 'kind' | 'shortest' | 'trace'>,
  limits: Limits,
): Searching<Subject> {
  const { claim, invariant, system } = of;
  const { verdicts } = yield* exploreInSlices(system, { invariants: [invariant], limits });
  const verdict = verdicts[invariant];
  if (verdict?.kind === 'violated' && verdict.trace !== undefined)
    return { ...of, kind: 'attack', trace: verdict.trace, shortest: verdict.shortest };
  if (verdict?.kind === 'holds' && verdict.witness !== undefined)
    return { ...of, kind: 'witness', trace: verdict.witness, shortest: true };
  throw nothingFound(
    claim,
    verdict?.kind === 'unresolved' ? `unresolved: ${verdict.bound}` : `${verdict?.kind}, and no path`,
  );
}

/**
 * Finds out why an attack works: what each step is for, which actions every attack needs, and which defences
 * stop it.
 */
export function* understoodInSlices(subject: Subject, limits: Limits): Searching<Understood> {
  const { claim, invariant, kind, model, shortest, system, trace } = subject;
  const { scenario } = system;
  const attack = guarded(`model ${model.id}, present`, () => attackOf(system, trace, shortest));
  const why = explainSteps(system, invariant, trace);
  const needs = yield* necessityInSlices(system, invariant, trace, limits);
  const question = { id: claim, model, scenario, invariant };
  const defences = kind === 'attack' ? yield* againstInSlices(question, { trace, shortest }, limits) : [];
  return { subject, attack, why, needs, defences };
}
