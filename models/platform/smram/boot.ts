import {
  intel,
  layouts,
  resetChipset,
  withField,
  type ChipsetPlatform,
  type ChipsetState,
} from '../chipset/index.ts';
import { FIRMWARE_MAP } from './memory-map.ts';
import type { SmramSetting } from './setting.ts';
import type { Core, MemoryMap, Smram } from './state.ts';

/** The chipset that a setting speaks of. */
export const platformOf = ({ parameters }: SmramSetting): ChipsetPlatform => ({
  layout: layouts[parameters.layout],
  behaviour: intel,
});

const MEGABYTES = FIRMWARE_MAP.TSEGMB;

/** SMRAM control after the firmware: enabled, and locked where `locks` says so. */
const smramControl = (setting: SmramSetting, locks: boolean): ChipsetState => {
  const platform = platformOf(setting);
  const { layout } = setting.parameters;
  const reset = resetChipset(platform);
  const lock = (defence: 'dLck' | 'tsegLock'): 0 | 1 => (locks && setting.defends(defence) ? 1 : 0);
  const isServer = layout === 'esb2-5000p';
  const enabled = isServer ? reset.SMRAMC : withField('SMRAMC', reset.SMRAMC, 'G_SMRAME', 1);
  const extended = withField('EXSMRC', reset.EXSMRC, 'G_SMRAME', 1);
  return {
    ...reset,
    SMRAMC: withField('SMRAMC', enabled, 'D_LCK', lock('dLck')),
    ESMRAMC: layout === 'ich9' ? withField('ESMRAMC', reset.ESMRAMC, 'T_EN', 1) : reset.ESMRAMC,
    EXSMRC: isServer ? withField('EXSMRC', extended, 'T_EN', 1) : reset.EXSMRC,
    EXSMRTOP: isServer ? withField('EXSMRTOP', 0, 'ESMMTOP', FIRMWARE_MAP.TSEGMB + 1) : reset.EXSMRTOP,
    TSEGMB:
      layout === 'series6to9'
        ? withField('TSEGMB', withField('TSEGMB', 0, 'TSEGMB', MEGABYTES), 'LOCK', lock('tsegLock'))
        : reset.TSEGMB,
  };
};

const memoryMap = ({ defends }: SmramSetting, locks: boolean): MemoryMap => ({
  TOLUD: { base: FIRMWARE_MAP.TOLUD, locked: locks && defends('toludLock') },
  BGSM: { base: FIRMWARE_MAP.BGSM, locked: locks && defends('bgsmLock') },
  REMAPBASE: { base: FIRMWARE_MAP.REMAPBASE, locked: locks && defends('remapBaseLock') },
  // Its lock decides nothing in either order of decoding, so that it is never set.
  REMAPLIMIT: { base: FIRMWARE_MAP.REMAPLIMIT, locked: false },
});

const coresOf = ({ parameters, defends }: SmramSetting): readonly Core[] =>
  Array.from({ length: parameters.cores }, (_, index) => ({
    runs: 'hypervisor',
    smbase: index === 0 || defends('relocatesEveryCore') ? 'SMRAM' : '30000h',
    smrrValid: defends(index === 0 ? 'smrr' : 'smrrOnOtherCores'),
    mtrr: 'UC',
    line: 'none',
    apicBase: 'FEE00000h',
  }));

/**
 * The registers after the firmware has run: at power-on, or on the way out of S3 if `locks` is false without
 * its locks.
 */
export const bootedRegisters = (
  setting: SmramSetting,
  locks: boolean,
): Pick<Smram, 'chipset' | 'map' | 'cores'> => ({
  chipset: smramControl(setting, locks),
  map: memoryMap(setting, locks),
  cores: coresOf(setting),
});

/**
 * The machine when the operating system starts: the handler and its key in SMRAM, and what is to be locked
 * locked.
 */
export const booted = (setting: SmramSetting): Smram => ({
  ...bootedRegisters(setting, true),
  memory: { low: 'other', ram: 'other', smram: 'handler', reclaimed: 'other', device: 'other' },
  bar: 'its own',
  request: 'nothing',
  power: 'on',
  bootScript: 'genuine',
  keyRead: false,
});
