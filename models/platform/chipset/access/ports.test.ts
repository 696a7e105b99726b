import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  intel,
  layouts,
  readConfig,
  readIo,
  readRegister,
  registerAddress,
  REGISTER_NAMES,
  REGISTERS,
  resetChipset,
  writeConfig,
  writeIo,
  type ChipsetPlatform,
  type ChipsetState,
  type RegisterName,
  type WidthBytes,
} from '../index.ts';
import { chipOf, uint32 } from '../testing/arbitraries.ts';
import { after, armed, DECODED, pch } from '../testing/platforms.ts';

const write = (
  chip: ChipsetState,
  name: RegisterName,
  skip: number,
  width: WidthBytes,
  value: number,
  platform: ChipsetPlatform = pch,
): ChipsetState => {
  const at = registerAddress(chip, platform, name);
  return after(chip, (draft) =>
    at.space === 'io'
      ? writeIo(draft, platform, at.address + skip, width, value)
      : writeConfig(draft, platform, at.device, at.offset + skip, width, value),
  );
};

/** Registers of other north bridges than the one of this platform. */
const OF_OTHERS = new Set<RegisterName>(['ESMRAMC', 'EXSMRC', 'EXSMRTOP']);

describe('addresses', () => {
  it('are those of the datasheets', () => {
    const chip = resetChipset(pch, DECODED);
    const where = (name: RegisterName) => registerAddress(chip, pch, name);
    expect(where('SMI_EN')).toEqual({ space: 'io', address: 0x530 });
    expect(where('ALT_GP_SMI_STS')).toEqual({ space: 'io', address: 0x53a });
    expect(where('TCO1_CNT')).toEqual({ space: 'io', address: 0x568 });
    expect(where('APM_CNT')).toEqual({ space: 'io', address: 0xb2 });
    expect(where('GPI_INV')).toEqual({ space: 'io', address: 0x5ac });
    expect(where('GPI_ROUT')).toEqual({ space: 'config', device: 'lpc', offset: 0xb8 });
    expect(where('SMRAMC')).toEqual({ space: 'config', device: 'mch', offset: 0x88 });
  });

  it('differ between generations', () => {
    const on = (layout: keyof typeof layouts, name: RegisterName) => {
      const platform: ChipsetPlatform = { behaviour: intel, layout: layouts[layout] };
      return registerAddress(resetChipset(platform, DECODED), platform, name);
    };
    expect(on('ich9', 'SMRAMC')).toEqual({ space: 'config', device: 'mch', offset: 0x9d });
    expect(on('esb2-5000p', 'SMRAMC')).toEqual({ space: 'config', device: 'mch', offset: 0x61 });
    expect(on('ich9', 'GPE0_EN')).toEqual({ space: 'io', address: 0x528 });
    expect(on('esb2-5000p', 'GPE0_EN')).toEqual({ space: 'io', address: 0x52c });
    expect(() => on('esb2-5000p', 'TSEGMB')).toThrow(expect.objectContaining({ code: 'UW105' }));
  });

  it('follow PMBASE, and decode only while ACPI_EN is 1', () => {
    const chip = armed();
    expect(readIo(chip, pch, 0x530, 4)).toBe(0x2033);
    const moved = write(chip, 'PMBASE', 0, 4, 0x0000_0800);
    expect(readConfig(moved, pch, 'lpc', 0x40, 4)).toBe(0x801);
    expect(readIo(moved, pch, 0x530, 4)).toBe(0xffff_ffff);
    expect(readIo(moved, pch, 0x830, 4)).toBe(0x2033);
    const off = write(moved, 'ACPI_CNTL', 0, 1, 0);
    expect(readIo(off, pch, 0x830, 4)).toBe(0xffff_ffff);
    expect(after(off, (draft) => writeIo(draft, pch, 0x830, 4, 0))).toBe(off);
  });

  it('of GPIO span 64 bytes on ICH9 and 128 from the PCH on', () => {
    const ich9: ChipsetPlatform = { behaviour: intel, layout: layouts.ich9 };
    expect(readIo(resetChipset(pch, DECODED), pch, 0x5fc, 4)).toBe(0);
    expect(readIo(resetChipset(ich9, DECODED), ich9, 0x5c0, 4)).toBe(0xffff_ffff);
    // Bit 6 places the block on ICH9: 1180h on one of the boards is such a base.
    const moved = write(resetChipset(ich9, DECODED), 'GPIOBASE', 0, 4, 0x11c0, ich9);
    expect(readIo(moved, ich9, 0x11c4, 4)).toBe(0xf6ff_6eff);
  });
});

