import { needInvariant } from '../../claim/group.ts';
import {
  canonical,
  checkModel,
  Fault,
  guarded,
  scenarioText,
  systemOf,
  type AnyModel,
  type System,
} from '../../model/index.ts';
import { watchedOnce } from '../../model/watchdog/slices.ts';
import type { AttackFile } from '../attack-file.ts';
import { replayed, type Replayed } from './replay.ts';

/** An attack that a project keeps: one file of its corpus. */
export interface KeptAttack {
  readonly path: string;
  readonly attack: AttackFile;
}

/** A kept attack, and what becomes of it on the models as they stand. */
export interface ReplayedAttack extends KeptAttack {
  readonly outcome: Replayed;
}

const missingModel = (path: string, got: string, models: readonly AnyModel[]): Fault =>
  new Fault('UW503', {
    where: path,
    expected: `a model of this configuration: ${models.map(({ id }) => id).join(', ')}`,
    got,
    likely: 'the model was renamed or removed, or the corpus belongs to another configuration',
    next: 'find the attack again and add it; or remove the file, and say why; or name this one’s folder by --corpus',
  });

/** Makes a replayer of attacks; models and scenarios are set up once. */
export const createReplayer = (models: readonly AnyModel[]): ((kept: KeptAttack) => ReplayedAttack) => {
  const systems = new Map<string, System>();
  const checked = new Set<AnyModel>();
  const systemFor = ({ attack, path }: KeptAttack): System => {
    const model = models.find(({ id }) => id === attack.model);
    if (model === undefined) throw missingModel(path, attack.model, models);
    const key = canonical([model.id, scenarioText(attack.scenario)]);
    const system =
      systems.get(key) ??
      guarded(`model ${model.id}, initial state and choices`, () => {
        if (!checked.has(model)) checkModel(model);
        checked.add(model);
        return systemOf(model, attack.scenario);
      });
    systems.set(key, system);
    needInvariant(model, attack.invariant, path);
    return system;
  };
  return (kept) => {
    try {
      return { ...kept, outcome: watchedOnce(() => replayed(systemFor(kept), kept.attack), {}) };
    } catch (error) {
      if (error instanceof Fault) return { ...kept, outcome: { kind: 'refused', fault: error } };
      throw error;
    }
  };
};

/** Returns the question to a model in a scenario, as text: attacks with one question can be compared. */
export const questionKey = ({
  invariant,
  model,
  scenario,
}: Pick<AttackFile, 'invariant' | 'model' | 'scenario'>): string =>
  canonical([model, invariant, scenarioText(scenario)]);

/** Says in a few words why a kept attack does not work any more; undefined while it does. */
export const lossWords = ({ attack, outcome }: ReplayedAttack): string | undefined => {
  switch (outcome.kind) {
    case 'works':
      return undefined;
    case 'harmless':
      return `it runs, but no longer ${attack.kind === 'attack' ? 'breaks' : 'shows'} ${attack.invariant}`;
    case 'refused': {
      const { expected, got, where } = outcome.fault.details;
      return `${where}: expected ${expected}; got ${got}`;
    }
  }
};
