import type { Random, Study } from 'underwatch';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import type { PioneerSetting } from '../../models/pioneer/protocol/setting.ts';
import { honestCycles, loopCycles } from '../../models/pioneer/protocol/timing.ts';

/**
 * Delays of a local network beyond its shortest round trip, in nanoseconds, as quantiles of ten thousand,
 * with straight lines between them. No measured distribution is published for Pioneer or Checkmate; this one
 * has the shape that queues give, and its 99.9 % quantile at 300 us, the width of Checkmate's window. What
 * follows from it follows from that.
 */
const QUANTILES: readonly (readonly [tenThousandths: number, delayNs: number])[] = [
  [0, 0],
  [5000, 20_000],
  [9000, 60_000],
  [9900, 150_000],
  [9990, 300_000],
  [10_000, 500_000],
];

/** A delay, drawn from the quantiles. */
const delayNs = (random: Random): number => {
  const place = random.whole(10_000);
  const next = QUANTILES.findIndex(([quantile]) => quantile > place);
  const [from, low] = QUANTILES[next - 1] ?? [0, 0];
  const [to, high] = QUANTILES[next] ?? [1, 0];
  const fine = random.whole(1000);
  return low + Math.floor(((high - low) * (1000 * (place - from) + fine)) / (1000 * (to - from)));
};

/** The model's defaults: Pioneer on a Prescott of 2.8 GHz. */
const setting: PioneerSetting = { parameters: pioneer.parameters, defends: () => true };
const { expectedMhz, slackCycles } = setting.parameters;
const nsOf = (cycles: number): number => Math.floor((cycles * 1000) / expectedMhz);

const arrivingAfter = (cycles: number): ((random: Random) => number) => {
  const quietNs = nsOf(honestCycles(setting) + cycles);
  return (random) => quietNs + delayNs(random);
};

/** Genuine and tampered runs over a network with jitter, against Pioneer's deadline. */
export const pioneerJitter: Study = {
  id: 'pioneer-jitter',
  says: 'arrival of the checksum after the challenge, over a network with jitter, against the deadline',
  unit: 'ns',
  upper: nsOf(honestCycles(setting) + slackCycles),
  populations: [
    {
      id: 'I-NOFP-RATE',
      says: 'a genuine machine: false alarms',
      source:
        'Seshadri et al., SOSP 2005: the limit lies above the largest jitter observed; here above 99.9 % of it',
      draw: arrivingAfter(0),
      outside: { bound: 'atMost', perMillion: 2000 },
    },
    {
      id: 'P-ASW-RATE',
      says: 'an address-space switch, 1795 cycles: alarms, within the same bound',
      source: 'the blog post of 2005: lost in the noise; cost as in B4-NOISE-ENOUGH',
      draw: arrivingAfter(1795),
      outside: { bound: 'atMost', perMillion: 2000 },
    },
    {
      id: 'P-MEMCPY-RATE',
      says: 'a memory copy, 0.6 % longer: alarms',
      source: 'Seshadri et al., SOSP 2005: best attack found, 0.6 to 0.8 %',
      draw: arrivingAfter(loopCycles(setting.parameters.forgeDpMilliCycles, setting)),
      outside: { bound: 'atLeast', perMillion: 999_000 },
    },
  ],
};
