import type { Chip } from './inteltool.ts';

/** Bytes of a function's configuration space, by offset. */
export type Bytes = ReadonlyMap<number, number>;

/** A value at an offset, the lowest byte first; undefined where a byte of it was not read. */
export const numberAt = (bytes: Bytes, offset: number, widthBits: number): number | undefined => {
  let value = 0;
  for (let byte = widthBits / 8 - 1; byte >= 0; byte -= 1) {
    const found = bytes.get(offset + byte);
    if (found === undefined) return undefined;
    value = value * 256 + found;
  }
  return value;
};

/** The ids of vendor and device: `8086:2918`. */
export const idOf = (bytes: Bytes): string | undefined => {
  const [vendor, device] = [numberAt(bytes, 0, 16), numberAt(bytes, 2, 16)];
  if (vendor === undefined || device === undefined) return undefined;
  const digits = (value: number): string => value.toString(16).padStart(4, '0');
  return `${digits(vendor)}:${digits(device)}`;
};

/** The chip whose function is at an address of the bus, as far as its ids tell. */
export const chipAt = (config: ReadonlyMap<string, Bytes>, address: string): Chip | undefined => {
  const bytes = config.get(address);
  const id = bytes === undefined ? undefined : idOf(bytes);
  return id === undefined ? undefined : { id, name: 'unknown' };
};
