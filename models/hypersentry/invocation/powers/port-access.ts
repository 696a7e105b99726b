import { events } from '../../../platform/processor/index.ts';

const MHZ = 3000;
/** Of the blade's own class none was found measured; NetBurst's are the dearest known. */
const { least, most, source } = events.prescott.portAccess!;

/**
 * The slowest instruction that a hypervisor needs, an access of a port, in whole microseconds at 3 GHz:
 * `least` and `most` are what is known, rounded to the sides that favour neither an attacker nor an honest
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
