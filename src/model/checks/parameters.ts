import type { Domain, Value } from '../domain.ts';
import { Fault } from '../fault.ts';
import { needDomain } from './domains.ts';
import type { AnyModel } from '../model.ts';
import { canonical } from '../plain/plain.ts';

const kindOf = (value: Value): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value;
};

/** The values of a domain in words: `a whole number from 1 to 8`, `one of "ich9", "series6to9"`. */
export const wordsOf = ({ values }: Domain): string => {
  const [first] = values;
  const inARow = typeof first === 'number' && values.every((value, at) => value === first + at);
  if (inARow && values.length > 2) return `a whole number from ${first} to ${first + values.length - 1}`;
  return `one of ${values.map((value) => canonical(value)).join(', ')}`;
};

/** Describes what a parameter should be, in words; undefined where `value` is that. */
const expectedOf = (
  accepted: Domain | undefined,
  byDefault: Value | undefined,
  value: Value,
): string | undefined => {
  if (accepted !== undefined) {
    const text = canonical(value);
    return accepted.values.some((one) => canonical(one) === text) ? undefined : wordsOf(accepted);
  }
  if (byDefault === undefined || byDefault === null || value === null) return undefined;
  const kind = kindOf(byDefault);
  return kindOf(value) === kind ? undefined : `a ${kind}, as ${canonical(byDefault).slice(0, 80)} is`;
};

/** The domains of a model's parameters, by name, as far as the model states them. */
export const acceptedBy = ({ accepts }: AnyModel): { readonly [name: string]: Domain } =>
  (accepts ?? {}) as { readonly [name: string]: Domain };

/**
 * Checks the values of parameters. Throws UW105 for values that the model's parameters do not take: of
 * another kind than theirs, or none of those accepted. Throws UW113 where the model says what it takes by
 * what is no domain.
 */
export const checkParameters = (model: AnyModel, parameters: { readonly [name: string]: Value }): void => {
  const byDefault = model.parameters as { readonly [name: string]: Value };
  const accepted = acceptedBy(model);
  for (const [name, domain] of Object.entries(accepted)) {
    needDomain(`model ${model.id}, accepts, ${name}`, domain);
  }
  for (const [name, value] of Object.entries(parameters)) {
    const expected = expectedOf(accepted[name], byDefault[name], value);
    if (expected === undefined) continue;
    throw new Fault('UW105', {
      where: `model ${model.id}, parameter ${name} of the scenario`,
      expected,
      got: canonical(value).slice(0, 200),
      likely: 'a typing error, or a value that the model was not made for',
      next: 'run `underwatch list --models` for the parameters and what they take',
    });
  }
};
