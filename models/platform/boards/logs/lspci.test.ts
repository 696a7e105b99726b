import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configValue, deviceAt, isLspciLog, parseLspci, type PciDevice } from './lspci.ts';
import { h77Devices, lspciText } from './testing/logs.ts';

const only = (text: string): PciDevice => {
  const { devices } = parseLspci(text);
  expect(devices).toHaveLength(1);
  return devices[0]!;
};

const row = (offset: string, first: string): string => `${offset}: ${first}${' 00'.repeat(15)}`;

describe('devices', () => {
  it('have an address, ids and a name', () => {
    const device = only(
      '00:1f.2 IDE interface [0101]: Intel Corporation SATA Controller [IDE mode] [8086:2928] (rev 03) (prog-if 8f [PCI])\n',
    );
    expect(device).toMatchObject({
      address: '00:1f.2',
      id: '8086:2928',
      name: 'Intel Corporation SATA Controller [IDE mode]',
      brokenRows: 0,
    });
  });

  it('without -nn take their ids from configuration space', () => {
    const device = only(
      `00:1f.0 ISA bridge: Intel Corporation LPC (rev 04)\n00: 86 80 4a 1e${' 00'.repeat(12)}\n`,
    );
    expect(device).toMatchObject({ id: '8086:1e4a', name: 'Intel Corporation LPC' });
  });

  it('in domain 0 are listed as without a domain, in others they are not', () => {
    const { devices } = parseLspci(
      '0000:00:1f.0 ISA bridge [0601]: LPC [8086:1e4a]\n10000:00:1f.0 Bridge [0601]: Other [8086:0000]\n',
    );
    expect(devices.map(({ address }) => address)).toEqual(['00:1f.0', '10000:00:1f.0']);
  });

  it('end at a blank line: rows after it are nobody’s', () => {
    expect(only(`00:1f.0 ISA bridge [0601]: LPC [8086:1e4a]\n\n${row('40', '01')}\n`).rows.size).toBe(0);
  });

  it('are none among the PCIe dumps of inteltool', () => {
    expect(parseLspci(`PCIe 00:1f.0 extended config space:\n${row('0000', '86')}\n`).devices).toEqual([]);
  });
});

describe('configuration space', () => {
  const head = '00:1f.0 ISA bridge [0601]: LPC [8086:1e4a]\n';

  it.each([
    ['cut in a byte', '40: 01 04 0'],
    ['cut between bytes', '40: 01 04'],
    ['with a message', '40: 01 04 pcilib: error 00 00 00 00 00 00 00 00 00 00 00 00 00'],
    ['one byte short', `40: 01${' 00'.repeat(14)}`],
  ])('has no row that is %s', (_, text) => {
    const device = only(`${head}${text}\n`);
    expect([device.rows.size, device.brokenRows]).toEqual([0, 1]);
    expect(configValue(device, 0x40, 8)).toBeUndefined();
  });

  it('has no row without a line end', () => {
    expect(only(`${head}${row('40', '01')}`).rows.size).toBe(0);
  });

  it('is unknown where a device did not answer', () => {
    const dead = Array.from({ length: 16 }, (_, line) => `${line.toString(16)}0:${' ff'.repeat(16)}`).join(
      '\n',
    );
    expect(configValue(only(`${head}${dead}\n`), 0xa0, 16)).toBeUndefined();
  });

  it('gives values across rows, and none beyond the last', () => {
    const device = only(`${head}${row('00', '86')}\n00: 00\n10: 05${' 00'.repeat(15)}\n`);
    expect(configValue(device, 0x0e, 32)).toBe(0x0005_0000);
    expect(configValue(device, 0x1e, 32)).toBeUndefined();
  });

  it('reads any bytes back, little end first, unsigned', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 252, maxLength: 252 }),
        fc.integer({ min: 4, max: 252 }),
        (values, offset) => {
          const bytes = Object.fromEntries(values.map((value, index) => [index + 4, value]));
          const device = deviceAt(
            parseLspci(lspciText([{ address: '00:1f.0', id: '8086:1e4a', name: 'LPC', bytes }])),
            '00:1f.0',
          )!;
          const [a = 0, b = 0, c = 0, d = 0] = values.slice(offset - 4, offset);
          expect(configValue(device, offset, 8)).toBe(a);
          expect(configValue(device, offset, 16)).toBe(a + b * 0x100);
          expect(configValue(device, offset, 32)).toBe(a + b * 0x100 + c * 0x1_0000 + d * 0x100_0000);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('isLspciLog', () => {
  it.each([lspciText(h77Devices), '00:1f.0 ISA bridge: Intel Corporation LPC (rev 04)\n'])(
    'knows a log of it',
    (text) => {
      expect(isLspciLog(text)).toBe(true);
    },
  );

  it.each(['', 'PCIe 00:00.0 extended config space:\n', 'CPU: ID 0x306a9, Processor Type 0x0\n'])(
    'rejects %j',
    (text) => {
      expect(isLspciLog(text)).toBe(false);
    },
  );
});
