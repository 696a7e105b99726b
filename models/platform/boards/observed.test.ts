import fc from 'fast-check';
import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { drivePin, intel, layouts, readRegister, resetChipset } from '../chipset/index.ts';
import { observe } from './observed.ts';
import { profileOf, type PlatformProfile } from './profile.ts';
import { staleStatus } from './stale-status.ts';

const board = (values: { readonly [name: string]: number }): PlatformProfile =>
  profileOf({
    id: 'test',
    name: 'Test',
    southbridge: { id: '8086:1e4a', name: 'H77' },
    northbridge: { id: '8086:0150', name: 'host bridge' },
    registers: Object.entries(values).map(([name, value]) => ({
      name,
      widthBits: 32,
      value,
      readFrom: 'test',
    })),
    unknown: [],
    notes: [],
  });

const quiet = {
  GP_LVL: 0,
  GPI_INV: 0,
  GP_IO_SEL: 0xffff,
  GPE0_STS: 0,
  SMI_STS: 0,
  SMI_EN: 3,
  ALT_GP_SMI_STS: 0,
  ALT_GP_SMI_EN: 0,
  GPIO_ROUT: 0,
};

const held = (values: { readonly [name: string]: number }): readonly (boolean | 'unknown')[] =>
  observe(board(values)).map(({ holds }) => holds);

describe('observe', () => {
  it.each<readonly [string, { readonly [name: string]: number }, readonly (boolean | 'unknown')[]]>([
    ['nothing set: no status without its enable', quiet, [true, true, true, false]],
    ['an active input, not latched', { ...quiet, GP_LVL: 1 }, [false, false, true, false]],
    [
      'an inactive input, inverted, latched for both',
      { ...quiet, GPI_INV: 1, GPE0_STS: 0x1_0000, ALT_GP_SMI_STS: 1 },
      [true, true, true, false],
    ],
    [
      'a GPI asking, without its summary',
      { ...quiet, ALT_GP_SMI_STS: 3, ALT_GP_SMI_EN: 2, GPIO_ROUT: 0b0100 },
      [true, true, false, false],
    ],
    [
      'a GPI asking, with its summary',
      { ...quiet, ALT_GP_SMI_STS: 3, ALT_GP_SMI_EN: 2, GPIO_ROUT: 0b0100, SMI_STS: 0x400 },
      [true, true, true, false],
    ],
    [
      'a GPI routed to SCI, with a summary',
      { ...quiet, ALT_GP_SMI_STS: 1, ALT_GP_SMI_EN: 1, GPIO_ROUT: 0b10, SMI_STS: 0x400 },
      [true, true, false, false],
    ],
    ['PERIODIC_STS without PERIODIC_EN', { ...quiet, SMI_STS: 0x4000 }, [true, true, true, true]],
    [
      'PERIODIC_STS with PERIODIC_EN',
      { ...quiet, SMI_STS: 0x4000, SMI_EN: 0x4003 },
      [true, true, true, false],
    ],
    ['a summary is no latch', { ...quiet, SMI_STS: 0x100 }, [true, true, true, false]],
  ])('judges %s', (_, values, expected) => {
    expect(held(values)).toEqual(expected);
  });

  it('says which registers it lacks', () => {
    const { GP_LVL, ...rest } = quiet;
    expect(GP_LVL).toBe(0);
    expect(observe(board(rest)).slice(0, 2)).toEqual([
      { law: 'GPE0_STS 31:16 is the active inputs', holds: 'unknown', detail: 'not known: GP_LVL' },
      { law: 'ALT_GP_SMI_STS has every active input', holds: 'unknown', detail: 'not known: GP_LVL' },
    ]);
  });

  it('names the values that decided it', () => {
    const details = observe(board({ ...quiet, SMI_STS: 0x4800, ALT_GP_SMI_STS: 0x81 })).map(
      ({ detail }) => detail,
    );
    expect(details).toEqual([
      'status 0000h, active 0000h',
      'status 0081h, active 0000h, active before 0081h',
      'GPI_STS 0, latched and enabled 0000h, of which routed 0000h',
      'MCSMI_STS (11), PERIODIC_STS (14)',
    ]);
  });

  it('judges the chipset model as the boards: what the boards obey, it obeys', () => {
    const platform = { behaviour: intel, layout: layouts.series6to9 };
    const word = fc.integer({ min: 0, max: 0xffff });
    const registers = fc.record({
      GPI_INV: word,
      GP_IO_SEL: word,
      pins: word,
      ALT_GP_SMI_EN: word,
      GPI_ROUT: fc.integer({ min: 0, max: 0xffff_ffff }),
    });
    fc.assert(
      fc.property(registers, fc.nat(15), fc.constantFrom(0 as const, 1 as const), (start, gpi, level) => {
        const chip = produce(resetChipset(platform, start), (draft) => drivePin(draft, platform, gpi, level));
        const { GPI_INV, GP_IO_SEL, ALT_GP_SMI_EN, ALT_GP_SMI_STS } = chip;
        const pins = { GP_LVL: chip.pins, GPI_INV, GP_IO_SEL };
        const SMI_STS = readRegister(chip, platform, 'SMI_STS');
        const gates = { ALT_GP_SMI_EN, ALT_GP_SMI_STS, GPIO_ROUT: chip.GPI_ROUT };
        const [, everyInput, summary] = held({ ...quiet, ...pins, ...gates, SMI_STS });
        expect([everyInput, summary]).toEqual([true, true]);
      }),
    );
  });
});

