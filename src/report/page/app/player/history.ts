import { fieldHistory } from '../../run/field-history.ts';
import type { FieldHistory } from '../../run/situation.ts';
import type { Played } from './played.ts';

/**
 * Returns the fields that an attack touches, in the order in which it does, with their values all the way.
 */
export const historyOf = ({ steps }: Pick<Played, 'steps'>): readonly FieldHistory[] => {
  const paths = [...new Set(steps.flatMap(({ changes }) => changes.map(({ field }) => field)))];
  return paths.map((path) => {
    const own = steps.map(({ changes }) => changes.find(({ field }) => field === path));
    let value = own.find((change) => change !== undefined)?.before ?? '';
    const values = [value];
    for (const change of own) {
      value = change?.after ?? value;
      values.push(value);
    }
    return fieldHistory(
      path,
      values,
      own.some((change) => change?.hidden === true),
    );
  });
};
