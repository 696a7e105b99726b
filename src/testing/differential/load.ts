import { match, P } from 'ts-pattern';
import { booleans, integers, oneOf, type AnyModel, type Scenario } from '../../model/index.ts';

/** A model made from its text, with the scenario that it is to be looked at in. */
export interface Loaded {
  readonly model: AnyModel;
  readonly scenario: Scenario;
}

const KNOWN = { booleans, integers, oneOf, match, P } as const;

/**
 * Runs the text of a model, which declares `model` and `scenario`. Each run gives functions of their own.
 * Throws what the text throws; a SyntaxError if it is none.
 */
export const load = (text: string): (() => Loaded) => {
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is a model that a test made
  const make = new Function(...Object.keys(KNOWN), `'use strict';\n${text}\nreturn { model, scenario };`);
  return () => make(...Object.values(KNOWN)) as Loaded;
};
