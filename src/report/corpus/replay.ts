import { attackOf, type Attack } from '../../attack/attack.ts';
import { Fault, guarded, type System } from '../../model/index.ts';
import { statesOf } from '../../search/trace.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { traceOf, type AttackFile } from '../attack-file.ts';

/**
 * The outcome of running a recorded attack again: it does what was recorded, it runs and does not, or a step
 * is not possible.
 */
export type Replayed =
  | { readonly kind: 'works'; readonly attack: Attack }
  | { readonly kind: 'harmless'; readonly attack: Attack }
  | { readonly kind: 'refused'; readonly fault: Fault };

/** Runs a recorded attack on `system`, which is its model in its scenario, with immer and nothing learned. */
export const replayed = (system: System, file: AttackFile): Replayed => {
  const trace = traceOf(file);
  try {
    const states = statesOf(system, trace);
    const works = violatesOrWitnesses(system, file.invariant, states);
    const { initial, steps } = trace;
    // If a way leads back after all, the story must not say that none does.
    const told = works ? trace : { initial, steps };
    const attack = guarded(`model ${file.model}, present`, () => attackOf(system, told, file.shortest));
    return { kind: works ? 'works' : 'harmless', attack };
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW503') return { kind: 'refused', fault: error };
    throw error;
  }
};
