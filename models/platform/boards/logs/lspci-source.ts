import type { ConfigRegister } from '../layout.ts';
import { configValue, deviceAt, type LspciLog, type PciDevice } from './lspci.ts';
import type { Reading, Source } from './source.ts';
import { hexOf } from './text.ts';

const missing = ({ device, ids }: ConfigRegister): string =>
  ids === undefined
    ? `${device} is not listed: firmware hid the device, or it was left out`
    : `no device ${ids.join(' or ')} is listed: firmware hid it, or it was left out`;

/**
 * The place of a register: the device with one of its ids, on whatever bus, or else the one at its address.
 */
const deviceOf = (log: LspciLog, { device, ids }: ConfigRegister): PciDevice | undefined =>
  ids === undefined ? deviceAt(log, device) : log.devices.find(({ id = '' }) => ids.includes(id));

/** A log of lspci: configuration space, and nothing else. */
export const lspciSource = (log: LspciLog, file: string): Source => {
  const south = deviceAt(log, '00:1f.0');
  const north = deviceAt(log, '00:00.0');
  return {
    kind: 'lspci',
    file,
    ...(south?.id !== undefined && { southbridge: { id: south.id, name: south.name } }),
    ...(north?.id !== undefined && { northbridge: { id: north.id, name: north.name } }),
    config: (register): Reading => {
      const { offset, widthBits } = register;
      const device = deviceOf(log, register);
      if (device === undefined) return { why: missing(register) };
      const value = configValue(device, offset, widthBits);
      if (value === undefined)
        return { why: `the configuration space of ${device.address} is missing at ${hexOf(offset, 2)}` };
      return { widthBits, value, readFrom: `${file}: ${device.address} config ${hexOf(offset, 2)}` };
    },
    block: () => undefined,
    msr: () => undefined,
  };
};