describe('access by bytes', () => {
  it('sets EOS by an 8-bit write, as handlers do, and leaves the rest of SMI_EN', () => {
    const chip = { ...armed(), SMI_EN: 0x2031 };
    expect(write(chip, 'SMI_EN', 0, 1, 0x33).SMI_EN).toBe(0x2033);
    expect(write(chip, 'SMI_EN', 1, 1, 0x00).SMI_EN).toBe(0x0031);
  });

  it('spans registers: 32 bits at ALT_GP_SMI_EN also clear ALT_GP_SMI_STS', () => {
    const chip = { ...armed(), ALT_GP_SMI_EN: 0, ALT_GP_SMI_STS: 0x00ff };
    const written = after(chip, (draft) => writeIo(draft, pch, 0x538, 4, 0x000f_1234));
    expect([written.ALT_GP_SMI_EN, written.ALT_GP_SMI_STS]).toEqual([0x1234, 0x00f0]);
    expect(readIo(written, pch, 0x538, 4)).toBe(0x00f0_1234);
  });

  it('crosses the edge of a block: what nothing decodes reads FFh', () => {
    expect(readIo(resetChipset(pch, { ...DECODED, GPIO_CNTL: 0 }), pch, 0x57e, 4)).toBe(0xffff_0000);
  });

  it('leaves write-1-to-clear bits in bytes that are not written', () => {
    const chip = { ...armed(), ALT_GP_SMI_EN: 0, ALT_GP_SMI_STS: 0xffff };
    expect(write(chip, 'ALT_GP_SMI_STS', 1, 1, 0xff).ALT_GP_SMI_STS).toBe(0x00ff);
  });

  it('reads the same bytes at every width, whatever the state', () => {
    const one = fc.record({
      chip: chipOf(pch),
      address: fc.oneof(fc.integer({ min: 0x4f8, max: 0x608 }), fc.integer({ min: 0xb0, max: 0xb6 })),
    });
    fc.assert(
      fc.property(one, ({ chip, address }) => {
        const bytes = [0, 1, 2, 3].map((index) => readIo(chip, pch, address + index, 1));
        const value = bytes.reduce((sum, byte, index) => sum + byte * 256 ** index, 0);
        expect(readIo(chip, pch, address, 4)).toBe(value);
        expect(readIo(chip, pch, address, 2)).toBe(value % 0x1_0000);
      }),
    );
  });

  it('is the same by name and by address', () => {
    fc.assert(
      fc.property(
        chipOf(pch),
        fc.constantFrom(...REGISTER_NAMES.filter((name) => !OF_OTHERS.has(name))),
        (chip, name) => {
          const at = registerAddress(chip, pch, name);
          const width = (REGISTERS[name].widthBits / 8) as WidthBytes;
          const read =
            at.space === 'io'
              ? readIo(chip, pch, at.address, width)
              : readConfig(chip, pch, at.device, at.offset, width);
          expect(read).toBe(readRegister(chip, pch, name));
        },
      ),
    );
  });
});

describe('one wide write is as good as writes of its bytes', () => {
  const wide = REGISTER_NAMES.filter(
    (name) => REGISTERS[name].widthBits > 8 && name !== 'SMI_EN' && name !== 'TSEGMB',
  );

  it.each(wide)('for %s', (name) => {
    fc.assert(
      fc.property(chipOf(pch), uint32, (chip, value) => {
        const bytes = REGISTERS[name].widthBits / 8;
        const atOnce = write(chip, name, 0, bytes as WidthBytes, value);
        const inTurn = Array.from({ length: bytes }, (_, index) => index).reduce(
          (state, index) => write(state, name, index, 1, (value >>> (8 * index)) & 0xff),
          chip,
        );
        expect(inTurn).toEqual(atOnce);
      }),
    );
  });

  it('but not for SMI_EN: EOS in the first byte meets the enables that the second would clear', () => {
    const waiting = { ...armed(), SMI_EN: 0x4031, SMI_STS: 0x4000, firstSmi: false };
    expect(write(waiting, 'SMI_EN', 0, 4, 0x0033)).toMatchObject({ smi: 'idle', SMI_EN: 0x0033 });
    const inTurn = write(write(waiting, 'SMI_EN', 0, 1, 0x33), 'SMI_EN', 1, 1, 0x00);
    expect(inTurn).toMatchObject({ smi: 'sent', SMI_EN: 0x0031 });
  });

  it('nor for TSEGMB: LOCK in the first byte freezes the others', () => {
    const chip = resetChipset(pch);
    expect(write(chip, 'TSEGMB', 0, 4, 0xcc00_0001).TSEGMB).toBe(0xcc00_0001);
    expect(write(write(chip, 'TSEGMB', 0, 1, 0x01), 'TSEGMB', 3, 1, 0xcc).TSEGMB).toBe(0x0000_0001);
  });
});
