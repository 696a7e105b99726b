import { suite, type Suite } from 'underwatch';
import { jiffies, type JiffiesParameters } from '../../models/pioneer/jiffies/model.ts';
import { BENCHMARK } from '../../models/platform/translation/index.ts';

const { oneDigit } = BENCHMARK;
const loop = (loopCycles: number, more: Partial<JiffiesParameters> = {}) =>
  ({ invariant: 'I-PRINTED', parameters: { loopCycles, ...more }, source: BENCHMARK.source }) as const;
/** "About 200000", if that has one digit. */
const loosely = { leastIterations: oneDigit.least, mostIterations: oneDigit.most } as const;

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
  },
});
