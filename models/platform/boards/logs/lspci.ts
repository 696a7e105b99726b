import { between, type Between, logLines } from './text.ts';

/** One function of a device as `lspci -nnvvvxxxx` lists it. */
export interface PciDevice {
  /** `bus:device.function`, as in `00:1f.0`. */
  readonly address: string;
  /** `vendor:device` in hexadecimal, as in `8086:2919`; missing if neither `-nn` nor `-x` was given. */
  readonly id?: string;
  readonly name: string;
  /** Whole rows of sixteen bytes of configuration space, `86 80 …`, by the offset of their first byte. */
  readonly rows: ReadonlyMap<number, string>;
  /** Rows that are not sixteen bytes: cut, or with a message in the middle. */
  readonly brokenRows: number;
}

export interface LspciLog {
  readonly devices: readonly PciDevice[];
  readonly endsInLineEnd: boolean;
}

// With -nn the class is in brackets, which nothing else in the log looks like, so the line may have a
// time in front of it; without, the address must begin the line. With -n there is the class's number alone.
const numericHeader =
  /(?:^|\s)((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) [^[\]]{1,80} \[[0-9a-f]{4}\]: /;
const plainHeader = /^ {0,8}((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) [^:]+: /;
const idInHeader = /^(.*) \[([0-9a-f]{4}:[0-9a-f]{4})\]/;
const idAlone = /^([0-9a-f]{4}:[0-9a-f]{4})(?: |$)/;
const rowLine = /(?:^|[\s\]])([0-9a-f]{1,2}0): ((?:[0-9a-f]{2} ){15}[0-9a-f]{2})$/;
const rowStart = /(?:^|[\s\]])[0-9a-f]{1,2}0: [0-9a-f]{2}(?: |$)/;

const signature =
  /(?:^|\s)(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] [^[\]\n]{1,80} \[[0-9a-f]{4}\]: |^ {0,8}(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] (?:[A-Z][\w /-]{1,80}|[0-9a-f]{4}): /m;

/** Whether a text looks like a log of lspci; its file name does not matter. */
export const isLspciLog = (text: string): boolean => signature.test(text);

const headerOf = (line: string): Between | undefined =>
  (line.includes(']: ') ? between(line, numericHeader, '') : undefined) ?? between(line, plainHeader, '');

// The text that lspci prints after the name, without its first bracket.
const afterName = / \((?:rev|prog-if) /;

interface OpenDevice {
  readonly address: string;
  readonly header: string;
  readonly rows: Map<number, string>;
  brokenRows: number;
}

// Bytes 0-3 of configuration space are the ids themselves; the header's are lspci's copy of them.
const idInConfig = (rows: ReadonlyMap<number, string>): string | undefined => {
  const [a, b, c, d] = (rows.get(0) ?? '').split(' ');
  return a !== undefined && b !== undefined && c !== undefined && d !== undefined
    ? `${b}${a}:${d}${c}`
    : undefined;
};

const closed = ({ address, header, rows, brokenRows }: OpenDevice): PciDevice => {
  const [, name, headerId = idAlone.exec(header)?.[1]] = idInHeader.exec(header) ?? [];
  const id = headerId ?? idInConfig(rows);
  return {
    address: address.replace(/^0+:(?=[0-9a-f]{2}:)/, ''),
    ...(id !== undefined && { id }),
    name:
      name ??
      (idAlone.test(header) ? 'unknown' : header.slice(0, afterName.exec(header)?.index ?? header.length)),
    rows,
    brokenRows,
  };
};

/** Reads a log of lspci: devices in the order of the log. A row counts only if all its bytes are there. */
export const parseLspci = (text: string): LspciLog => {
  const { lines, endsInLineEnd } = logLines(text);
  const devices: PciDevice[] = [];
  let open: OpenDevice | undefined;
  const close = (): void => {
    if (open !== undefined) devices.push(closed(open));
    open = undefined;
  };
  for (const line of lines) {
    const { groups: [address] = [], rest: header = '' } = headerOf(line) ?? {};
    if (address !== undefined) {
      close();
      open = { address, header, rows: new Map(), brokenRows: 0 };
    } else if (line === '') {
      close();
    } else if (open !== undefined) {
      const [, offset, bytes] = rowLine.exec(line) ?? [];
      if (offset === undefined || bytes === undefined) {
        if (rowStart.test(line)) open.brokenRows += 1;
      } else if (!open.rows.has(Number.parseInt(offset, 16))) {
        open.rows.set(Number.parseInt(offset, 16), bytes);
      }
    }
  }
  close();
  return { devices, endsInLineEnd };
};

/** The device at `bus:device.function`, if it is listed. */
export const deviceAt = (log: LspciLog, address: string): PciDevice | undefined =>
  log.devices.find((device) => device.address === address);

/**
 * A little-endian value of configuration space, as an unsigned number; undefined if a byte of it is not
 * in the log, or if the device did not answer when it was read (all ones where the vendor id is).
 */
export const configValue = (
  device: PciDevice,
  offset: number,
  widthBits: 8 | 16 | 32,
): number | undefined => {
  if (device.rows.get(0)?.startsWith('ff ff')) return undefined;
  let value = 0;
  for (let byte = widthBits / 8 - 1; byte >= 0; byte -= 1) {
    const at = offset + byte;
    const row = device.rows.get(at - (at % 16));
    if (row === undefined) return undefined;
    value = value * 256 + Number.parseInt(row.slice((at % 16) * 3, (at % 16) * 3 + 2), 16);
  }
  return value;
};
