import type { LogFile } from '../recognise.ts';

/**
 * A PCI function for a made-up log of lspci: ids, and the bytes of its configuration space that are not 0.
 */
export interface FakeDevice {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly bytes?: { readonly [offset: number]: number };
  readonly sizeBytes?: number;
}

const hex2 = (value: number): string => value.toString(16).padStart(2, '0');

const deviceText = ({ address, id, name, bytes = {}, sizeBytes = 256 }: FakeDevice): string => {
  const ids = id.split(':').flatMap((half) => [half.slice(2), half.slice(0, 2)]);
  const all = Array.from({ length: sizeBytes }, (_, offset) => ids[offset] ?? hex2(bytes[offset] ?? 0));
  const rows = Array.from(
    { length: sizeBytes / 16 },
    (_, row) => `${hex2(row * 16)}: ${all.slice(row * 16, row * 16 + 16).join(' ')}`,
  );
  return [`${address} Some class [0601]: ${name} [${id}] (rev 04)`, '\tLatency: 0', ...rows, '', ''].join(
    '\n',
  );
};

/** A log of lspci with these devices. */
export const lspciText = (devices: readonly FakeDevice[]): string => devices.map(deviceText).join('');

/** The host bridge and the LPC bridge of a board with H77, every lock open but SMI_LOCK. */
export const h77Devices: readonly FakeDevice[] = [
  {
    address: '00:00.0',
    id: '8086:0150',
    name: 'Host bridge of the test',
    bytes: { 0x88: 0x0a, 0xb7: 0xdb, 0xb6: 0x80, 0xbb: 0xdb },
  },
  {
    address: '00:1f.0',
    id: '8086:1e4a',
    name: 'LPC bridge of the test',
    bytes: { 0x40: 0x01, 0x41: 0x04, 0x48: 0x01, 0x49: 0x05, 0xa0: 0x10, 0xb8: 0x01 },
  },
];

const block: readonly (readonly [offset: string, value: string, name: string])[] = [
  ['0000', '0x0001    ', 'PM1_STS'],
  ['0002', '0x0120    ', 'PM1_EN'],
  ['0004', '0x00000001', 'PM1_CNT'],
  ['0020', '0x00000000', 'GPE0_STS'],
  ['0028', '0x00000000', 'GPE0_EN'],
  ['0030', '0x00000023', 'SMI_EN'],
  ['0034', '0x00000000', 'SMI_STS'],
  ['0038', '0x0001    ', 'ALT_GP_SMI_EN'],
  ['003a', '0x0000    ', 'ALT_GP_SMI_STS'],
  ['0064', '0x0000    ', 'TCO1_STS'],
  ['0066', '0x0000    ', 'TCO2_STS'],
  ['0068', '0x0800    ', 'TCO1_CNT'],
];

/** The ACPI block of the log; `replace` gives other values, `undefined` leaves a register out. */
export const pmbaseSection = (
  replace: { readonly [name: string]: string | undefined } = {},
  base = '0x0400',
): string =>
  [
    '========== ABASE/PMBASE =========',
    '',
    `PMBASE = ${base} (IO)`,
    '',
    ...block.flatMap(([offset, value, name]) => {
      const shown = name in replace ? replace[name] : value;
      return shown === undefined ? [] : [`pmbase+0x${offset}: ${shown} (${name})`];
    }),
    '',
    '',
  ].join('\n');

/** The first lines of a log of inteltool on a board with H77. */
export const header: string = [
  'CPU: ID 0x306a9, Processor Type 0x0, Family 0x6, Model 0x3a, Stepping 0x9',
  'Northbridge: 8086:0150 (Host bridge)',
  'Southbridge: 8086:1e4a (H77)',
  '',
  '',
].join('\n');

/** The MSR lists of cores, one row of `MSR = value` pairs a core. */
export const msrSections = (cores: readonly { readonly [address: string]: string }[]): string =>
  [
    ...cores.flatMap((values, core) => [
      `====================== UNIQUE MSRs  (core ${core}) ======================`,
      ...Object.entries(values).map(([address, value]) => ` MSR 0x${address} = ${value} (SOME_MSR)`),
      '',
    ]),
    '============= AMBs ============',
    '',
    '',
  ].join('\n');

/** Both logs of a board, under their usual names. */
export const logs = (inteltool: string, lspci: string): readonly LogFile[] => [
  { path: 'board/inteltool.log', text: inteltool },
  { path: 'board/lspci.log', text: lspci },
];
