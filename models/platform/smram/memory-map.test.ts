import { systemOf } from 'underwatch/model';
import { describe, expect, test } from 'vitest';
import { withField } from '../chipset/index.ts';
import { isCacheable, targetOf } from './access.ts';
import { route, type Access, type Address } from './memory-map.ts';
import { smram } from './model.ts';
import type { Parameters, SmramSetting } from './setting.ts';
import type { Core, MemoryMap, Smram } from './state.ts';

const machine = (
  parameters: Partial<Parameters> = {},
  without: readonly string[] = [],
): readonly [Smram, SmramSetting] => {
  const { initial, setting } = systemOf(smram, {
    without,
    capabilities: [],
    parameters: parameters,
  });
  return [initial[0] as unknown as Smram, setting as SmramSetting];
};

const withControl = (state: Smram, fields: { readonly [field: string]: 0 | 1 }): Smram => {
  const SMRAMC = Object.entries(fields).reduce(
    (value, [field, content]) => withField('SMRAMC', value, field, content),
    state.chipset.SMRAMC,
  );
  return { ...state, chipset: { ...state.chipset, SMRAMC } };
};
const withMap = (state: Smram, bases: { readonly [name in keyof MemoryMap]?: number }): Smram => ({
  ...state,
  map: Object.fromEntries(
    Object.entries(state.map).map(([name, register]) => [
      name,
      { ...register, base: bases[name as keyof MemoryMap] ?? register.base },
    ]),
  ) as unknown as MemoryMap,
});
const withCore = (state: Smram, change: Partial<Core>): Smram => ({
  ...state,
  cores: [{ ...state.cores[0]!, ...change }, ...state.cores.slice(1)],
});

const code: Access = { by: 'core', smm: true, kind: 'code' };
const data: Access = { by: 'core', smm: true, kind: 'data' };
const outside: Access = { by: 'core', smm: false, kind: 'data' };
const dma: Access = { by: 'device', smm: false, kind: 'data' };

describe('the table of SMM control combinations (925X datasheet, section 9.4.4)', () => {
  const [state, setting] = machine({ layout: 'ich9' }, ['dLck']);
  // G_SMRAME, D_CLS, D_OPEN; then code in SMM, data in SMM, data outside SMM, DMA.
  test.each([
    [1, 0, 0, 'smram', 'smram', 'nowhere', 'nowhere'],
    [1, 0, 1, 'smram', 'smram', 'smram', 'nowhere'],
    [1, 1, 0, 'smram', 'nowhere', 'nowhere', 'nowhere'],
    // No memory is SMRAM: the DRAM is there for everyone.
    [0, 0, 0, 'smram', 'smram', 'smram', 'smram'],
  ] as const)('G_SMRAME=%i D_CLS=%i D_OPEN=%i', (G_SMRAME, D_CLS, D_OPEN, ...targets) => {
    const set = withControl(state, { G_SMRAME, D_CLS, D_OPEN });
    expect([code, data, outside, dma].map((access) => route(set, setting, access, 'SMRAM'))).toEqual(targets);
  });

  test('data that SMRAM does not take goes to a device whose window is there, in SMM', () => {
    const closed = { ...withControl(state, { D_CLS: 1 }), bar: 'SMRAM' } as const;
    expect(route(closed, setting, data, 'SMRAM')).toBe('device');
    expect(route(closed, setting, outside, 'SMRAM')).toBe('nowhere');
  });

  test('at A0000h it is the frame buffer for whoever does not see SMRAM', () => {
    const [compatible, its] = machine({ layout: 'esb2-5000p', segment: 'A0000h' });
    expect([code, data, outside, dma].map((access) => route(compatible, its, access, 'SMRAM'))).toEqual([
      'smram',
      'smram',
      'device',
      'device',
    ]);
  });
});

describe('the map', () => {
  const [state, setting] = machine();
  const dramAt = (at: Smram, address: Address): string => route(at, setting, dma, address);

  test('as the firmware set it: the window shows what memory-mapped I/O hides, and no device sees SMRAM', () => {
    expect(dramAt(state, 'reclaim window')).toBe('reclaimed');
    expect(dramAt(state, 'SMRAM')).toBe('nowhere');
    expect([dramAt(state, 'low'), dramAt(state, 'ram')]).toEqual(['low', 'ram']);
  });

  test('the window leads to the DRAM that begins at TOLUD (2nd generation datasheet, vol. 2, 2.3.4.4)', () => {
    expect(dramAt(withMap(state, { TOLUD: 4 }), 'reclaim window')).toBe('smram');
    expect(dramAt(withMap(state, { REMAPLIMIT: 3 }), 'reclaim window')).toBe('nowhere');
    expect(dramAt(withMap(state, { REMAPBASE: 4 }), 'reclaim window')).toBe('nowhere');
  });

  test('whether the window or TSEG comes first decides what an SMI fetches', () => {
    const over = withMap(state, { REMAPBASE: 4 });
    expect(route(over, setting, code, 'SMRAM')).toBe('smram');
    const [, first] = machine({ remapsFirst: true });
    expect(route(over, first, code, 'SMRAM')).toBe('reclaimed');
  });

  test('TSEG ends at BGSM: moved onto its base, nothing is left of it', () => {
    expect(dramAt(withMap(state, { BGSM: 4 }), 'SMRAM')).toBe('smram');
  });

  test('before Sandy Bridge it moves with TOLUD', () => {
    const [old, its] = machine({ layout: 'ich9' });
    const moved = withMap(old, { TOLUD: 4 });
    expect(route(moved, its, code, 'SMRAM')).toBe('nowhere');
    expect(route(moved, its, dma, 'reclaim window')).toBe('smram');
  });
});

describe('what a core puts before the memory controller', () => {
  const [state, setting] = machine();

  test('SMRR: nothing outside SMM, write-back in SMM', () => {
    expect(targetOf(withControl(state, { D_OPEN: 1 }), setting, 0, 'data', 'SMRAM')).toBe('nowhere');
    expect(isCacheable(state.cores[0]!, setting)).toBe(false);
    expect(isCacheable({ ...state.cores[0]!, runs: 'handler' }, setting)).toBe(true);
  });

  test('without it the other range registers decide, and a line is hit wherever it is', () => {
    const poisoned = withCore(state, { smrrValid: false, mtrr: 'WB', line: 'adversary' });
    expect(targetOf(poisoned, setting, 0, 'code', 'SMRAM')).toBe('line');
    const other = {
      ...poisoned,
      cores: [poisoned.cores[0]!, { ...state.cores[1]!, runs: 'entry' as const }],
    };
    expect(targetOf(other, setting, 1, 'code', 'SMRAM')).toBe('line');
  });

  test('a local APIC over SMRAM takes its data, not its code', () => {
    const sunk = withCore(state, { apicBase: 'SMRAM', runs: 'handler' });
    expect(targetOf(sunk, setting, 0, 'data', 'SMRAM')).toBe('apic');
    expect(targetOf(sunk, setting, 0, 'code', 'SMRAM')).toBe('smram');
  });

  test('30000h is closed outside SMM where the platform does that', () => {
    expect(targetOf(state, setting, 0, 'data', 'low')).toBe('nowhere');
    const [, open] = machine({}, ['smbaseRamLock']);
    expect(targetOf(state, open, 0, 'data', 'low')).toBe('low');
  });
});
