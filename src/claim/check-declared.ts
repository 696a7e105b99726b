import { Fault, type AnyModel, type Scenario } from '../model/index.ts';
import type { Expected } from './spec.ts';

/** The fields in which a claim says what it rests on, and whether it can. */
interface Declaring {
  readonly id: string;
  readonly suite: string;
  readonly model: AnyModel;
  readonly scenario: Scenario;
  readonly expect: Expected;
  readonly restsOn?: readonly (string | readonly string[])[];
}

const faultFor = (
  code: 'UW353' | 'UW354',
  { id, suite }: Declaring,
  expected: string,
  got: string,
  likely: string,
): Fault =>
  new Fault(code, {
    where: `suite ${suite}, claim ${id}, restsOn`,
    expected,
    got,
    likely,
    next: `run \`underwatch reasons ${id}\` for what it rests on`,
  });

/**
 * Checks the declared reasons. Throws UW353 for those of a claim that is not expected to hold, UW354 for
 * those that are no defences which are on.
 */
export const checkDeclared = (claim: Declaring): void => {
  const declared = claim.restsOn?.map((one) => (typeof one === 'string' ? [one] : one));
  if (declared === undefined) return;
  const { expect, model, scenario } = claim;
  if (expect !== 'holds')
    throw faultFor(
      'UW353',
      claim,
      'a claim that holds',
      `expect: ${expect}`,
      'what is violated rests on nothing',
    );
  const on = Object.keys(model.defences).filter((defence) => !scenario.without.includes(defence));
  for (const set of declared) {
    const odd = set.find((defence) => !on.includes(defence));
    if (odd !== undefined)
      throw faultFor(
        'UW354',
        claim,
        `defences that are on: ${on.join(', ')}`,
        odd,
        'a typing error, or it is off',
      );
    if (set.length === 0 || new Set(set).size < set.length)
      throw faultFor(
        'UW354',
        claim,
        'a defence, or a list of different ones of which one is enough',
        JSON.stringify(set),
        'a list that was meant to be filled',
      );
  }
};
