import type { Chip } from './inteltool.ts';
import { between, logLines } from './text.ts';

/** The output of `flashrom -p internal -V` about the chipset. Values that the log lacks are missing. */
export interface FlashromLog {
  readonly southbridge?: Chip;
  /** BIOS_CNTL of the LPC bridge, before flashrom sets BIOSWE. */
  readonly biosCntl?: number;
  /** RCBA+3410h. */
  readonly gcs?: number;
}

const signature = /^flashrom (?:v|\d|unknown).{0,120} on |\bFound chipset "[^"]{1,80}" with PCI ID /m;

/** Whether a text looks like the output of flashrom; its file name does not matter. */
export const isFlashromLog = (text: string): boolean => signature.test(text);

const chipStart = /\bFound chipset "/;
const chipRest = /^([^"]{1,80})" with PCI ID ([0-9a-f]{4}:[0-9a-f]{4})\b/;
// The first until 2013, the second since.
const biosCntlLine = /\bBIOS_CNTL is 0x([0-9a-f]{1,2})$|\bBIOS_CNTL = 0x([0-9a-f]{2}): /;
const gcsLine = /\bGCS = 0x([0-9a-f]{1,8}): /;

/** Reads what flashrom prints with -V. */
export const parseFlashrom = (text: string): FlashromLog => {
  const { lines } = logLines(text);
  let southbridge: Chip | undefined;
  let biosCntl: number | undefined;
  let gcs: number | undefined;
  for (const line of lines) {
    if (line.length > 400) continue;
    const [, name, id] = chipRest.exec(between(line, chipStart, '')?.rest ?? '') ?? [];
    if (name !== undefined && id !== undefined) southbridge ??= { id, name };
    const [, old, now] = biosCntlLine.exec(line) ?? [];
    const digits = old ?? now;
    if (digits !== undefined) biosCntl ??= Number.parseInt(digits, 16);
    const [, word] = gcsLine.exec(line) ?? [];
    if (word !== undefined) gcs ??= Number.parseInt(word, 16);
  }
  return {
    ...(southbridge && { southbridge }),
    ...(biosCntl !== undefined && { biosCntl }),
    ...(gcs !== undefined && { gcs }),
  };
};
