import { isHidden, leaves, valueText } from '../../../attack/changes.ts';
import type { State, System, Value } from '../../../model/index.ts';
import { fieldHistory } from './field-history.ts';
import { needFits, registerParts } from './register-parts.ts';
import type { FieldHistory, RegisterHistory } from './situation.ts';

/** Returns a field as a register, where the model says that it is one, and it is a number all the way. */
const registerHistory = (
  { model, setting }: System,
  path: string,
  values: readonly (Value | undefined)[],
): RegisterHistory | undefined => {
  const layout = model.present?.register?.(path, setting);
  const numbers = values.filter((value) => typeof value === 'number');
  if (layout === undefined || numbers.length < values.length) return undefined;
  const where = `model ${model.id}, register ${path}`;
  const parts = registerParts(layout, where);
  for (const number of numbers) needFits(number, layout, where);
  return { parts, numbers, ...(layout.says === undefined ? {} : { says: layout.says }) };
};

/**
 * Returns all fields of the states of a path with their values all the way: those that change first, in the
 * order in which they do. Throws UW445 for a register whose layout does not fit it.
 */
export const fieldsAlong = (system: System, states: readonly State[]): readonly FieldHistory[] => {
  const each = states.map((state) => leaves(state, '', new Map()));
  const paths = [...new Set(each.flatMap((fields) => [...fields.keys()]))];
  const histories = paths.map((path): FieldHistory => {
    const values = each.map((fields) => fields.get(path));
    const texts = values.map((value) => valueText(system, path, value));
    const register = registerHistory(system, path, values);
    const history = fieldHistory(path, texts, isHidden(system, path));
    return register === undefined ? history : { ...history, register };
  });
  const firstChange = ({ values }: FieldHistory): number => {
    const at = values.findIndex((value) => value !== values[0]);
    return at === -1 ? values.length : at;
  };
  return histories.toSorted((one, other) => firstChange(one) - firstChange(other));
};
