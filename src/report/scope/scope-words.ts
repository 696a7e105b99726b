import { canonical, type AnyModel, type Scenario, type Value } from '../../model/index.ts';

const SHORT = 40;

/** Writes a value of a parameter, short enough for a line. */
export const valueWords = (value: Value): string => {
  const text = canonical(value);
  if (text.length <= SHORT) return text;
  if (Array.isArray(value)) return `${value.length} values`;
  return value !== null && typeof value === 'object'
    ? `an object of ${Object.keys(value).join(', ')}`
    : `${text.slice(0, SHORT - 1)}…`;
};

/** Returns the parameters of a scenario that are not as the model has them. */
export const differingParameters = (
  model: AnyModel,
  { parameters }: Scenario,
): readonly (readonly [name: string, value: Value])[] => {
  const own = model.parameters as { readonly [name: string]: Value };
  return Object.entries(parameters).filter(
    ([name, value]) => own[name] === undefined || canonical(own[name]) !== canonical(value),
  );
};

const idleWords = (idle: readonly string[]): string =>
  idle.length === 0 ? '' : ` (idle here: ${idle.join(', ')})`;

/**
 * Says what a verdict is about, in one line: the defences that are off, what the adversary can do (and what
 * of it never acts), and the parameters that are not the model's. A proof is a proof for that.
 */
export const scopeWords = (model: AnyModel, scenario: Scenario, idle: readonly string[] = []): string => {
  const { without, capabilities } = scenario;
  const hasDefences = Object.keys(model.defences).length > 0;
  const defences =
    without.length > 0 ? [`without ${without.join(', ')}`] : hasDefences ? ['every defence on'] : [];
  const hasCapabilities = Object.keys(model.capabilities).length > 0;
  const powers =
    capabilities.length > 0
      ? [`capabilities ${capabilities.join(', ')}${idleWords(idle)}`]
      : hasCapabilities
        ? ['no capabilities']
        : [];
  const parameters = differingParameters(model, scenario).map(
    ([name, value]) => `${name} = ${valueWords(value)}`,
  );
  const parts = [...defences, ...powers, ...(parameters.length > 0 ? [parameters.join(', ')] : [])];
  return parts.length === 0 ? 'the model as it is' : parts.join('; ');
};
