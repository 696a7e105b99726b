import { isHidden, leaves, valueText } from '../../../attack/changes.ts';
import type { State, System } from '../../../model/index.ts';
import { fieldHistory } from './field-history.ts';
import type { FieldHistory } from './situation.ts';

/**
 * All fields of the states of a path with their values all the way: those that change first, in the order in
 * which they do.
 */
export const fieldsAlong = (system: System, states: readonly State[]): readonly FieldHistory[] => {
  const each = states.map((state) => leaves(state, '', new Map()));
  const paths = [...new Set(each.flatMap((fields) => [...fields.keys()]))];
  const histories = paths.map((path) =>
    fieldHistory(
      path,
      each.map((fields) => valueText(system, path, fields.get(path))),
      isHidden(system, path),
    ),
  );
  const firstChange = ({ values }: FieldHistory): number => {
    const at = values.findIndex((value) => value !== values[0]);
    return at === -1 ? values.length : at;
  };
  return histories.toSorted((one, other) => firstChange(one) - firstChange(other));
};
