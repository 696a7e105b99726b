import type { System } from '../../model/index.ts';
import { instanceOf, statesOf } from '../../search/trace.ts';
import type { Trace } from '../../search/result.ts';
import { changesBetween } from '../changes.ts';

/**
 * The purpose of an attack's step. `others` needs no capability: the machine and its honest users do it. Of
 * the adversary's own steps, `cover up` puts a field back to what it was before the adversary changed it,
 * `strike` is the last one that does not, and `prepare` is each that comes before.
 */
export type Phase = 'prepare' | 'strike' | 'cover up' | 'others';

/** Whether a step is the adversary's: one that needs a capability; any, in a model without capabilities. */
export const isOfAdversary = ({ instances, model }: System, action: string): boolean =>
  model.actions[action]?.needs !== undefined ||
  instances.every((instance) => model.actions[instance.action]?.needs === undefined);

/**
 * Returns the phase of each step of a path. Fields that the model hides in pictures count for nothing: they
 * are bookkeeping.
 */
export const phasesOf = (system: System, trace: Trace): readonly Phase[] => {
  const states = statesOf(system, trace);
  // The value of each field before the adversary changed it.
  const own = new Map<string, string>();
  const phases = trace.steps.map((step, at): Phase => {
    const { action } = instanceOf(system, step);
    if (!isOfAdversary(system, action)) return 'others';
    const changes = changesBetween(system, states[at]!, states[at + 1]!).filter(
      ({ hidden }) => hidden !== true,
    );
    const restores = changes.some(({ after, field }) => own.get(field) === after);
    for (const { before, field } of changes) if (!own.has(field)) own.set(field, before);
    return restores ? 'cover up' : 'prepare';
  });
  const strike = phases.lastIndexOf('prepare');
  return phases.map((phase, at) => (at === strike ? 'strike' : phase));
};
