import type { FlashromLog } from './flashrom.ts';
import type { Source } from './source.ts';

/** A log of flashrom: the south bridge, BIOS_CNTL of the LPC bridge, and GCS. */
export const flashromSource = ({ southbridge, biosCntl, gcs }: FlashromLog, file: string): Source => ({
  kind: 'flashrom',
  file,
  ...(southbridge && { southbridge }),
  // From the 100 series on, the deciding register is in another device.
  config: ({ name, device }) =>
    name === 'BIOS_CNTL' && device === '00:1f.0' && biosCntl !== undefined
      ? { widthBits: 8, value: biosCntl, readFrom: `${file}: BIOS_CNTL` }
      : undefined,
  block: (block, { name }) =>
    block === 'rcba' && name === 'GCS' && gcs !== undefined
      ? { widthBits: 32, value: gcs, readFrom: `${file}: GCS` }
      : undefined,
  msr: () => undefined,
});
