import * as immer from 'immer';
import * as tsPattern from 'ts-pattern';
import * as underwatch from '../../index.ts';
import * as model from '../../model/index.ts';

/** The packages that changed models import: the very packages with which they are searched. */
export const packages: { readonly [name: string]: unknown } = {
  immer,
  'ts-pattern': tsPattern,
  underwatch,
  'underwatch/model': model,
};
