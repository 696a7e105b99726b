import type { Played } from './played.ts';

/** A field that an attack touches, and its value before the first step and after each. */
export interface FieldHistory {
  readonly path: string;
  /** `chipset` of `chipset.SMI_EN`. */
  readonly owner: string;
  readonly name: string;
  readonly hidden: boolean;
  /** One more than there are steps. */
  readonly values: readonly string[];
}

/** The fields that an attack touches, in the order in which it does, with their values all the way. */
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
    const [owner = '', ...rest] = path.split('.');
    return {
      path,
      owner: rest.length === 0 ? '' : owner,
      name: rest.length === 0 ? path : rest.join('.'),
      hidden: own.some((change) => change?.hidden === true),
      values,
    };
  });
};
