import { describe, expect, it } from 'vitest';
import { readBoard } from '../read-board.ts';
import { isFlashromLog, parseFlashrom } from './flashrom.ts';

const log = (biosCntl: string): string => `flashrom v1.2 on Linux 5.10.0 (x86_64)
Initializing internal programmer
Found chipset "Intel QM77" with PCI ID 8086:1e55.
Enabling flash write... Root Complex Register Block address = 0xfed1c000
GCS = 0xc65: BIOS Interface Lock-Down: enabled, Boot BIOS Straps: 0x3 (SPI)
${biosCntl}
`;

describe('a log of flashrom', () => {
  it.each([
    ['until 2013', 'BIOS Lock Enable: enabled, BIOS Write Enable: disabled, BIOS_CNTL is 0x2a'],
    ['since', 'BIOS_CNTL = 0x2a: BIOS Lock Enable: enabled, BIOS Write Enable: disabled'],
  ])('has the south bridge, BIOS_CNTL and GCS, as written %s', (_, line) => {
    const { profile } = readBoard('board', [{ path: 'a.txt', text: log(line) }]);
    expect(profile.chipset.southbridge).toEqual({ id: '8086:1e55', name: 'Intel QM77' });
    const flags = Object.fromEntries(
      [...profile.locks, ...profile.bios].map(({ name, state }) => [name, state]),
    );
    expect(flags).toMatchObject({
      BIOSWE: 'clear',
      BLE: 'set',
      SMM_BWP: 'set',
      BILD: 'set',
      SMI_LOCK: 'unknown',
    });
  });

  it('of a later chipset says nothing of the register that decides there', () => {
    const later = log('BIOS_CNTL = 0x2a: ').replace('8086:1e55', '8086:a146');
    const { profile } = readBoard('board', [{ path: 'a.txt', text: later }]);
    expect(profile.bios.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('is told by what is in it', () => {
    expect(isFlashromLog('the flashrom manual\n')).toBe(false);
    expect(parseFlashrom('')).toEqual({});
  });
});
