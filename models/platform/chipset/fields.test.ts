import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bits,
  fieldValue,
  formatRegister,
  layouts,
  REGISTER_NAMES,
  registerLayout,
  REGISTERS,
  withField,
} from './index.ts';

const fields = REGISTER_NAMES.flatMap((name) => REGISTERS[name].fields.map((field) => ({ name, field })));

describe('fields', () => {
  it('are where the datasheets have them', () => {
    expect(bits('SMI_EN', 'TCO_EN')).toEqual({ shift: 13, width: 1, mask: 0x2000 });
    expect(bits('GPI_ROUT', 'GPI15')).toEqual({ shift: 30, width: 2, mask: 0xc000_0000 });
    expect(bits('GPE0_STS', 'GPI0')).toEqual({ shift: 16, width: 1, mask: 0x0001_0000 });
    expect(bits('SMRAMC', 'D_LCK')).toEqual({ shift: 4, width: 1, mask: 0x10 });
    expect(bits('PMBASE', 'BASE')).toEqual({ shift: 7, width: 9, mask: 0xff80 });
  });

  it('come back as they were put, beside everything else', () => {
    const one = fc.record({
      at: fc.constantFrom(...fields),
      value: fc.nat(0xffff_ffff),
      content: fc.nat(0xffff_ffff),
    });
    fc.assert(
      fc.property(one, ({ at: { name, field }, value, content }) => {
        const { mask } = bits(name, field.name);
        const put = withField(name, value, field.name, content);
        expect(fieldValue(name, put, field.name)).toBe(content % 2 ** field.width);
        expect((put & ~mask) >>> 0).toBe((value & ~mask) >>> 0);
        expect(put).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('are told apart from fields of other registers', () => {
    expect(() => bits('SMI_STS', 'EOS')).toThrow(expect.objectContaining({ code: 'UW105' }));
  });
});

describe('formatRegister', () => {
  it('writes a value as the datasheets do', () => {
    expect(formatRegister('SMI_EN', 0x2033)).toBe('0000_2033h');
    expect(formatRegister('ALT_GP_SMI_STS', 1)).toBe('0001h');
    expect(formatRegister('SMRAMC', 0x1a)).toBe('1ah');
  });

  it('names the fields that are not 0', () => {
    expect(formatRegister('SMI_EN', 0x2033, 'bits')).toBe(
      '0000_2033h GBL_SMI_EN EOS SLP_SMI_EN APMC_EN TCO_EN',
    );
    expect(formatRegister('GEN_PMCON_1', 0x0012, 'bits')).toBe('0012h PER_SMI_SEL=2 SMI_LOCK');
    expect(formatRegister('SMI_STS', 0, 'bits')).toBe('0000_0000h');
  });

  it.each(Object.values(layouts))('of $name lie in their register, each bit in one of them', (layout) => {
    for (const name of REGISTER_NAMES) {
      const { fields: own = [], widthBits = 0 } = registerLayout(`chipset.${name}`, layout) ?? {};
      const taken = own.flatMap(({ shift, width }) => Array.from({ length: width }, (_, bit) => shift + bit));
      expect(new Set(taken).size, name).toBe(taken.length);
      expect(Math.max(...taken), name).toBeLessThan(widthBits);
    }
  });

  it('are those of the generation, with how they take a write', () => {
    const named = (layout: keyof typeof layouts): readonly string[] =>
      registerLayout('chipset.SMI_EN', layouts[layout])?.fields.map(({ name }) => name) ?? [];
    expect(named('series6to9').filter((name) => !named('ich9').includes(name))).toEqual([
      'GPIO_UNLOCK_SMI_EN',
      'XHCI_SMI_EN',
    ]);
    expect(registerLayout('SMI_EN', layouts.ich9)?.fields[0]).toEqual({
      name: 'GBL_SMI_EN',
      shift: 0,
      width: 1,
      says: 'no SMI at all while 0 (RW/L, by SMI_LOCK)',
    });
    expect(registerLayout('chipset.pins', layouts.ich9)).toBeUndefined();
  });
});
