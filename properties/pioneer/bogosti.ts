import { suite, type Suite } from 'underwatch';
import { jiffies, type JiffiesParameters } from '../../models/pioneer/jiffies/model.ts';
import { BENCHMARK } from '../../models/platform/translation/index.ts';

const { oneDigit } = BENCHMARK;
const loop = (loopCycles: number, more: Partial<JiffiesParameters> = {}) =>
  ({ invariant: 'I-PRINTED', parameters: { loopCycles, ...more }, source: BENCHMARK.source }) as const;
/** "About 200000", if that has one digit. */
const loosely = { leastIterations: oneDigit.least, mostIterations: oneDigit.most } as const;

/** A jiffy short enough to count in by hand, and what is printed in it. */
const byHand = (tickCycles: number, mostWorkCycles: number, iterations: number) =>
  ({
    invariant: 'I-PRINTED',
    parameters: { tickCycles, mostWorkCycles, leastIterations: iterations, mostIterations: iterations },
    source: BENCHMARK.source,
  }) as const;

/** The blog's benchmark: 200,000 STIs in a jiffy of 1.8 million cycles. */
export const bogosti: Suite = suite({
  id: 'bogosti',
  says: 'the blog: a module that counts STIs between two jiffies prints about 200,000, "something like 9 cycles": which loops can have done so',
  model: jiffies,
  claims: {
    'B8-JIFFIES': {
      ...loop(9),
      expect: 'holds',
      says: 'a loop of 9 cycles can, if next to nothing else happens in the jiffy',
    },
    'B8-JIFFIES-8': {
      ...loop(8),
      expect: 'violated',
      says: 'one of 8 would have counted more, whatever interrupts and host take at the most that is known',
    },
    'B8-JIFFIES-10': {
      ...loop(10),
      expect: 'violated',
      says: 'and one of 10 has no time for so many',
    },
    'B8-JIFFIES-LOOSELY-7': {
      ...loop(7, loosely),
      expect: 'holds',
      says: 'if "about 200000" means 150,000 to 250,000, 7 cycles can, too',
    },
    'B8-JIFFIES-LOOSELY-6': {
      ...loop(6, loosely),
      expect: 'violated',
      says: '6 cannot; 5 to 10 are derived (B9), so that the figure does not pin the loop',
    },
    'B8-JIFFIES-BY-HAND': {
      ...byHand(10_008, 1500, 1000),
      expect: 'holds',
      says: 'of 10,008 cycles 1000 are lost, and the other 9008 are 1000 iterations and 8 cycles that are none',
    },
    'B8-JIFFIES-BY-HAND-MORE-LOST': {
      ...byHand(10_008, 1500, 889),
      expect: 'violated',
      says: '2000, which would leave 889, are not lost where at most 1500 are',
    },
    'B8-JIFFIES-BY-HAND-EVEN': {
      ...byHand(19_000, 1000, 2000),
      expect: 'holds',
      says: 'of 19,000 cycles 1000 are lost, and all others are 2000 iterations',
    },
    'B8-JIFFIES-BY-HAND-NONE': {
      ...byHand(18_000, 0, 0),
      expect: 'violated',
      says: 'and nothing is printed before the jiffy is over',
    },
  },
});
