import {
  ELSEWHERE,
  FADT,
  FIRST_LINE,
  MEMORY_BLOCKS,
  MSRS,
  placesIn,
  PORT_BLOCKS,
  SOUTH,
  type Family,
  type MemoryBlock,
  type PortBlock,
} from './places.ts';

/** Access to the files of the machine that this runs on; both functions throw the system's errors. */
export interface MachineFiles {
  /** The names in a folder, in their order. */
  readonly list: (folder: string) => readonly string[];
  /** Up to `size` bytes from `position` on, in one read. */
  readonly read: (path: string, position: number, size: number) => readonly number[];
}

type Bytes = readonly number[];

const hex = (value: number, digits = 1): string => value.toString(16).padStart(digits, '0');
const hexBytes = (bytes: Bytes): string => bytes.map((byte) => hex(byte, 2)).join(' ');
const littleEndian = (bytes: Bytes): number => bytes.reduceRight((value, byte) => value * 256 + byte, 0);
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;

const PCI = '/sys/bus/pci/devices';
const CPUS = '/sys/devices/system/cpu';

/** The value read, or the reason why it was not read. */
type Attempt = { readonly bytes: Bytes } | { readonly why: string };

const attempt = (read: () => Bytes, size: number): Attempt => {
  try {
    const bytes = read();
    return bytes.length === size ? { bytes } : { why: 'it gave too few bytes' };
  } catch (error) {
    return { why: messageOf(error) };
  }
};

const listed = ({ list }: MachineFiles, folder: string): readonly string[] => {
  try {
    return list(folder);
  } catch {
    return [];
  }
};

const pciLines = (device: string, bytes: Bytes): readonly string[] => [
  `pci ${device}`,
  ...Array.from(
    { length: Math.floor(bytes.length / 16) },
    (_, row) => `${hex(row * 16, 6)} ${hexBytes(bytes.slice(row * 16, row * 16 + 16))}`,
  ),
];

/** Reads configuration space of the devices on bus 0, and of those that are known by their ids. */
const configOf = (files: MachineFiles): ReadonlyMap<string, Bytes> => {
  const found = new Map<string, Bytes>();
  for (const name of listed(files, PCI)) {
    const device = name.startsWith('0000:') ? name.slice(5) : undefined;
    if (device === undefined) continue;
    try {
      const bytes = files.read(`${PCI}/${name}/config`, 0, 256);
      const id = `${hex(littleEndian(bytes.slice(0, 2)), 4)}:${hex(littleEndian(bytes.slice(2, 4)), 4)}`;
      if (device.startsWith('00:') || ELSEWHERE.includes(id)) found.set(device, bytes);
    } catch {
      // A device that went away, or that the system keeps for itself, is as one that is not listed.
    }
  }
  return found;
};

const blockLines = (
  files: MachineFiles,
  config: ReadonlyMap<string, Bytes>,
  family: Family,
  { block, device, base, mask, enable }: PortBlock | MemoryBlock,
): readonly string[] => {
  const places = placesIn(family, block);
  if (places.length === 0) return [];
  const bytes = config.get(device) ?? [];
  const address = bytes.slice(base, base + 4);
  if (address.length < 4 || bytes[enable.offset] === undefined)
    return [`not read: ${block}: the configuration space of ${device} is hidden, or shown to root alone`];
  if (((bytes[enable.offset]! >>> enable.bit) & 1) === 0) return [`not read: ${block}: it is not decoded`];
  const isMemory = block === 'rcba' || block === 'pwrm';
  return registerLines(files, block, (littleEndian(address) & mask) >>> 0, places, isMemory);
};

const registerLines = (
  { read }: MachineFiles,
  block: string,
  base: number,
  places: ReturnType<typeof placesIn>,
  isMemory: boolean,
): readonly string[] =>
  places.map(({ offset, bytes: count }) => {
    const at = base + offset;
    // /dev/port reads byte by byte however it is asked; of memory a register is one access.
    const found = attempt(
      () =>
        isMemory
          ? read('/dev/mem', at, count)
          : Array.from({ length: count }, (_, byte) => read('/dev/port', at + byte, 1)).flat(),
      count,
    );
    return 'bytes' in found
      ? `${block}+${hex(offset)} ${isMemory ? 'memory' : 'port'} ${hex(at)}: ${hexBytes(found.bytes)}`
      : `not read: ${block}+${hex(offset)}: ${found.why}`;
  });

const fromTables = (files: MachineFiles): readonly string[] => {
  const found = attempt(() => files.read(FADT.path, FADT.offset, 4), 4);
  const at = 'bytes' in found ? littleEndian(found.bytes) : 0;
  return at > 0 && at < 0x1_0000
    ? registerLines(files, 'pmbase', at, placesIn('hidden', 'pmbase'), false)
    : ['not read: pmbase: no ACPI table says where it is'];
};

const msrLines = (files: MachineFiles): readonly string[] => {
  const processors = listed(files, '/dev/cpu').filter((name) => /^\d+$/.test(name));
  if (processors.length === 0) return ['not read: msr: there is no /dev/cpu/0/msr: modprobe msr'];
  return processors.flatMap((processor) =>
    MSRS.map((address) => {
      const found = attempt(() => files.read(`/dev/cpu/${processor}/msr`, address, 8), 8);
      return 'bytes' in found
        ? `msr ${hex(address)} processor ${processor}: ${hexBytes(found.bytes)}`
        : `not read: msr ${hex(address)}: ${found.why}`;
    }),
  );
};

const lockdownLines = ({ read }: MachineFiles): readonly string[] => {
  try {
    return [`lockdown: ${String.fromCharCode(...read('/sys/kernel/security/lockdown', 0, 200)).trim()}`];
  } catch {
    // The system has no such file, and so no lockdown, or does not show it.
    return [];
  }
};

const familyOf = (lpc: Bytes): Family | undefined => {
  const id = littleEndian(lpc.slice(2, 4));
  return littleEndian(lpc.slice(0, 2)) === 0x8086
    ? SOUTH.find(({ first, last }) => id >= first && id <= last)?.family
    : undefined;
};

/**
 * Reads the same registers as the script, on the machine that this runs on, and prints them in the same
 * format. It only reads.
 */
export const liveEvidence = (files: MachineFiles): string => {
  const config = configOf(files);
  const family = familyOf(config.get('00:1f.0') ?? []);
  const blocks = family === undefined ? [] : [...PORT_BLOCKS[family], ...MEMORY_BLOCKS[family]];
  const processors = listed(files, CPUS).filter((name) => /^cpu\d+$/.test(name)).length;
  return [
    FIRST_LINE,
    ...lockdownLines(files),
    `processors: ${processors}`,
    ...[...config].flatMap(([device, bytes]) => pciLines(device, bytes)),
    ...(family === 'hidden' ? fromTables(files) : []),
    ...blocks.flatMap((block) => blockLines(files, config, family!, block)),
    ...msrLines(files),
    'end',
    '',
  ].join('\n');
};
