import type { BlockRegister } from '../layout.ts';
import type { InteltoolLog, LoggedRegister } from './inteltool.ts';
import type { Block, CoreReadings, Reading, Source } from './source.ts';
import { hexOf } from './text.ts';

const NAMES = { pmbase: 'PMBASE', gpiobase: 'GPIOS' } as const;

const whyNoMsrs = ({ unsupported, cores }: InteltoolLog, file: string): string => {
  if (unsupported.includes('MSRs')) return 'inteltool cannot dump the MSRs of this processor';
  return cores === 0
    ? `${file} has no MSRs`
    : `${file} is cut or garbled among the MSRs, so cores may be missing`;
};

const inBlock = (
  { unsupported, pmbase, gpio }: InteltoolLog,
  file: string,
  block: 'pmbase' | 'gpiobase',
  { name, offset }: BlockRegister,
): Reading => {
  const registers: ReadonlyMap<number, LoggedRegister> = block === 'pmbase' ? pmbase : gpio;
  if (registers.size === 0)
    return {
      why: unsupported.includes(NAMES[block])
        ? `inteltool cannot dump ${NAMES[block]} on this south bridge`
        : `${file} has no registers of ${NAMES[block]}`,
    };
  const found = registers.get(offset);
  const where = `${block}+${hexOf(offset, 4)}`;
  if (found === undefined) return { why: `${file} has no line for ${where}` };
  // A register of another name at this place means a generation laid out in another way.
  if (found.name !== name) return { why: `${file} calls ${where} ${found.name}` };
  return { widthBits: found.widthBits, value: found.value, readFrom: `${file}: ${where}` };
};

const inRcba = ({ rcbaWords }: InteltoolLog, file: string, { offset }: BlockRegister): Reading => {
  const value = rcbaWords.get(offset);
  // inteltool leaves out zeros, and a lost line looks the same.
  if (value === undefined) return { why: `${file} has no line for RCBA+${hexOf(offset, 4)}` };
  return { widthBits: 32, value, readFrom: `${file}: RCBA+${hexOf(offset, 4)}` };
};

const onCores = (log: InteltoolLog, file: string, address: number): CoreReadings => {
  if (!log.msrsComplete) return { why: whyNoMsrs(log, file) };
  const where = `MSR ${hexOf(address, 2)}`;
  const cores = log.msrs.get(address);
  if (cores === undefined) return { why: `${file} has no line for ${where}` };
  if (cores.size < log.cores) return { why: `${file} has ${where} of ${cores.size} of ${log.cores} cores` };
  return { cores, readFrom: `${file}: ${where}` };
};

/** A log of inteltool: I/O blocks, RCBA and MSRs, and BIOS_CNTL of the LPC bridge. */
export const inteltoolSource = (log: InteltoolLog, file: string): Source => ({
  kind: 'inteltool',
  file,
  ...(log.southbridge && { southbridge: log.southbridge }),
  ...(log.northbridge && { northbridge: log.northbridge }),
  // inteltool prints base registers as addresses alone; this is the only complete register of configuration
  // space.
  config: ({ name, device }) =>
    name === 'BIOS_CNTL' && device === '00:1f.0' && log.biosCntl !== undefined
      ? { widthBits: 8, value: log.biosCntl % 0x100, readFrom: `${file}: BIOS_CNTL` }
      : undefined,
  block: (block: Block, register) => {
    if (block === 'tco' || block === 'pwrm') return undefined;
    return block === 'rcba' ? inRcba(log, file, register) : inBlock(log, file, block, register);
  },
  msr: (address) => onCores(log, file, address),
});
