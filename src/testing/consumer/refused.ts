import { suite, type Suite } from 'underwatch';
import { airlock } from './model.ts';

/** A suite that the types of the package must refuse: a claim of names that the model does not have. */
export const refused: Suite = suite({
  id: 'refused',
  says: 'claims that do not compile',
  model: airlock,
  claims: {
    invariant: {
      // @ts-expect-error -- the airlock has no such invariant
      invariant: 'seeled',
      expect: 'holds',
      says: 'A typing error in an invariant.',
      source: 'none',
    },
    defence: {
      invariant: 'sealed',
      // @ts-expect-error -- the airlock has no such defence
      without: ['interlok'],
      expect: 'violated',
      says: 'A typing error in a defence.',
      source: 'none',
    },
    verdict: {
      invariant: 'sealed',
      // @ts-expect-error -- there is no such verdict
      expect: 'passes',
      says: 'A verdict that there is not.',
      source: 'none',
    },
  },
});
