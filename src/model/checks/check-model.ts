import type { Value } from '../domain.ts';
import { Fault } from '../fault.ts';
import { runnable, type AnyModel } from '../model.ts';
import { kindText } from './own-parts.ts';
import { acceptedBy, checkParameters } from './parameters.ts';
import { checkStructure } from './structure.ts';

const incomplete = (where: string, expected: string, got: string): Fault =>
  new Fault('UW101', {
    where,
    expected,
    got,
    likely: 'the field was left out or left empty',
    next: 'fill it in: traces and reports are read by people who do not know the model',
  });

const needText = (where: string, value: unknown, what: string): void => {
  if (typeof value !== 'string' || value.trim() === '') {
    const got = typeof value === 'string' ? JSON.stringify(value) : kindText(value);
    throw incomplete(where, what, value === undefined ? 'nothing' : got);
  }
};

/**
 * Checks what can be seen without running the model: UW101 for parts that are missing, UW105 for capabilities
 * that are not declared and defaults that are not accepted.
 */
export const checkModel = (anyModel: AnyModel): void => {
  checkStructure(anyModel);
  const model = runnable(anyModel);
  needText('a model', model.id, 'an id');
  needText(`model ${model.id}`, model.says, 'a sentence that says what it is');
  for (const [name, action] of Object.entries(model.actions)) {
    const where = `model ${model.id}, action ${name}`;
    needText(where, action.actor, 'an actor');
    needText(where, action.says, 'a sentence that says what it is');
    if (typeof action.then !== 'function') throw incomplete(where, 'an effect `then`', typeof action.then);
    if (action.needs !== undefined && !Object.hasOwn(model.capabilities, action.needs)) {
      throw new Fault('UW105', {
        where: `${where}, needs`,
        expected: `one of the model's capabilities: ${Object.keys(model.capabilities).join(', ')}`,
        got: action.needs,
        likely: 'a typing error, or a capability that is not declared',
        next: 'declare it under `capabilities`, with a sentence',
      });
    }
  }
  for (const name of Object.keys(acceptedBy(model))) {
    if (Object.hasOwn(model.parameters, name)) continue;
    throw incomplete(`model ${model.id}, accepts`, `a default for ${name} under \`parameters\``, 'none');
  }
  checkParameters(model, model.parameters as { readonly [name: string]: Value });
  for (const [name, invariant] of Object.entries(model.invariants)) {
    needText(`model ${model.id}, invariant ${name}`, invariant.says, 'a sentence that says what it claims');
    needText(`model ${model.id}, invariant ${name}`, invariant.source, 'a source');
  }
};
