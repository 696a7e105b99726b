import { describe, expect, it } from 'vitest';
import { isInteltoolLog, parseInteltool } from './inteltool.ts';
import { header, msrSections, pmbaseSection } from './testing/logs.ts';

describe('registers of a block', () => {
  it('takes the live value, not the default nor the difference from it', () => {
    const { gpio } = parseInteltool(
      [
        'gpiobase+0x002c: 0x00002800 (GPI_INV)',
        'gpiobase+0x002c: 0x00000000 (GPI_INV) DEFAULT',
        'gpiobase+0x002c: 0x00002800 (GPI_INV) DIFF',
        '',
      ].join('\n'),
    );
    expect([...gpio]).toEqual([[0x2c, { name: 'GPI_INV', widthBits: 32, value: 0x2800 }]]);
  });

  it('keeps the live value where a default has lost its mark', () => {
    const { gpio } = parseInteltool(
      'gpiobase+0x002c: 0x00002800 (GPI_INV)\ngpiobase+0x002c: 0x00000000 (GPI_INV)\nError: DEFAULT\n',
    );
    expect(gpio.get(0x2c)?.value).toBe(0x2800);
  });

  it('tells widths from the digits, and keeps brackets in names', () => {
    const { pmbase } = parseInteltool(
      'pmbase+0x0050: 0x00       (PM2_CNT (Mobile))\npmbase+0x0038: 0x0080     (ALT_GP_SMI_EN)\n',
    );
    expect(pmbase.get(0x50)).toEqual({ name: 'PM2_CNT (Mobile)', widthBits: 8, value: 0 });
    expect(pmbase.get(0x38)).toEqual({ name: 'ALT_GP_SMI_EN', widthBits: 16, value: 0x80 });
  });

  it('reads the upper half of a 64-bit register from the line below', () => {
    const { pmbase } = parseInteltool(
      'pmbase+0x0020: 0x8ec80000 (GPE0_STS)\n               0x39000000\npmbase+0x0028: 0x00000001 (GPE0_EN)\n',
    );
    expect(pmbase.get(0x20)?.value).toBe(0x8ec8_0000);
    expect(pmbase.get(0x24)).toEqual({ name: 'GPE0_STS_HI', widthBits: 32, value: 0x3900_0000 });
    expect(pmbase.has(0x2c)).toBe(false);
  });

  it.each([
    ['a value with a message in it', 'pmbase+0x0030: 0x0002Error: Dumping AMBs\n203b (SMI_EN)\n'],
    ['a name without its end', 'pmbase+0x0030: 0x0002203b (SMI_E\n'],
    ['a line without a line end', 'pmbase+0x0030: 0x0002203b (SMI_EN)'],
    ['seven digits', 'pmbase+0x0030: 0x002203b (SMI_EN)\n'],
  ])('has no value for %s', (_, text) => {
    expect([...parseInteltool(text).pmbase]).toEqual([]);
  });
});

describe('the rest of the log', () => {
  it('knows the chips, the bases and what could not be dumped', () => {
    const log = parseInteltool(
      `${header}GPIOBASE = 0x0500 (IO)\nPMBASE = 0x0400 (IO)\nBIOS_CNTL = 0x002a (IO)\n` +
        'Error: Dumping LPC/eSPI on this southbridgError: Dumping AMBs on this MCH is not (yet) supported.\n' +
        'Error: Dumping MSRs on this CPU (0x0306c0) is not (yet) supported.\n',
    );
    expect(log).toMatchObject({
      cpuId: 0x306a9,
      northbridge: { id: '8086:0150', name: 'Host bridge' },
      southbridge: { id: '8086:1e4a', name: 'H77' },
      gpioBase: 0x500,
      pmBase: 0x400,
      biosCntl: 0x2a,
      unsupported: ['AMBs', 'MSRs'],
    });
  });

  it('reads RCBA words of its section only', () => {
    const { rcbaWords } = parseInteltool(
      '============= RCBA ==============\n\nRCBA = 0xfed1c000 (MEM)\n\n0x3410: 0x00000c61\n\n' +
        '============= MCHBAR ============\n\n0x3414: 0x00000001\n',
    );
    expect([...rcbaWords]).toEqual([[0x3410, 0xc61]]);
  });

  it('ends RCBA words at the end of the log', () => {
    expect(parseInteltool('============= RCBA ==============\n0x3410: 0x00000c61\n').rcbaWords.size).toBe(1);
  });
});

describe('model-specific registers', () => {
  const values = { '000001F2': '0x00000000:0xBF800006', '000000FE': '0x00000000:0x00001D0A' };

  it('keeps them by core', () => {
    const log = parseInteltool(msrSections([values, { ...values, '000001F2': '0x00000001:0x00000006' }]));
    expect([...(log.msrs.get(0x1f2) ?? [])]).toEqual([
      [0, 0xbf80_0006],
      [1, 0x1_0000_0006],
    ]);
    expect([log.cores, log.msrsComplete]).toEqual([2, true]);
  });

  it('leaves out what inteltool could not read, and what no number holds', () => {
    const log = parseInteltool(
      `====== UNIQUE MSRs  (core 0) ======\n(*) MSR 0x0000020E = 0xFFFFFFFF:0xFFFFFFFF (IA32_MTRR_PHYSBASE7)\n` +
        '(*) MSR 0x000001F3 = 0x00000000:0x00000000 (IA32_SMRR_PHYSMASK)\n' +
        ' MSR 0x0000008B = 0xFFFFFFFF:0x00000000 (IA32_BIOS_SIGN_ID)\n',
    );
    expect([...log.msrs]).toEqual([]);
  });

  it('are not complete when the log ends among them', () => {
    const text = msrSections([values, values]);
    expect(parseInteltool(text.slice(0, text.indexOf('=== AMBs'))).msrsComplete).toBe(false);
  });

  it('are not complete when a core has lost its header', () => {
    const text = msrSections([values, values]).replace('(core 1)', '(coError: Dumping AMBs\nre 1)');
    expect(parseInteltool(text)).toMatchObject({ cores: 1, msrsComplete: false });
  });
});

describe('isInteltoolLog', () => {
  it.each([header, pmbaseSection(), '[sudo] password for user: CPU: ID 0x306a9, Processor Type 0x0\n'])(
    'knows %j',
    (text) => {
      expect(isInteltoolLog(text)).toBe(true);
    },
  );

  it.each(['', 'Error: not found', '00:1f.0 ISA bridge [0601]: Intel [8086:1e4a]\n'])(
    'rejects %j',
    (text) => {
      expect(isInteltoolLog(text)).toBe(false);
    },
  );
});
