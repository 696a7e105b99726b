import { canonical, type Scenario, type Value } from '../../model/index.ts';

type Entries = { readonly [name: string]: Value };

/** Takes one thing out of a scenario that has it. */
export type Taking = (scenario: Scenario) => Scenario;

const isObject = (value: Value): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const omitted = (entries: Entries, name: string): Entries =>
  Object.fromEntries(Object.entries(entries).filter(([other]) => other !== name));

const withValue = (scenario: Scenario, name: string, value: Value): Scenario => ({
  ...scenario,
  parameters: { ...scenario.parameters, [name]: value },
});

/** Returns the ways to take one element out of a list, or one entry out of an object; the last one first. */
const thinnings = (name: string, value: Value): readonly Taking[] => {
  if (Array.isArray(value)) {
    return (value as readonly Value[]).toReversed().map((element): Taking => {
      const gone = canonical(element);
      return (scenario) => {
        const list = (scenario.parameters[name] ?? []) as readonly Value[];
        const at = list.findLastIndex((one) => canonical(one) === gone);
        return at < 0 ? scenario : withValue(scenario, name, list.toSpliced(at, 1));
      };
    });
  }
  if (!isObject(value)) return [];
  return Object.keys(value)
    .toReversed()
    .map((entry) => (scenario) => {
      const now = scenario.parameters[name];
      return now === undefined ? scenario : withValue(scenario, name, omitted(now as Entries, entry));
    });
};

/**
 * Lists what can be taken out of a scenario: a capability, a defence that is off, one element of a list. A
 * number or a word stays as it is: another one would make another machine, not a smaller attack.
 */
export const takingsFrom = (scenario: Scenario): readonly Taking[] => [
  ...scenario.capabilities.map((name): Taking => (one) => ({
    ...one,
    capabilities: one.capabilities.filter((other) => other !== name),
  })),
  ...scenario.without.map((name): Taking => (one) => ({
    ...one,
    without: one.without.filter((other) => other !== name),
  })),
  ...Object.entries(scenario.parameters).flatMap(([name, value]) => thinnings(name, value)),
];
