import { isEnabled, stepOf, type State, type System } from '../../model/index.ts';
import { lengthOf, type Trace } from '../../search/result.ts';
import { instanceOf, pathViolatesOrWitnesses } from '../../search/trace.ts';
import type { ReplayOutcome } from '../replay-outcome.ts';
import { phasesOf, type Phase } from './phase.ts';
import { readsAlongPath, type FieldRead } from './reads.ts';

/**
 * A reader of fields that a step wrote, before another step writes them: a later step, or the invariant at
 * the end.
 */
export type FieldReader =
  /**
   * The step could not happen, or would do something else, if the fields had other values; steps count from
   * 1.
   */
  | {
      readonly kind: 'guard' | 'recipe';
      readonly step: number;
      readonly fields: readonly string[];
    }
  | { readonly kind: 'invariant'; readonly fields: readonly string[] };

/** The explanation of why a step is there. */
export interface StepExplanation {
  readonly phase: Phase;
  readonly readBy: readonly FieldReader[];
  /**
   * The outcome of the attack without this step, the others as they are. Missing for `recovers`: no path
   * alone shows that it is broken.
   */
  readonly left?: ReplayOutcome;
}

const leftWithout = (
  system: System,
  invariant: string,
  { initial, steps }: Trace,
  gone: number,
): ReplayOutcome => {
  let state = system.initial[initial]!;
  const states: State[] = [state];
  for (const [at, step] of steps.entries()) {
    if (at === gone) continue;
    const instance = instanceOf(system, step);
    if (!isEnabled(system, state, instance)) return { kind: 'refused', step: at + 1 };
    state = stepOf(system, state, instance);
    states.push(state);
  }
  return { kind: pathViolatesOrWitnesses(system, invariant, states) ? 'works' : 'harmless' };
};

/** Returns the last step before state `state` that wrote `field`: the state after step n has number n. */
const writerOf = (
  steps: readonly { readonly wrote: readonly string[] }[],
  { field, state }: FieldRead,
): number => steps.slice(0, state).findLastIndex(({ wrote }) => wrote.includes(field));

/**
 * Explains why each step of an attack is there: who reads what it wrote, as recorded; what becomes of the
 * attack without it, as tried; and what it is for. Of an attack that goes on, it explains the steps of the
 * stem. Throws UW503 for one that does not run.
 */
export const explainSteps = (system: System, invariant: string, whole: Trace): readonly StepExplanation[] => {
  const trace: Trace = { initial: whole.initial, steps: whole.steps.slice(0, lengthOf(whole)) };
  const reads = readsAlongPath(system, invariant, trace);
  const phases = phasesOf(system, trace);
  const isShownByPath = system.model.invariants[invariant]?.kind !== 'recovers';
  const writtenBy = (writer: number, fields: readonly string[], state: number): readonly string[] => [
    ...new Set(fields.filter((field) => writerOf(reads.steps, { field, state }) === writer)),
  ];
  return trace.steps.map((_, writer): StepExplanation => {
    const readers = reads.steps.flatMap(({ guard, recipe }, at): readonly FieldReader[] => [
      { kind: 'guard', step: at + 1, fields: writtenBy(writer, guard, at) },
      { kind: 'recipe', step: at + 1, fields: writtenBy(writer, recipe, at) },
    ]);
    const atEnd = reads.invariant.filter((read) => writerOf(reads.steps, read) === writer);
    const invariantFields = [...new Set(atEnd.map(({ field }) => field))];
    return {
      phase: phases[writer]!,
      readBy: [
        ...readers.filter(({ fields }) => fields.length > 0),
        ...(invariantFields.length === 0 ? [] : [{ kind: 'invariant' as const, fields: invariantFields }]),
      ],
      ...(isShownByPath ? { left: leftWithout(system, invariant, trace, writer) } : {}),
    };
  });
};
