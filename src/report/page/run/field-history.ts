import type { FieldHistory } from './situation.ts';

/** Returns a field with its values along a path. */
export const fieldHistory = (path: string, values: readonly string[], hidden: boolean): FieldHistory => {
  const [owner = '', ...rest] = path.split('.');
  return {
    path,
    owner: rest.length === 0 ? '' : owner,
    name: rest.length === 0 ? path : rest.join('.'),
    hidden,
    values,
  };
};
