import { Fault, guarded, systemOf, type AnyModel, type Scenario } from '../../model/index.ts';
import { watchedOnce } from '../../model/watchdog/slices.ts';
import type { Limits } from '../../search/result.ts';
import type { Power } from './powers.ts';

const hasAny = (model: AnyModel, scenario: Scenario, actions: readonly string[], limits: Limits): boolean => {
  try {
    const system = watchedOnce(
      () => guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario)),
      limits,
    );
    return system.instances.some(({ action }) => actions.includes(action));
  } catch (error) {
    // With another defence off the model may not even start: then that tells nothing.
    if (error instanceof Fault) return false;
    throw error;
  }
};

/** Returns the defences each of which, by itself, keeps every one of `actions` from existing. */
const barringDefences = (
  model: AnyModel,
  scenario: Scenario,
  actions: readonly string[],
  limits: Limits,
): readonly string[] =>
  Object.keys(model.defences).filter(
    (defence) =>
      !scenario.without.includes(defence) &&
      hasAny(model, { ...scenario, without: [...scenario.without, defence] }, actions, limits),
  );

const list = (names: readonly string[], word: string): string =>
  names.map((name) => `\`${name}\``).join(word);

/**
 * Says why a capability never acts: no action needs it, none exists (and which defence is why), or no guard
 * is ever true.
 */
export const whyInert = (
  { actions, existing }: Power,
  model: AnyModel,
  scenario: Scenario,
  limits: Limits,
): string => {
  if (actions.length === 0) return 'no action of the model needs it';
  if (existing.length > 0) {
    return existing.length === 1
      ? `the guard of its action ${list(existing, '')} is never true`
      : `the guards of its actions ${list(existing, ', ')} are never true`;
  }
  const defences = barringDefences(model, scenario, actions, limits);
  return defences.length === 0
    ? `no action of it exists in this scenario: ${list(actions, ', ')}`
    : `no action of it exists under defence ${list(defences, ' or ')}: ${list(actions, ', ')}`;
};
