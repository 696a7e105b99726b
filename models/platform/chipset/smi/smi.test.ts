import { describe, expect, it } from 'vitest';
import {
  drivePin,
  elapseTimer,
  readRegister,
  resetChipset,
  sciActive,
  sciSources,
  smiSources,
  takeSmi,
  writeIo,
  writeRegister,
  type ChipsetState,
  type RegisterName,
} from '../index.ts';
import { after, armed, pch } from '../testing/platforms.ts';

const write = (chip: ChipsetState, name: RegisterName, value: number): ChipsetState =>
  after(chip, (draft) => writeRegister(draft, pch, name, value));
const drive = (chip: ChipsetState, gpi: number, level: 0 | 1): ChipsetState =>
  after(chip, (draft) => drivePin(draft, pch, gpi, level));
const picture = (chip: ChipsetState): readonly number[] => [
  readRegister(chip, pch, 'SMI_STS'),
  readRegister(chip, pch, 'ALT_GP_SMI_STS'),
];
const pulse = (chip: ChipsetState): ChipsetState => drive(drive(chip, 0, 1), 0, 0);

describe('golden values', () => {
  it('SMI_EN as firmware leaves it is 2033h, and keeps it until the first SMI', () => {
    expect(armed().SMI_EN).toBe(0x2033);
  });

  it('SMRAMC is 02h after reset and 1Ah when firmware has locked it', () => {
    const chip = resetChipset(pch);
    expect(chip.SMRAMC).toBe(0x02);
    expect(write(chip, 'SMRAMC', 0x18).SMRAMC).toBe(0x1a);
  });
});

describe('the register picture that each origin leaves', () => {
  const chip = armed(pch, { SMI_EN: 0x607f });
  const pictures: readonly (readonly [string, ChipsetState, number, number])[] = [
    ['the BMC asserts GPI 0', drive(chip, 0, 1), 1 << 10, 0x0001],
    ['port B2h is written', after(chip, (draft) => writeIo(draft, pch, 0xb2, 1, 0x50)), 1 << 5, 0],
    [
      'the software SMI timer expires',
      after(write({ ...chip, SMI_EN: 0x6033 }, 'SMI_EN', 0x6073), (draft) =>
        elapseTimer(draft, pch, 'software'),
      ),
      1 << 6,
      0,
    ],
    ['the periodic timer expires', after(chip, (draft) => elapseTimer(draft, pch, 'periodic')), 1 << 14, 0],
    ['the TCO timer expires', after(chip, (draft) => elapseTimer(draft, pch, 'tco')), 1 << 13, 0],
    ['TCO_DAT_IN is written', write(chip, 'TCO_DAT_IN', 1), 1 << 13, 0],
    ['BIOSWE is set under BLE', write({ ...chip, BIOS_CNTL: 0x02 }, 'BIOS_CNTL', 0x03), 1 << 13, 0],
    ['SLP_EN is written', write(chip, 'PM1_CNT', 0x2000), 1 << 4, 0],
    ['GBL_RLS is written', write(chip, 'PM1_CNT', 0x0004), 1 << 2, 0],
    [
      'GPIO lockdown is lifted',
      write({ ...chip, GPIO_CNTL: 0x11, SMI_EN: 0x0800_0003 }, 'GPIO_CNTL', 0x10),
      1 << 27,
      0,
    ],
    [
      'the embedded controller is written',
      after({ ...chip, SMI_EN: 0x0803 }, (draft) => writeIo(draft, pch, 0x66, 1, 0)),
      1 << 11,
      0,
    ],
    [
      'another GPI, enabled too, is asserted',
      drive({ ...chip, GP_IO_SEL: 0x9, GPI_ROUT: 0x41, ALT_GP_SMI_EN: 0x9 }, 3, 1),
      1 << 10,
      0x0008,
    ],
    [
      'the BMC asserts GPI 0 while APM waits',
      drive(write({ ...chip, SMI_EN: 0x607d }, 'APM_CNT', 1), 0, 1),
      (1 << 10) | (1 << 5),
      0x0001,
    ],
    ['software inverts GPI 0', write(chip, 'GPI_INV', 1), 1 << 10, 0x0001],
  ];

  it.each(pictures)('%s', (_name, hit, smiSts, altGpSmiSts) => {
    expect(picture(hit)).toEqual([smiSts, altGpSmiSts]);
    expect(hit.smi).toBe('sent');
    expect(hit.SMI_EN & 0x2).toBe(0);
  });

  it('is empty where nothing happened', () => {
    expect([picture(chip), chip.smi, smiSources(chip, pch)]).toEqual([[0, 0], 'idle', []]);
  });
});

