import type { Capability, Parameters, Request } from '../../models/platform/smram/setting.ts';
import type { FieldWrite, RegisterName } from '../../models/platform/chipset/index.ts';

/** All powers that the model gives a compromised hypervisor. */
export const everyPower: readonly Capability[] = [
  'load',
  'store',
  'config',
  'mtrr',
  'apicBase',
  'dma',
  'smi',
  'sleep',
];

/** All requests that it can make of the handler. */
export const everyRequest: readonly Request[] = [
  'nothing',
  'runtime service',
  'read for me',
  'write for me',
  'drive the device',
];

const field = (register: RegisterName, name: string, ...values: readonly number[]): readonly FieldWrite[] =>
  values.map((value) => ({ register, field: name, value }));

const dOpen = field('SMRAMC', 'D_OPEN', 0, 1);
const dCls = field('SMRAMC', 'D_CLS', 0, 1);
const control = [...dOpen, ...dCls, ...field('SMRAMC', 'D_LCK', 1)];
const global = field('SMRAMC', 'G_SMRAME', 0, 1);
const tsegEnable = field('ESMRAMC', 'T_EN', 0, 1);
// The firmware's place, and one just above the end of TSEG: nothing is left of it then.
const tsegBase = field('TSEGMB', 'TSEGMB', 4, 5);

// The 5000P's: its own enable, and an end one megabyte below, and above, the firmware's.
const extendedEnable = field('EXSMRC', 'T_EN', 0, 1);
const extendedTop = field('EXSMRTOP', 'ESMMTOP', 4, 5, 6);

type Group = 'dOpen' | 'dCls' | 'tsegEnable' | 'tsegBase' | 'extendedEnable' | 'extendedTop';

/** Fields that the hypervisor may write, in groups. */
export const fields: { readonly [group in Group]: readonly FieldWrite[] } = {
  dOpen,
  dCls,
  tsegEnable,
  tsegBase,
  extendedEnable,
  extendedTop,
};

type Platform = Pick<Parameters, 'layout' | 'segment' | 'writes' | 'requests'>;

/** A platform from Sandy Bridge on: TSEG lies between TSEGMB and BGSM, each with a lock of its own. */
export const client: Platform = {
  layout: 'series6to9',
  segment: 'TSEG',
  writes: [...control, ...global, ...tsegBase],
  requests: everyRequest,
};

/** A platform with an earlier memory controller: TSEG lies below TOLUD, and D_LCK freezes ESMRAMC. */
export const mch: Platform = {
  layout: 'ich9',
  segment: 'TSEG',
  writes: [...control, ...global, ...tsegEnable],
  requests: everyRequest,
};

/** HyperSentry's own platform class, with the handler in compatible SMRAM. */
export const blade: Platform = {
  layout: 'esb2-5000p',
  segment: 'A0000h',
  writes: control,
  requests: everyRequest,
};

/** The same with the handler in TSEG, which EXSMRC and EXSMRTOP control there. */
export const bladeTseg: Platform & Pick<Parameters, 'moves'> = {
  ...blade,
  segment: 'TSEG',
  moves: [],
  writes: [...control, ...extendedEnable, ...extendedTop, ...field('EXSMRC', 'G_SMRAME', 0, 1)],
};
