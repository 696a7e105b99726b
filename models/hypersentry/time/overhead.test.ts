import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, lossesPrintedAs, overheadPpb, PPB, shareOf, SLIDE_18, toPermille } from './overhead.ts';

const { often, seldom, measureUs } = SLIDE_18;
const cost = costOf(often, seldom);
const periods = fc.integer({ min: 100_000, max: 100_000_000 });
const costs = fc.record({
  lossUs: fc.integer({ min: 0, max: 100_000 }),
  backgroundPpb: fc.integer({ min: 0, max: 50_000_000 }),
});

describe('slide 18', () => {
  test('its two figures are explained by 176 ms a measurement and 0.2 % of all time', () => {
    expect(cost).toEqual({ lossUs: 176_000, backgroundPpb: 2_000_000 });
    expect(overheadPpb(cost, often.periodUs)).toBe(24_000_000);
    expect(overheadPpb(cost, seldom.periodUs)).toBe(13_000_000);
  });

  test('the duty cycle alone is a fifth and a sixth of them: 0.4375 % and 0.21875 %', () => {
    expect(shareOf(measureUs, often.periodUs)).toBe(4_375_000);
    expect(shareOf(measureUs, seldom.periodUs)).toBe(2_187_500);
  });

  test('no loss a measurement explains both without a background, whatever the rounding', () => {
    expect(lossesPrintedAs(often)).toEqual({ least: 188_000, most: 195_999 });
    expect(lossesPrintedAs(seldom)).toEqual({ least: 200_000, most: 215_999 });
  });
});

describe('the overhead', () => {
  test('falls with the period, towards the background', () => {
    fc.assert(
      fc.property(costs, periods, periods, (some, a, b) => {
        const [short, long] = a < b ? [a, b] : [b, a];
        expect(overheadPpb(some, short)).toBeGreaterThanOrEqual(overheadPpb(some, long));
        expect(overheadPpb(some, long)).toBeGreaterThanOrEqual(some.backgroundPpb);
      }),
    );
  });

  test('halves without its background when the period doubles, to one part in a billion', () => {
    fc.assert(
      fc.property(costs, periods, (some, period) => {
        const [once, twice] = [period, 2 * period].map((us) => overheadPpb(some, us) - some.backgroundPpb);
        expect(once! - 2 * twice!).toBeGreaterThanOrEqual(0);
        expect(once! - 2 * twice!).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('of any cost is explained by two of its figures, if they are exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 90 }), (background, loss) => {
        const exact = { lossUs: loss * 16_000, backgroundPpb: background * 1_000_000 };
        const figure = (periodUs: number) => ({
          periodUs,
          permille: overheadPpb(exact, periodUs) / (PPB / 1000),
        });
        expect(costOf(figure(8_000_000), figure(16_000_000))).toEqual(exact);
      }),
    );
  });

  test('is printed as what it was computed from', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1000, max: 60_000 }),
        (permille, ms) => {
          const periodUs = ms * 1000;
          const { least, most } = lossesPrintedAs({ periodUs, permille });
          const printed = (lossUs: number): number =>
            toPermille(overheadPpb({ lossUs, backgroundPpb: 0 }, periodUs));
          expect([least - 1, least, most, most + 1].map(printed)).toEqual([
            permille - 1,
            permille,
            permille,
            permille + 1,
          ]);
        },
      ),
    );
  });
});