describe('End Of SMI', () => {
  const handled = (chip: ChipsetState): ChipsetState => after(chip, takeSmi);

  it('lets one SMI through and holds the next until it is set', () => {
    const first = handled(drive(armed(), 0, 1));
    const second = write(first, 'APM_CNT', 1);
    expect(second.smi).toBe('idle');
    expect(smiSources(second, pch)).toEqual(['APM_STS', 'GPI0']);
    expect(write(second, 'SMI_EN', 0x2033)).toMatchObject({ smi: 'sent', SMI_EN: 0x2031 });
  });

  it('set by the handler after it has cleared every cause sends nothing', () => {
    const taken = handled(pulse(armed()));
    const cleared = write(taken, 'ALT_GP_SMI_STS', 0x0001);
    expect(write(cleared, 'SMI_EN', 0x2033)).toMatchObject({ smi: 'idle', SMI_EN: 0x2033 });
  });

  it('is not cleared by writing 0', () => {
    expect(write(armed(), 'SMI_EN', 0x2031).SMI_EN).toBe(0x2033);
  });
});

describe('an event that waits behind a gate', () => {
  const gates: readonly (readonly [string, Partial<ChipsetState>, RegisterName, number])[] = [
    ['GBL_SMI_EN', { SMI_EN: 0x2032 }, 'SMI_EN', 0x2033],
    ['ALT_GP_SMI_EN', { ALT_GP_SMI_EN: 0 }, 'ALT_GP_SMI_EN', 1],
    ['GPI_ROUT', { GPI_ROUT: 0 }, 'GPI_ROUT', 1],
    ['EOS', { SMI_EN: 0x2031, firstSmi: false }, 'SMI_EN', 0x2033],
  ];

  // H-DEFER: the handler sees the genuine picture, however long software took to open the gate.
  it.each(gates)(
    '%s raises its SMI when the gate opens, with the genuine picture',
    (_gate, masked, register, open) => {
      const waiting = pulse(armed(pch, masked));
      expect(waiting.smi).toBe('idle');
      expect(waiting.ALT_GP_SMI_STS).toBe(1);
      const opened = write(waiting, register, open);
      expect(opened.smi).toBe('sent');
      expect(picture(opened)).toEqual([0x0400, 0x0001]);
    },
  );

  it.each(gates)('%s is lost if software clears it first', (_gate, masked, register, open) => {
    const scrubbed = write(pulse(armed(pch, masked)), 'ALT_GP_SMI_STS', 0xffff);
    expect(write(scrubbed, register, open)).toMatchObject({ smi: 'idle', ALT_GP_SMI_STS: 0 });
  });
});

