import { needInvariant } from '../../claim/group.ts';
import { checkModel, Fault, guarded, systemOf, type AnyModel, type System } from '../../model/index.ts';
import type { AttackFile } from '../../report/attack-file.ts';

/** The model of a recorded attack, in its scenario. */
export interface AttackSystem {
  readonly model: AnyModel;
  readonly system: System;
}

const modelFor = (path: string, file: AttackFile, models: readonly AnyModel[]): AnyModel => {
  const model = models.find(({ id }) => id === file.model);
  if (model !== undefined) return model;
  throw new Fault('UW501', {
    where: path,
    expected: `a model of this configuration: ${models.map(({ id }) => id).join(', ')}`,
    got: file.model,
    likely: 'the attack was found with another configuration',
    next: 'name that configuration with --config',
  });
};

/**
 * Puts the model that an attack file names into its scenario. Throws UW501 where there is none, and an error
 * of the model.
 */
export const attackSystem = (path: string, file: AttackFile, models: readonly AnyModel[]): AttackSystem => {
  const model = modelFor(path, file, models);
  checkModel(model);
  needInvariant(model, file.invariant, path);
  const system = guarded(`model ${model.id}, initial state and choices`, () =>
    systemOf(model, file.scenario),
  );
  return { model, system };
};
