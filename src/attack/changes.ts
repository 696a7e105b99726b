import type { State, System, Value } from '../model/index.ts';

/** A field that a step changed: its dotted path, and its value before and after, as text. */
export interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
  /** Set for bookkeeping, which the model says is hidden in pictures. */
  readonly hidden?: true;
}

/** Adds the fields of a value to `found`, by dotted path below `path`: the values that have no parts. */
export const leaves = (value: Value, path: string, found: Map<string, Value>): Map<string, Value> => {
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value);
    if (entries.length > 0) {
      for (const [key, item] of entries) leaves(item, path === '' ? key : `${path}.${key}`, found);
      return found;
    }
  }
  return found.set(path, value);
};

/** Whether the model calls a field bookkeeping. */
export const isHidden = ({ model }: System, field: string): boolean =>
  model.present?.hidden?.some((path) => field === path || field.startsWith(`${path}.`)) === true;

/** Writes the value of a field in the model's words; as JSON where it has none. */
export const valueText = ({ model }: System, field: string, value: Value | undefined): string =>
  value === undefined ? 'nothing' : (model.present?.value?.(field, value) ?? JSON.stringify(value));

/** Returns the fields that differ between two states, in their order. */
export const changesBetween = (system: System, before: State, after: State): readonly Change[] => {
  const old = leaves(before, '', new Map());
  const now = leaves(after, '', new Map());
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)))
    .map((field) => ({
      field,
      before: valueText(system, field, old.get(field)),
      after: valueText(system, field, now.get(field)),
      ...(isHidden(system, field) ? { hidden: true } : {}),
    }));
};
