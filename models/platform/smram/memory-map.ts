import { match } from 'ts-pattern';
import { fieldValue, type RegisterName } from '../chipset/index.ts';
import type { SmramSetting } from './setting.ts';
import type { Frame, Smram } from './state.ts';

/**
 * A physical address, by what it is for. `SMRAM` is where the firmware placed the handler; `device` is
 * where the hypervisor reaches a device's own memory, whatever window the device has besides.
 */
export type Address = 'low' | 'ram' | 'SMRAM' | 'reclaim window' | 'device';

/** An access as it reaches the memory controller. */
export interface Access {
  readonly by: 'core' | 'device';
  readonly smm: boolean;
  readonly kind: 'code' | 'data';
}

/** Where an access ends: in a part of memory, or nowhere (reads give ones, writes are dropped). */
export type Target = Frame | 'nowhere';

/**
 * The map, scaled down to a megabyte for each region: low memory, ordinary memory, TSEG, the memory stolen
 * for graphics, memory-mapped I/O from TOLUD up, and the window in which the DRAM behind it is reclaimed.
 */
export const FIRMWARE_MAP = { TSEGMB: 4, BGSM: 5, TOLUD: 6, REMAPBASE: 10, REMAPLIMIT: 11 } as const;

const MEGABYTE = { low: 0, ram: 1, SMRAM: FIRMWARE_MAP.TSEGMB, 'reclaim window': 10 } as const;

const field = (state: Smram, register: RegisterName, name: string): number =>
  fieldValue(register, state.chipset[register], name);

const dram = (megabyte: number, { parameters }: SmramSetting): Target => {
  if (megabyte === MEGABYTE.low) return 'low';
  if (megabyte === MEGABYTE.ram) return 'ram';
  if (megabyte === MEGABYTE.SMRAM && parameters.segment === 'TSEG') return 'smram';
  return megabyte === FIRMWARE_MAP.TOLUD ? 'reclaimed' : 'nowhere';
};

/** Whether SMRAM is enabled at all; the 5000P has this bit in EXSMRC. */
const enabled = (state: Smram, { parameters }: SmramSetting): boolean =>
  field(state, parameters.layout === 'esb2-5000p' ? 'EXSMRC' : 'SMRAMC', 'G_SMRAME') === 1;

/** The table of SMM control combinations (925X datasheet, section 9.4.4): D_OPEN, D_CLS and the mode. */
const isVisible = (state: Smram, { by, smm, kind }: Access): boolean =>
  by === 'core' &&
  (field(state, 'SMRAMC', 'D_OPEN') === 1 ||
    (smm && (kind === 'code' || field(state, 'SMRAMC', 'D_CLS') === 0)));

/** TSEG from `first` up to, and not including, `end`; empty where it is not enabled. */
const tsegOf = (state: Smram, setting: SmramSetting): readonly [first: number, end: number] => {
  const { layout } = setting.parameters;
  if (layout === 'series6to9') return [field(state, 'TSEGMB', 'TSEGMB'), state.map.BGSM.base];
  if (layout === 'esb2-5000p') {
    const end = field(state, 'EXSMRTOP', 'ESMMTOP');
    return enabled(state, setting) && field(state, 'EXSMRC', 'T_EN') === 1 ? [end - 1, end] : [0, 0];
  }
  const isEnabled = enabled(state, setting) && field(state, 'ESMRAMC', 'T_EN') === 1;
  // One megabyte, below one that is stolen for graphics, below TOLUD.
  return isEnabled ? [state.map.TOLUD.base - 2, state.map.TOLUD.base - 1] : [0, 0];
};

/** Whether TSEG takes the access: D_CLS, and on later processors D_OPEN, may not be about it. */
const opensTseg = (state: Smram, { parameters }: SmramSetting, access: Access): boolean =>
  match(parameters.layout)
    .with('ich9', () => isVisible(state, access))
    .with('series6to9', () =>
      parameters.smramcGovernsTseg ? isVisible(state, access) : access.by === 'core' && access.smm,
    )
    // 5000P, page 87: "D_CLS bit only applies to Compatible SMM space"; table 4-9 for D_OPEN.
    .with('esb2-5000p', () => access.by === 'core' && (access.smm || field(state, 'SMRAMC', 'D_OPEN') === 1))
    .exhaustive();

const inTseg = (
  state: Smram,
  setting: SmramSetting,
  access: Access,
  megabyte: number,
): Target | undefined => {
  const [first, end] = tsegOf(state, setting);
  if (megabyte < first || megabyte >= end) return undefined;
  if (opensTseg(state, setting, access)) return dram(megabyte, setting);
  // In SMM with D_CLS set, data goes on to DMI or PCI Express: to a device, if one has its window there.
  return access.smm && state.bar === 'SMRAM' && megabyte === MEGABYTE.SMRAM ? 'device' : 'nowhere';
};

/** A0000h to BFFFFh: SMRAM where it is enabled and visible, and the frame buffer otherwise. */
const compatible = (state: Smram, setting: SmramSetting, access: Access): Target =>
  enabled(state, setting) && isVisible(state, access) ? 'smram' : 'device';

/** The place to which the memory controller sends an access. */
export const route = (state: Smram, setting: SmramSetting, access: Access, address: Address): Target => {
  if (address === 'device') return 'device';
  if (address === 'SMRAM' && setting.parameters.segment === 'A0000h')
    return compatible(state, setting, access);
  const { TOLUD, REMAPBASE, REMAPLIMIT } = state.map;
  const megabyte = MEGABYTE[address];
  const inWindow = REMAPBASE.base <= megabyte && megabyte <= REMAPLIMIT.base;
  // 2nd generation datasheet, vol. 2, section 2.3.4: the window leads to the DRAM that begins at TOLUD.
  const remapped = (): Target => dram(megabyte - REMAPBASE.base + TOLUD.base, setting);
  if (inWindow && setting.parameters.remapsFirst) return remapped();
  const tseg = inTseg(state, setting, access, megabyte);
  if (tseg !== undefined) return tseg;
  if (megabyte < TOLUD.base) return dram(megabyte, setting);
  return inWindow ? remapped() : 'nowhere';
};
