import { events } from '../../../platform/processor/index.ts';

const MHZ = 3000;
/**
 * Port access times in cycles. None was found measured for the blade's own class; NetBurst's are the dearest
 * known.
 */
const { least, most, source } = events.prescott.portAccess!;

/**
 * The slowest instruction that a hypervisor needs, a port access, in whole microseconds at 3 GHz. `least` and
 * `most` are the ends of what is known, rounded to the sides that favour neither an attacker nor an honest
 * machine; `usual` is the least rounded up.
 */
export const PORT_ACCESS_US: {
  readonly least: number;
  readonly usual: number;
  readonly most: number;
  readonly source: string;
} = {
  least: Math.floor(least / MHZ),
  usual: Math.ceil(least / MHZ),
  most: Math.ceil(most / MHZ),
  source,
};
