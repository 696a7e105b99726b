import type { Random, Study } from 'underwatch';

/**
 * Delays of a local network beyond its shortest round trip, in nanoseconds, as quantiles of ten thousand, with straight lines
 * between them. No measured distribution is published for Pioneer or Checkmate; this one has the shape that queues give, and
 * its 99.9 % quantile at 300 us, the width of Checkmate's window. What follows from it follows from that.
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

/** 310,800,000 cycles of 2.8 GHz: the loop of the model's defaults, with a round trip of 200 us and set-up and sending. */
const HONEST_NS = 111_000_000 + 200_000 + 714;
const SLACK_NS = 300_000;

/** Genuine and tampered runs over a network with jitter, against Pioneer's deadline. */
export const pioneerJitter: Study = {
  id: 'pioneer-jitter',
  says: 'arrival of the checksum after the challenge, over a network with jitter, against the deadline',
  unit: 'ns',
  upper: HONEST_NS + SLACK_NS,
  populations: [
    {
      id: 'I-NOFP-RATE',
      says: 'a genuine machine: false alarms',
      source:
        'Seshadri et al., SOSP 2005: the limit lies above the largest jitter observed; here above 99.9 % of it',
      draw: (random) => HONEST_NS + delayNs(random),
      outside: { bound: 'atMost', perMillion: 2000 },
    },
    {
      id: 'P-ASW-RATE',
      says: 'an address-space switch, 1.28 us: alarms no more often than without',
      source: 'the blog post of 2005: lost in the noise; 3590 cycles of 2.8 GHz',
      draw: (random) => HONEST_NS + 1282 + delayNs(random),
      outside: { bound: 'atMost', perMillion: 2000 },
    },
    {
      id: 'P-MEMCPY-RATE',
      says: 'a memory copy, 0.6 % longer: alarms',
      source: 'Seshadri et al., SOSP 2005: best attack found, 0.6 to 0.8 %',
      draw: (random) => HONEST_NS + 666_000 + delayNs(random),
      outside: { bound: 'atLeast', perMillion: 999_000 },
    },
  ],
};
