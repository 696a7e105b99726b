import { canonical, Fault, systemOf, type Instance, type Setting, type System } from '../../model/index.ts';
import { extendedBy, type Part } from './parts.ts';

/** A part that starts as the scenario does, and only brings instances, or other values of parameters. */
export interface Bringing {
  readonly part: Part;
  readonly instances: readonly Instance[];
  /** The setting of a function in the scenario with the part. */
  readonly setting: Setting<object>;
  /** The parameters that it changes; where a function asks after one of them, it is no such part. */
  readonly parameters: readonly string[];
}

const extendedSystem = ({ model, scenario }: System, parts: readonly Part[]): System | undefined => {
  try {
    return systemOf(model, extendedBy(scenario, parts));
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
};

const changedIn = (base: Setting<object>, extended: Setting<object>): readonly string[] => {
  const before = base.parameters as { readonly [name: string]: never };
  const after = extended.parameters as { readonly [name: string]: never };
  return Object.keys(after).filter((name) => canonical(before[name]!) !== canonical(after[name]!));
};

/**
 * Returns what a part brings to `base`; undefined where it starts elsewhere, takes an instance away, or is a
 * defence.
 */
export const bringingOf = (base: System, part: Part): Bringing | undefined => {
  if (part.kind !== 'parameter' && part.kind !== 'capability') return undefined;
  const extended = extendedSystem(base, [part]);
  if (extended === undefined || canonical(extended.initial) !== canonical(base.initial)) return undefined;
  const keys = new Set(extended.instances.map(({ key }) => key));
  if (!base.instances.every(({ key }) => keys.has(key))) return undefined;
  const own = new Set(base.instances.map(({ key }) => key));
  return {
    part,
    instances: extended.instances.filter(({ key }) => !own.has(key)),
    setting: extended.setting,
    parameters: changedIn(base.setting, extended.setting),
  };
};

/** Whether all parts at once bring what each of them does, and nothing else. */
export const bringAlike = (base: System, brought: readonly Bringing[]): boolean => {
  const all = extendedSystem(
    base,
    brought.map(({ part }) => part),
  );
  const keys = new Set(brought.flatMap(({ instances }) => instances.map(({ key }) => key)));
  return all !== undefined && all.instances.length === base.instances.length + keys.size;
};
