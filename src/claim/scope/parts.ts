import {
  canonical,
  Fault,
  guarded,
  type AnyModel,
  type Scenario,
  type System,
  type Value,
} from '../../model/index.ts';
import { acceptedBy } from '../../model/checks/parameters.ts';

/** A part outside the scope of a claim that can be tried: the scenario with it, beside what the claim has. */
export interface Part {
  /** `capability apic`, `defence smiLock off`, `cores = 2`, `writes ACPI_CNTL.ACPI_EN`. */
  readonly id: string;
  /**
   * A defence that is switched off is what the claim rests on, rather than something that its scope hides.
   */
  readonly kind: 'capability' | 'defence on' | 'defence off' | 'parameter';
  readonly extend: (scenario: Scenario) => Scenario;
}

/** A part outside the scope that cannot be tried, and why. */
export interface Untried {
  readonly id: string;
  readonly because: string;
}

/** The parts outside the scope of a scenario, in a fixed order. */
export interface Outside {
  readonly parts: readonly Part[];
  readonly untried: readonly Untried[];
}

/** Returns a scenario with all that a set of parts makes of it. */
export const extendedBy = (scenario: Scenario, parts: readonly Part[]): Scenario =>
  parts.reduce((before, { extend }) => extend(before), scenario);

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();

const capabilityParts = (model: AnyModel, { capabilities }: Scenario): readonly Part[] =>
  Object.keys(model.capabilities)
    .filter((name) => !capabilities.includes(name))
    .map((name) => ({
      id: `capability ${name}`,
      kind: 'capability',
      extend: (scenario) => ({ ...scenario, capabilities: sorted([...scenario.capabilities, name]) }),
    }));

const defenceParts = (model: AnyModel, { without }: Scenario): readonly Part[] =>
  Object.keys(model.defences).map((name): Part => {
    if (without.includes(name)) {
      const extend = (scenario: Scenario): Scenario => ({
        ...scenario,
        without: scenario.without.filter((one) => one !== name),
      });
      return { id: `defence ${name} on`, kind: 'defence on', extend };
    }
    const extend = (scenario: Scenario): Scenario => ({
      ...scenario,
      without: sorted([...scenario.without, name]),
    });
    return { id: `defence ${name} off`, kind: 'defence off', extend };
  });

const withParameter = (name: string, change: (value: Value) => Value, own: Value): Part['extend'] => {
  return (scenario) => ({
    ...scenario,
    parameters: { ...scenario.parameters, [name]: change(scenario.parameters[name] ?? own) },
  });
};

/**
 * The longest range of which all values are tried; of a longer one, only the ends and the neighbours of what
 * the claim has.
 */
const ALL_OF = 4;

const chosenFrom = (values: readonly Value[], now: Value): readonly Value[] => {
  const others = values.filter((value) => canonical(value) !== canonical(now));
  if (others.length <= ALL_OF) return others;
  const at = values.findIndex((value) => canonical(value) === canonical(now));
  return others.filter((value) => {
    const place = values.indexOf(value);
    return place === 0 || place === values.length - 1 || Math.abs(place - at) === 1;
  });
};

const valueParts = (name: string, values: readonly Value[], now: Value, own: Value): Outside => {
  const tried = chosenFrom(values, now);
  const left = values.length - 1 - tried.length;
  return {
    parts: tried.map((value) => ({
      id: `${name} = ${canonical(value)}`,
      kind: 'parameter',
      extend: withParameter(name, () => value, own),
    })),
    untried:
      left <= 0
        ? []
        : [{ id: name, because: `${left} more values: its ends and the neighbours of its value are tried` }],
  };
};

type Extras = { readonly [part: string]: Value };

const isObject = (value: unknown): value is { readonly [name: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ill = (model: AnyModel, name: string, expected: string, got: string): Fault =>
  new Fault('UW346', {
    where: `model ${model.id}, universe, ${name}`,
    expected,
    got,
    likely: 'a typing error, in a file whose types are not checked',
    next: 'give elements, by named parts, for a parameter that is a list, and entries for one that is an object',
  });

/**
 * Returns a function that lays a part beside the value of a parameter; undefined where the parameter has it
 * already.
 */
const laid = (now: Value, extra: Value): ((value: Value) => Value) | undefined => {
  if (Array.isArray(extra)) {
    const missing = (list: readonly Value[]): readonly Value[] => {
      const texts = new Set(list.map((one) => canonical(one)));
      return (extra as readonly Value[]).filter((one) => !texts.has(canonical(one)));
    };
    if (missing(now as readonly Value[]).length === 0) return undefined;
    return (value) => [...(value as readonly Value[]), ...missing(value as readonly Value[])];
  }
  const over = (value: Value): Value => ({ ...(value as Extras), ...(extra as Extras) });
  return canonical(over(now)) === canonical(now) ? undefined : over;
};

const extraParts = (model: AnyModel, name: string, extras: unknown, now: Value, own: Value): Outside => {
  if (!isObject(extras)) throw ill(model, name, 'parts by their names', typeof extras);
  const parts = Object.entries(extras).flatMap(([part, extra]): readonly Part[] => {
    const fits = Array.isArray(own) ? Array.isArray(extra) : isObject(own) && isObject(extra);
    if (!fits)
      throw ill(model, `${name}, part ${part}`, 'what the parameter is: a list, or an object', typeof extra);
    const change = laid(now, extra);
    if (change === undefined) return [];
    return [{ id: `${name} ${part}`, kind: 'parameter', extend: withParameter(name, change, own) }];
  });
  return { parts, untried: [] };
};

const parameterParts = (system: System, universe: { readonly [name: string]: unknown }): Outside => {
  const { model, scenario } = system;
  const byDefault = model.parameters as Extras;
  const accepted = acceptedBy(model);
  for (const name of Object.keys(universe))
    if (!Object.hasOwn(byDefault, name))
      throw ill(model, name, `a parameter: ${Object.keys(byDefault).join(', ')}`, name);
  const found = Object.entries(byDefault).map(([name, own]): Outside => {
    const now = scenario.parameters[name] ?? own;
    if (universe[name] !== undefined) return extraParts(model, name, universe[name], now, own);
    if (accepted[name] !== undefined) return valueParts(name, accepted[name].values, now, own);
    if (typeof own === 'boolean') return valueParts(name, [false, true], now, own);
    const because =
      typeof own === 'number'
        ? 'a number, and the model declares no values (`accepts`); `underwatch threshold` looks for one'
        : 'the model declares neither values (`accepts`) nor parts (`universe`)';
    return { parts: [], untried: [{ id: name, because }] };
  });
  return {
    parts: found.flatMap(({ parts }) => parts),
    untried: found.flatMap(({ untried }) => untried),
  };
};

/**
 * Returns the parts outside the scope of a system's scenario. Throws UW346 for a universe that does not fit
 * its model, and UW106.
 */
export const partsOutside = (system: System): Outside => {
  const { model, scenario, setting } = system;
  const universe = guarded(`model ${model.id}, universe`, () => model.universe?.(setting) ?? {});
  const parameters = parameterParts(system, universe as { readonly [name: string]: unknown });
  return {
    parts: [...parameters.parts, ...capabilityParts(model, scenario), ...defenceParts(model, scenario)],
    untried: parameters.untried,
  };
};