describe('staleStatus', () => {
  it('leaves out what a trigger sets itself', () => {
    expect(staleStatus(board({ ...quiet, SMI_STS: 0x400, ALT_GP_SMI_STS: 0x10, GP_LVL: 0x10 }), 4)).toEqual({
      gpi: 4,
      bits: [],
      accepted: 'as-found',
      says: 'no other status bit was set',
    });
  });

  it('tells latches, which can be cleared, from summaries, which cannot be cleared in place', () => {
    const found = staleStatus(board({ ...quiet, SMI_STS: 0x4500, ALT_GP_SMI_STS: 0x3 }), 0);
    expect(found).toEqual({
      gpi: 0,
      bits: [
        { register: 'SMI_STS', bit: 8, name: 'PM1_STS_REG', persistence: 'summary' },
        { register: 'SMI_STS', bit: 14, name: 'PERIODIC_STS', persistence: 'latch' },
        { register: 'ALT_GP_SMI_STS', bit: 1, name: 'GPI1', persistence: 'latch' },
      ],
      accepted: 'once-cleared',
      says:
        'latched until software writes 1: SMI_STS.PERIODIC_STS, GPI1; ' +
        'summaries of other registers: SMI_STS.PM1_STS_REG; TMROF_STS sets PM1_STS_REG again every 2.3 s',
    });
  });

  it('an active pin keeps its bit set', () => {
    expect(staleStatus(board({ ...quiet, GP_LVL: 2, ALT_GP_SMI_STS: 3 }), 0)).toEqual({
      gpi: 0,
      bits: [{ register: 'ALT_GP_SMI_STS', bit: 1, name: 'GPI1', persistence: 'active-input' }],
      accepted: 'never',
      says: 'set again at once by an active pin: GPI1',
    });
  });

  it('is unknown where the pins, a bit, or the registers are', () => {
    const { GP_LVL, SMI_STS, ...rest } = quiet;
    expect([GP_LVL, SMI_STS]).toEqual([0, 0]);
    expect(staleStatus(board({ ...rest, SMI_STS, ALT_GP_SMI_STS: 2 }), 0)).toMatchObject({
      accepted: 'unknown',
    });
    expect(staleStatus(board({ ...quiet, SMI_STS: 0x8000_0000 }), 0)).toMatchObject({
      bits: [{ bit: 31, name: 'bit 31', persistence: 'not-described' }],
      accepted: 'unknown',
    });
    expect(staleStatus(board({ ...rest, GP_LVL }), 0)).toMatchObject({ bits: [], accepted: 'unknown' });
  });
});
