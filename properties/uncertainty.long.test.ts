import { describe, expect, it } from 'vitest';
import {
  checksumBody,
  perIterationCycles,
  pioneerVariant,
  unrolledBody,
  type NamedWork,
} from '../models/pioneer/checksum/index.ts';
import { BUS, fastestSharing, SHARED_CACHE } from '../models/pioneer/sharing/index.ts';
import {
  compareRates,
  machines,
  rate,
  rateDifference,
  type Machine,
  type Rate,
} from '../models/platform/processor/index.ts';
import { translate, type TranslationOptions } from '../models/platform/translation/index.ts';

const { prescott } = machines;
const table = prescott.timings;

/**
 * Prescott with every combination of what is uncertain about it: store forwarding (4 to 10 cycles), the
 * product of two 64-bit words (10 to 14), PUSHF (7 to 10) and the first-level cache (4 or 5).
 */
const PRESCOTTS: readonly Machine[] = [8, 14, 20].flatMap((forwardLatency) =>
  [20, 22, 28].flatMap((multiply) =>
    [7, 9, 10].flatMap((pushFlags) =>
      [8, 10].map((load) => ({
        ...prescott,
        forwardLatency,
        timings: {
          ...table,
          multiply: { ...table.multiply!, latency: multiply },
          load: { ...table.load!, latency: load },
          'push-flags': { ...table['push-flags']!, latency: 2 * pushFlags, uops: 3 * pushFlags },
        },
      })),
    ),
  ),
);

const honest = checksumBody(pioneerVariant);
const forging = (work: NamedWork): readonly Rate[] =>
  PRESCOTTS.map((machine) =>
    rateDifference(
      perIterationCycles(machine, checksumBody(pioneerVariant, work)),
      perIterationCycles(machine, honest),
    ),
  );
const translating = (options: TranslationOptions, some: readonly Machine[] = PRESCOTTS): readonly Rate[] =>
  some.map((machine) =>
    rateDifference(
      perIterationCycles(machine, translate(honest, options).body),
      perIterationCycles(machine, honest),
    ),
  );

const share = (costs: readonly Rate[]): number =>
  costs.filter((cost) => compareRates(cost, rate(0, 1)) <= 0).length;
const range = (costs: readonly Rate[]): readonly (Rate | undefined)[] => {
  const sorted = costs.toSorted(compareRates);
  return [sorted[0], sorted.at(-1)];
};

describe('whatever is uncertain about Prescott, of 54 combinations', () => {
  it('an honest iteration takes 14 to 17.5 cycles', () => {
    expect(range(PRESCOTTS.map((machine) => perIterationCycles(machine, honest)))).toEqual([
      rate(14, 1),
      rate(35, 2),
    ]);
  });

  it.each<NamedWork>(['pointer', 'counter'])('%s: forging costs nothing in any', (work) => {
    expect(range(forging(work))).toEqual([rate(0, 1), rate(0, 1)]);
  });

  it('an instruction of its own costs nothing in 51, and half a cycle in 3', () => {
    const costs = forging('pointer-added');
    expect([share(costs), ...range(costs)]).toEqual([51, rate(-1, 2), rate(1, 2)]);
  });

  it('a comparison for each read costs up to 2 cycles, and nothing in 8', () => {
    const costs = forging('compare');
    expect([share(costs), ...range(costs)]).toEqual([8, rate(-1, 2), rate(2, 1)]);
  });

  it('a translator that takes each instruction by itself costs 3 to 15 cycles', () => {
    expect(range(translating({}))).toEqual([rate(3, 1), rate(15, 1)]);
  });

  it('one that knows IF to be clear costs nothing in 44, and at most a cycle', () => {
    const costs = translating({ fusesPop: true, interruptsOff: true });
    expect([share(costs), ...range(costs)]).toEqual([44, rate(-1, 2), rate(1, 1)]);
  });

  it('what a segment’s base may add to a load, a cycle, it adds to the first, and nothing to the second', () => {
    const based = PRESCOTTS.map((machine) => ({ ...machine, segmentBaseTicks: machine.ticksPerCycle }));
    expect(range(translating({}, based))).toEqual([rate(4, 1), rate(16, 1)]);
    const tuned = { fusesPop: true, interruptsOff: true };
    expect(translating(tuned, based)).toEqual(translating(tuned));
  });

  /** Cycles an iteration more than the honest loop of eight, if another processor or thread helps. */
  const helping = (some: readonly Machine[], by: 'processor' | 'thread'): readonly Rate[] =>
    some.map((machine) => {
      const { cycles, iterations } = perIterationCycles(machine, unrolledBody(pioneerVariant));
      const [work, link] =
        by === 'processor' ? (['compare', BUS] as const) : (['pointer', SHARED_CACHE] as const);
      const helped = fastestSharing(machine, checksumBody(pioneerVariant, work), link).cycles;
      return rateDifference(helped, rate(cycles, 8 * iterations));
    });
  const fits = (costs: readonly Rate[]): number =>
    costs.filter((cost) => compareRates(cost, rate(336, 1000)) <= 0).length;

  it('with another processor’s help a sum of compared words costs nothing in any', () => {
    const costs = helping(PRESCOTTS, 'processor');
    expect([share(costs), ...range(costs)]).toEqual([54, rate(-7, 4), rate(0, 1)]);
  });

  it('with another thread’s a sum of redirected words fits into the slack in 17', () => {
    const costs = helping(PRESCOTTS, 'thread');
    expect([fits(costs), ...range(costs)]).toEqual([17, rate(-1, 2), rate(11, 8)]);
  });

  it('and in all of 6 if PUSHF, known by its cycles only, leaves the front end free; there who is alone needs no help', () => {
    const free = PRESCOTTS.slice(18, 24).map((machine) => ({
      ...machine,
      timings: {
        ...machine.timings,
        'push-flags': { ...machine.timings['push-flags']!, uops: 4 },
      },
    }));
    expect(fits(helping(free, 'thread'))).toBe(6);
    const alone = free.map((machine) =>
      rateDifference(
        perIterationCycles(machine, unrolledBody(pioneerVariant, 'pointer-added')),
        perIterationCycles(machine, unrolledBody(pioneerVariant)),
      ),
    );
    expect(share(alone)).toBe(6);
  });
});