describe('inputs', () => {
  it('that are still active set their bits again at once', () => {
    const held = after(drive(armed(), 0, 1), takeSmi);
    const cleared = write(write(held, 'ALT_GP_SMI_STS', 1), 'GPE0_STS', 0x0001_0000);
    expect([cleared.ALT_GP_SMI_STS, cleared.GPE0_STS]).toEqual([1, 0x0001_0000]);
  });

  it('are seen inverted by the latches and not by GP_LVL', () => {
    const chip = armed(pch, { GPI_INV: 1, pins: 1 });
    expect(chip.ALT_GP_SMI_STS).toBe(0);
    expect(readRegister(chip, pch, 'GP_LVL') & 1).toBe(1);
    expect(drive(chip, 0, 0)).toMatchObject({ ALT_GP_SMI_STS: 1, smi: 'sent' });
  });

  it('that are outputs latch nothing', () => {
    expect(drive(armed(pch, { GP_IO_SEL: 0 }), 0, 1)).toMatchObject({
      ALT_GP_SMI_STS: 0,
      GPE0_STS: 0,
      smi: 'idle',
    });
  });
});

describe('timers', () => {
  it('the software timer runs once for each time it is enabled, and stops when disabled', () => {
    const expire = (chip: ChipsetState): ChipsetState =>
      after(chip, (draft) => elapseTimer(draft, pch, 'software'));
    const running = write(armed(), 'SMI_EN', 0x2073);
    expect(running.swTimer).toBe('running');
    const expired = expire(running);
    expect(expired).toMatchObject({ swTimer: 'stopped', SMI_STS: 0x40, smi: 'sent' });
    const handled = write(expired, 'SMI_STS', 0x40);
    expect(expire(handled)).toBe(handled);
    expect(expire(write(running, 'SMI_EN', 0x2033))).toMatchObject({ swTimer: 'stopped', SMI_STS: 0 });
  });

  it('the TCO timer tells a second expiry, and stands still when halted', () => {
    const expire = (chip: ChipsetState): ChipsetState =>
      after(chip, (draft) => elapseTimer(draft, pch, 'tco'));
    const once = expire(armed());
    expect([once.TCO1_STS, once.TCO2_STS]).toEqual([0x0008, 0]);
    const twice = expire(once);
    expect([twice.TCO1_STS, twice.TCO2_STS]).toEqual([0x0008, 0x0002]);
    const halted = armed(pch, { TCO1_CNT: 0x0800 });
    expect(expire(halted)).toBe(halted);
  });
});

describe('ACPI events', () => {
  const button: Partial<ChipsetState> = {
    PM1_STS: 0x0100,
    PM1_EN: 0x0100,
    GPE0_STS: 0x0000_2000,
    GPE0_EN: 0x0000_2000,
  };

  it('raise an SMI while SCI_EN is 0, an SCI while it is 1, never both', () => {
    const legacy = armed(pch, { ...button, PM1_CNT: 0 });
    expect([smiSources(legacy, pch), sciActive(legacy, pch), legacy.smi]).toEqual([
      ['PM1_STS_REG', 'GPE0_STS'],
      false,
      'sent',
    ]);
    const acpi = armed(pch, { ...button, PM1_CNT: 1 });
    expect([smiSources(acpi, pch), sciSources(acpi, pch), acpi.smi]).toEqual([
      [],
      ['PWRBTN_STS', 'GPE0_STS'],
      'idle',
    ]);
  });

  it('a GPI routed to SCI reaches the operating system and not the handler', () => {
    const rerouted = drive(armed(pch, { GPI_ROUT: 2, GPE0_EN: 0x0001_0000, PM1_CNT: 1 }), 0, 1);
    expect([smiSources(rerouted, pch), sciSources(rerouted, pch), rerouted.smi]).toEqual([
      [],
      ['GPI0'],
      'idle',
    ]);
    expect(picture(rerouted)).toEqual([0, 0x0001]);
  });

  it('firmware that writes BIOS_RLS raises an SCI and no SMI', () => {
    const asked = write(armed(pch, { PM1_CNT: 1, PM1_EN: 0x0020 }), 'SMI_EN', 0x20b3);
    expect(asked).toMatchObject({ SMI_EN: 0x2033, PM1_STS: 0x0020, smi: 'idle' });
    expect(sciSources(asked, pch)).toEqual(['GBL_STS']);
  });
});
