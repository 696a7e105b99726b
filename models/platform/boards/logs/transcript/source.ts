import { chipAt, idOf, numberAt } from '../config-bytes.ts';
import type { CoreReadings, Reading, Source } from '../source.ts';
import { hexOf } from '../text.ts';
import type { Transcript } from './transcript.ts';

/** The function of a board that a chip with an id is, as known of bridges. */
export type AddressOf = (id: string) => string | undefined;

/** The output of commands, as a log of a board. A dump without a command is of the bridge whose id it has. */
export const transcriptSource = (transcript: Transcript, file: string, addressOf: AddressOf): Source => {
  const config = new Map(transcript.config);
  for (const bytes of transcript.nameless) {
    const id = idOf(bytes);
    const device = id === undefined ? undefined : addressOf(id);
    if (device !== undefined && !config.has(device)) config.set(device, bytes);
  }
  const southbridge = chipAt(config, '00:1f.0');
  const northbridge = chipAt(config, '00:00.0');
  return {
    kind: 'transcript',
    file,
    ...(southbridge && { southbridge }),
    ...(northbridge && { northbridge }),
    config: ({ name, device, ids, offset, widthBits }): Reading | undefined => {
      // A device that is known by its id alone may be another one at that address.
      const bytes = ids === undefined ? config.get(device) : undefined;
      const value = bytes === undefined ? undefined : numberAt(bytes, offset, widthBits);
      if (value === undefined || numberAt(bytes!, 0, 16) === 0xffff)
        return config.size === 0 ? undefined : { why: `${file} does not show ${name}` };
      return { widthBits, value, readFrom: `${file}: ${device} config ${hexOf(offset, 2)}` };
    },
    block: () => undefined,
    msr: (address): CoreReadings | undefined => {
      const found = transcript.msrs.get(address);
      if (found === undefined) return undefined;
      const where = `MSR ${hexOf(address, 2)}`;
      return found.everyCore
        ? { cores: new Map(found.values.map((value, core) => [core, value])), readFrom: `${file}: ${where}` }
        : { why: `${file} has ${where} of one core: rdmsr -a shows all` };
    },
  };
};
