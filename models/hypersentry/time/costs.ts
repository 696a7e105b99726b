import { events, MEMORY_CYCLES, SMI_US, type CycleCost } from '../../platform/processor/index.ts';
import { SLIDE_18, type Reported } from './slide-18.ts';

/** A time in whole microseconds: the least and the most that its sources allow. */
export interface CostUs {
  readonly least: number;
  readonly most: number;
}

const MHZ = 3000;
const LINE_BYTES = 64;
const PAGE_BYTES = 4096;

/**
 * SHA-1: 8 cycles a byte at best, 11.4 with Crypto++ on a Core 2 (recalled), and what each line costs that is
 * not cached.
 */
const SHA1_CYCLES: CycleCost = {
  least: 8,
  most: 12,
  basis: 'recalled',
  source: 'Crypto++ benchmarks, Core 2: 153 MiB/s at 1.83 GHz',
};

/**
 * Second-level caches of two Xeons of the 5400 series, and what their front side bus moves when it writes or
 * fills them.
 */
const CACHE = { packageMiB: 12, packages: 2, leastMiBPerS: 2000, mostMiBPerS: 6000 } as const;

const us = (cycles: number): CostUs['least'] => cycles / MHZ;
const cost = (least: number, most: number): CostUs => ({ least: Math.floor(least), most: Math.ceil(most) });

/** The time of hashing so many bytes: from the caches at best, each line from memory at worst. */
export const hashUs = (bytes: number): CostUs =>
  cost(
    us(bytes * SHA1_CYCLES.least),
    us(bytes * SHA1_CYCLES.most + (bytes / LINE_BYTES) * MEMORY_CYCLES.most),
  );

/** The time of measuring so many pages: a hash and a walk of the page tables for each. */
export const pagesUs = (pages: number): CostUs => {
  const hash = hashUs(pages * PAGE_BYTES);
  const walk = events.core2.tlbRefill!;
  return cost(hash.least + us(pages * walk.least), hash.most + us(pages * walk.most));
};

/** The time of an SMI, from its entry to RSM. */
export const SMI: CostUs = cost(SMI_US.least, SMI_US.most);

/** The time of a VM exit and the entry back. */
export const EXIT: CostUs = cost(us(events.core2.vmExit!.least), us(events.core2.vmExit!.most));

/**
 * The time of WBINVD: a cycle for each line if none is dirty; all of a package's cache written to memory if
 * all are.
 */
export const FLUSH: CostUs = cost(
  us((CACHE.packageMiB * 2 ** 20) / LINE_BYTES),
  (CACHE.packageMiB * 1_000_000) / CACHE.leastMiBPerS,
);

/** The time of filling the caches again afterwards: nothing at best, all of both packages at worst. */
export const REFILL: CostUs = cost(0, (CACHE.packageMiB * CACHE.packages * 1_000_000) / CACHE.leastMiBPerS);

/**
 * The least work that each measurement costs the machine, whatever is lost all the time: two figures with two
 * periods differ by the loss of a measurement alone. Each is printed to a tenth of a per cent, so the
 * difference may be a tenth less.
 */
const leastLossUs = (often: Reported, seldom: Reported): number => {
  const shares = 1 / often.periodUs - 1 / seldom.periodUs;
  return Math.round((often.permille - seldom.permille - 1) / 1000 / shares);
};

/** The same loss for slide 18: (2.35 - 1.35) % of 16 s. */
export const SLIDE_LOSS_US: number = leastLossUs(SLIDE_18.often, SLIDE_18.seldom);
