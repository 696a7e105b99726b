import { match } from 'ts-pattern';
import { describe, expect, it } from 'vitest';
import {
  LOCKS,
  REGISTER_NAMES,
  REGISTERS,
  SOURCES,
  bits,
  intel,
  layouts,
  readRegister,
  resetChipset,
  withField,
  writeRegister,
} from '../index.ts';
import type { ChipsetPlatform, ChipsetState, Field, LayoutName, RegisterName } from '../index.ts';
import { after } from '../testing/platforms.ts';

const tables = REGISTER_NAMES.map((name) => REGISTERS[name]);
/** Every content of a narrow field; of a wide one, the ends and two patterns. */
const contents = ({ width }: Field): readonly number[] => {
  const most = 2 ** width - 1;
  return width <= 3
    ? Array.from({ length: most + 1 }, (_, value) => value)
    : [0, 1, 0xa5a5 % (most + 1), 0x5a5a % (most + 1), most];
};
const rows = tables.flatMap((register) => register.fields.map((field) => ({ register, field })));
/** Whether the lock of an RW/L field exists in the generation. */
const hasLock = (layout: LayoutName, { lock }: Field): boolean => {
  const { register, field } = LOCKS[lock!];
  return has(
    layout,
    REGISTERS[register].fields.find(({ name }) => name === field)!,
  );
};
const has = (layout: LayoutName, field: Field): boolean =>
  field.only === undefined || field.only.includes(layout);

describe('the register tables', () => {
  it('hold every number of the state but the pins', () => {
    const chip = resetChipset({ behaviour: intel, layout: layouts.ich9 });
    const numbers = Object.entries(chip)
      .filter(([, value]) => typeof value === 'number')
      .map(([name]) => name);
    expect([...REGISTER_NAMES, 'pins'].toSorted()).toEqual(numbers.toSorted());
  });

  it.each(tables)('$name: fields fit, do not overlap, and name known sources', (register) => {
    const masks = register.fields.map((field) => BigInt(bits(register.name, field.name).mask));
    const union = masks.reduce((sum, mask) => sum | mask, 0n);
    expect(union).toBe(masks.reduce((sum, mask) => sum + mask, 0n));
    expect(union < 1n << BigInt(register.widthBits)).toBe(true);
    expect(register.reset).toBeLessThan(2 ** register.widthBits);
    const keys = [register, ...register.fields].flatMap(({ source }) => source.split(' '));
    expect(keys.filter((key) => !Object.hasOwn(SOURCES, key))).toEqual([]);
  });

  it.each(['ich9', 'series6to9', 'esb2-5000p'] as const)('%s: no two registers share a byte', (layout) => {
    const bytes = tables.flatMap(({ location: place, widthBits }) => {
      const at = place[layout];
      return at === null
        ? []
        : Array.from({ length: widthBits / 8 }, (_, index) => `${at.block}+${at.offset + index}`);
    });
    expect(new Set(bytes).size).toBe(bytes.length);
  });

  it('give a lock to every field that can be locked, and to no other', () => {
    expect(rows.filter(({ field }) => (field.access === 'RW/L') !== (field.lock !== undefined))).toEqual([]);
  });
});

// The lock and the directions are out of the way: inputs would read the pins instead of GP_LVL.
const stateFor = (platform: ChipsetPlatform, overrides: Partial<ChipsetState> = {}): ChipsetState =>
  resetChipset(platform, { SMI_EN: 0, firstSmi: false, GP_IO_SEL: 0, SMRAMC: 0x02, ...overrides });

const locked = (field: Field): Partial<ChipsetState> => {
  const { register, field: bit } = LOCKS[field.lock!];
  return {
    [register]: withField(register, stateFor({ behaviour: intel, layout: layouts.ich9 })[register], bit, 1),
  };
};

/** Writes `content` to a field that holds `start`, and reads it back. */
const rewritten = (
  platform: ChipsetPlatform,
  name: RegisterName,
  field: Field,
  start: number,
  content: number,
  locks: Partial<ChipsetState> = {},
): number => {
  const base = stateFor(platform, locks);
  const chip: ChipsetState = { ...base, [name]: withField(name, base[name], field.name, start) };
  const written = after(chip, (draft) =>
    writeRegister(draft, platform, name, withField(name, 0, field.name, content)),
  );
  const { mask, shift } = bits(name, field.name);
  return (readRegister(written, platform, name) & mask) >>> shift;
};

describe.each(['ich9', 'series6to9', 'esb2-5000p'] as const)('read after write on %s', (layout) => {
  const platform: ChipsetPlatform = { behaviour: intel, layout: layouts[layout] };
  const present = rows.filter(
    ({ register, field }) => register.location[layout] !== null && has(layout, field),
  );

  it.each(present)('$register.name $field.name is $field.access', ({ register: { name }, field }) => {
    for (const start of contents(field)) {
      for (const content of contents(field)) {
        const result = rewritten(platform, name, field, start, content);
        match(field.access)
          .with('RW', () => expect(result).toBe(content))
          .with('RO', 'WO', () => expect(result).toBe(start))
          .with('RO/V', () => expect(result).toBe(rewritten(platform, name, field, start, 0)))
          .with('R/WC', () => expect(result).toBe(start & ~content))
          .with('R/WS', 'RW/LK', () => expect(result).toBe(start | content))
          .with('RW/L', () => {
            expect(result).toBe(content);
            const lock = LOCKS[field.lock!];
            if (name !== lock.register)
              expect(rewritten(platform, name, field, start, content, locked(field))).toBe(
                hasLock(layout, field) ? start : content,
              );
          })
          .exhaustive();
      }
    }
  });

  it('leaves reserved bits as they are', () => {
    for (const register of tables.filter(({ location: place }) => place[layout] !== null)) {
      const used = register.fields
        .filter((field) => has(layout, field))
        .reduce((mask, field) => mask | bits(register.name, field.name).mask, 0);
      const chip = stateFor(platform);
      const written = after(chip, (draft) =>
        writeRegister(draft, platform, register.name, 2 ** register.widthBits - 1),
      );
      expect([register.name, (written[register.name] & ~used) >>> 0]).toEqual([
        register.name,
        (chip[register.name] & ~used) >>> 0,
      ]);
    }
  });
});

describe('what a generation lacks', () => {
  it('reads all ones and takes nothing', () => {
    const platform: ChipsetPlatform = { behaviour: intel, layout: layouts.ich9 };
    const chip = resetChipset(platform);
    expect(readRegister(chip, platform, 'TSEGMB')).toBe(0xffff_ffff);
    expect(after(chip, (draft) => writeRegister(draft, platform, 'TSEGMB', 0xcc00_0001))).toBe(chip);
  });

  it('is the GPIO lockdown before the PCH', () => {
    for (const layout of ['ich9', 'esb2-5000p'] as const) {
      const platform: ChipsetPlatform = { behaviour: intel, layout: layouts[layout] };
      const chip = after(resetChipset(platform), (draft) =>
        writeRegister(draft, platform, 'GPIO_CNTL', 0x11),
      );
      expect(readRegister(chip, platform, 'GPIO_CNTL')).toBe(0x10);
    }
  });
});
