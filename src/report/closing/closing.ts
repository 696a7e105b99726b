import { attackOf, type Attack } from '../../attack/attack.ts';
import type { Claim } from '../../claim/claim.ts';
import {
  byName,
  canonical,
  Fault,
  isEnabled,
  stepOf,
  systemOf,
  type Instance,
  type State,
  type System,
} from '../../model/index.ts';
import { pathViolatesOrWitnesses } from '../../search/trace.ts';
import type { StopEntry } from '../report.ts';

/** Kinds of which a path alone shows a breach. */
const SHOWN_BY_A_PATH: readonly string[] = ['always', 'never-step'];

type Step = Attack['steps'][number];

const instanceIn = (system: System, { action, choices }: Step): Instance | undefined => {
  const wanted = canonical(byName(choices));
  return system.instances.find((one) => one.action === action && canonical(byName(one.choice)) === wanted);
};

/**
 * Returns the states of an attack as far as it runs in a system: fewer than one more than its steps where a
 * step is not possible.
 */
const statesOn = (system: System, attack: Attack): readonly State[] => {
  const states = system.initial.slice(attack.initial, attack.initial + 1);
  for (const step of attack.steps) {
    const state = states.at(-1);
    const instance = instanceIn(system, step);
    if (state === undefined || instance === undefined || !isEnabled(system, state, instance)) break;
    states.push(stepOf(system, state, instance));
  }
  return states;
};

/** Replays an attack with one defence more; nothing where it still works. */
const stopOf = (claim: Claim, attack: Attack, defence: string): StopEntry | undefined => {
  const { invariant, model, scenario } = claim;
  const without = scenario.without.filter((name) => name !== defence);
  const system = systemOf(model, { ...scenario, without });
  const states = statesOn(system, attack);
  if (states.length === 0 || pathViolatesOrWitnesses(system, invariant, states)) return undefined;
  const taken = attack.steps.slice(0, states.length - 1);
  const steps = taken.map(({ action, choices }) => ({ action, choice: choices }));
  const other = attackOf(system, { initial: attack.initial, steps }, false).steps;
  const differs = attack.steps.findIndex(
    ({ changes }, at) => JSON.stringify(changes) !== JSON.stringify(other[at]?.changes),
  );
  // If every step does the same, the last one is the one that does not break it.
  const partsAt = differs === -1 ? attack.steps.length : differs + 1;
  const text = other[partsAt - 1]?.text;
  return {
    defence,
    says: model.defences[defence] ?? '',
    partsAt,
    ...(text === undefined ? {} : { text }),
    ...(taken.length < attack.steps.length ? { refusedAt: taken.length + 1 } : {}),
  };
};

const settingOf = ({ invariant, scenario }: Claim, without: readonly string[]): string =>
  canonical([invariant, without.toSorted(), scenario.capabilities.toSorted(), byName(scenario.parameters)]);

/** Returns the claims that ask the same as `claim` with one defence more, and are expected to hold. */
const claimsWith = (claim: Claim, defence: string, among: readonly Claim[]): readonly string[] => {
  const wanted = settingOf(
    claim,
    claim.scenario.without.filter((name) => name !== defence),
  );
  return among.flatMap((other) =>
    other.model === claim.model &&
    other.expect === 'holds' &&
    settingOf(other, other.scenario.without) === wanted
      ? [other.id]
      : [],
  );
};

/**
 * Finds the defences, among those that are off, that would stop an attack, each alone: the step at which it
 * goes another way, and the claims of `among` that no other attack gets through then. A defence under which
 * the model cannot be run is left out.
 */
export const stopsOf = (claim: Claim, attack: Attack, among: readonly Claim[]): readonly StopEntry[] => {
  const { invariant, model, scenario } = claim;
  const kind = model.invariants[invariant]?.kind ?? '';
  if (!SHOWN_BY_A_PATH.includes(kind) || scenario.without.length === 0) return [];
  try {
    return scenario.without.flatMap((defence) => {
      const stop = stopOf(claim, attack, defence);
      if (stop === undefined) return [];
      const claims = claimsWith(claim, defence, among);
      return [claims.length === 0 ? stop : { ...stop, claims }];
    });
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
};
