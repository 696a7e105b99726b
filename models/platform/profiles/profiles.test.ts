import { describe, expect, it } from 'vitest';
import {
  observe,
  staleStatus,
  type FlagState,
  type LockName,
  type PlatformProfile,
} from '../boards/index.ts';
import { profiles } from './index.ts';

const board = (id: string): PlatformProfile => profiles.find((profile) => profile.id === id)!;

// Read from the logs by eye, bit by bit, not by the code under test.
const locks: { readonly [id: string]: { readonly [lock in LockName]: FlagState } } = {
  'acer-gm45-ich9m': {
    SMI_LOCK: 'clear',
    TCO_LOCK: 'clear',
    ACPI_BASE_LOCK: 'clear',
    GLE: 'absent',
    BILD: 'clear',
    FLOCKDN: 'clear',
    D_LCK: 'set',
    TSEG_LOCK: 'absent',
  },
  'dell-e6540': {
    SMI_LOCK: 'set',
    TCO_LOCK: 'set',
    ACPI_BASE_LOCK: 'set',
    GLE: 'clear',
    BILD: 'set',
    FLOCKDN: 'set',
    D_LCK: 'set',
    TSEG_LOCK: 'set',
  },
  'h310-coffeelake': {
    SMI_LOCK: 'set',
    TCO_LOCK: 'unknown',
    ACPI_BASE_LOCK: 'set',
    GLE: 'absent',
    BILD: 'unknown',
    FLOCKDN: 'unknown',
    D_LCK: 'set',
    TSEG_LOCK: 'set',
  },
  'h61-sandybridge-desktop': {
    SMI_LOCK: 'clear',
    TCO_LOCK: 'clear',
    ACPI_BASE_LOCK: 'set',
    GLE: 'clear',
    BILD: 'set',
    FLOCKDN: 'clear',
    D_LCK: 'clear',
    TSEG_LOCK: 'clear',
  },
  'huananzhi-x99-bd4': {
    SMI_LOCK: 'set',
    TCO_LOCK: 'set',
    ACPI_BASE_LOCK: 'set',
    GLE: 'set',
    BILD: 'set',
    FLOCKDN: 'clear',
    D_LCK: 'unknown',
    TSEG_LOCK: 'unknown',
  },
  'intel-dh77df': {
    SMI_LOCK: 'set',
    TCO_LOCK: 'clear',
    ACPI_BASE_LOCK: 'set',
    GLE: 'set',
    BILD: 'set',
    FLOCKDN: 'set',
    D_LCK: 'set',
    TSEG_LOCK: 'set',
  },
  'samsung-np350v5c': {
    SMI_LOCK: 'clear',
    TCO_LOCK: 'clear',
    ACPI_BASE_LOCK: 'set',
    GLE: 'clear',
    BILD: 'set',
    FLOCKDN: 'set',
    D_LCK: 'set',
    TSEG_LOCK: 'set',
  },
};

// BIOSWE, BLE, SMM_BWP.
const bios: { readonly [id: string]: readonly FlagState[] } = {
  'acer-gm45-ich9m': ['clear', 'clear', 'absent'],
  'dell-e6540': ['clear', 'set', 'set'],
  'h310-coffeelake': ['unknown', 'unknown', 'unknown'],
  'h61-sandybridge-desktop': ['clear', 'clear', 'clear'],
  'huananzhi-x99-bd4': ['clear', 'clear', 'set'],
  'intel-dh77df': ['clear', 'set', 'clear'],
  'samsung-np350v5c': ['clear', 'clear', 'clear'],
};

describe.each(profiles)('$name', (profile) => {
  it('has the locks that its registers show', () => {
    expect(Object.fromEntries(profile.locks.map(({ name, state }) => [name, state]))).toEqual(
      locks[profile.id],
    );
    expect(profile.bios.map(({ state }) => state)).toEqual(bios[profile.id]);
  });

  it('has every register once, either known or unknown', () => {
    const names = [...profile.registers, ...profile.unknown].map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('has values that fit their widths', () => {
    expect(profile.registers.filter(({ value, widthBits }) => value < 0 || value >= 2 ** widthBits)).toEqual(
      [],
    );
  });
});

describe('the boards', () => {
  it('all but the one with GPIO communities invoke as modelled', () => {
    const others = profiles.filter(({ invocation }) => invocation !== 'modelled');
    expect(others.map(({ id, invocation }) => [id, invocation])).toMatchObject([
      ['h310-coffeelake', { unsupported: { code: 'UW404' } }],
    ]);
  });

  it('show SMRR on one, where it covers TSEG on all twelve cores; a Core 2 has it, out of the log', () => {
    expect(board('h310-coffeelake').smrr).toMatchObject({
      supported: 'yes',
      validOnEveryCore: 'yes',
      coversTseg: 'yes',
    });
    expect(board('acer-gm45-ich9m').smrr).toMatchObject({ supported: 'yes', validOnEveryCore: 'unknown' });
    expect(profiles.filter(({ smrr }) => smrr.supported === 'unknown')).toHaveLength(5);
  });

  const withPins = profiles.filter(({ id }) => id !== 'h310-coffeelake');

  it.each(withPins)('$name obeys every law between its registers', (profile) => {
    expect(observe(profile).map(({ holds }) => holds)).toEqual([true, true, true, true]);
  });

  it('latch these statuses without their enables', () => {
    expect(withPins.map((profile) => observe(profile)[3]?.detail)).toEqual([
      'MCSMI_STS (11)',
      'PERIODIC_STS (14)',
      'PERIODIC_STS (14)',
      'PERIODIC_STS (14)',
      'PERIODIC_STS (14)',
      'MCSMI_STS (11), PERIODIC_STS (14)',
    ]);
  });

  it('where the logs have no ACPI block, no law can be judged', () => {
    expect(observe(board('h310-coffeelake')).map(({ holds }) => holds)).toEqual(Array(4).fill('unknown'));
    expect(staleStatus(board('h310-coffeelake'), 0).accepted).toBe('unknown');
  });

  // A handler that requires all other status bits to be 0 would refuse every genuine trigger on these boards,
  // whichever input carries it. The exception is one input of one board: the only active pin there is the
  // trigger's own.
  it('have a bit set that software cannot keep clear', () => {
    const gpis = Array.from({ length: 16 }, (_, gpi) => gpi);
    const accepting = withPins.flatMap((profile) =>
      gpis
        .filter((gpi) => staleStatus(profile, gpi).accepted !== 'never')
        .map((gpi) => [profile.id, gpi, staleStatus(profile, gpi).accepted]),
    );
    expect(accepting).toEqual([['acer-gm45-ich9m', 11, 'once-cleared']]);
    expect(staleStatus(board('acer-gm45-ich9m'), 11).says).toBe(
      'latched until software writes 1: SMI_STS.MCSMI_STS, GPI0, GPI7; ' +
        'summaries of other registers: SMI_STS.PM1_STS_REG; TMROF_STS sets PM1_STS_REG again every 2.3 s',
    );
  });
});
