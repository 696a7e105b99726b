import type { ChipsecLog, ToldLock } from './chipsec.ts';
import type { Source } from './source.ts';
import { hexOf } from './text.ts';

const MSR_NAMES: ReadonlyMap<number, string> = new Map([
  [0x1f2, 'IA32_SMRR_PHYSBASE'],
  [0x1f3, 'IA32_SMRR_PHYSMASK'],
]);

/** The CHIPSEC modules that report a lock in words. */
const TOLD: readonly { readonly lock: ToldLock; readonly module: string }[] = [
  { lock: 'SMI_LOCK', module: 'common.bios_smi' },
  { lock: 'TCO_LOCK', module: 'common.bios_smi' },
  { lock: 'TSEG_LOCK', module: 'smm_dma' },
  { lock: 'BGSM_LOCK', module: 'smm_dma' },
];

/**
 * A log of CHIPSEC as a source: the registers that its modules print, and two locks that it reports in words.
 */
export const chipsecSource = (log: ChipsecLog, file: string): Source => ({
  kind: 'chipsec',
  file,
  ...(log.southbridge && { southbridge: log.southbridge }),
  ...(log.northbridge && { northbridge: log.northbridge }),
  ...(log.generation !== undefined && { generation: log.generation }),
  config: ({ name, device, ids, offset, widthBits }) => {
    const place = `${device}+${offset.toString(16).padStart(2, '0')}`;
    // A device that is known by its id alone may be another one at that address.
    const found = ids === undefined ? log.config.get(place) : undefined;
    const value = found ?? log.named.get(name);
    if (value === undefined) return { why: `${file} does not show ${name}` };
    const where = found === undefined ? name : `${device} config ${hexOf(offset, 2)}`;
    // The module may read more than the register, from its first byte on.
    return { widthBits, value: value % 2 ** widthBits, readFrom: `${file}: ${where}` };
  },
  block: () => undefined,
  msr: (address) => {
    const name = MSR_NAMES.get(address);
    const cores = name === undefined ? undefined : log.cores.get(name);
    return cores === undefined || cores.size === 0
      ? undefined
      : { cores, readFrom: `${file}: MSR ${hexOf(address, 2)}` };
  },
  flag: (name) => {
    const found = TOLD.find(({ lock }) => lock === name);
    const isSet = found === undefined ? undefined : log.locks.get(found.lock);
    return isSet === undefined ? undefined : { isSet, readFrom: `${file}: module ${found!.module}` };
  },
  ...(log.tseg === undefined ? {} : { tseg: { ...log.tseg, readFrom: `${file}: module smm_dma` } }),
});
