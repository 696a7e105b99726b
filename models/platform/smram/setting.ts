import type { Setting } from 'underwatch/model';
import type { FieldWrite } from '../chipset/index.ts';

/** The hypervisor's request to the SMI handler, in the register that its SMI carries along. */
export type Request = 'nothing' | 'runtime service' | 'read for me' | 'write for me' | 'drive the device';

/** Parameters that a scenario of this model may change. */
export type Parameters = {
  readonly cores: number;
  /** The chipset: `ich9` stands for the memory controllers before Sandy Bridge, with ESMRAMC. */
  readonly layout: 'ich9' | 'series6to9' | 'esb2-5000p';
  /** The place of the handler, its data and its key; scaled down as the rest of the map is. */
  readonly segment: 'TSEG' | 'A0000h';
  /**
   * The fields of SMRAMC, ESMRAMC, TSEGMB, EXSMRC and EXSMRTOP that the hypervisor may write: the scope of
   * the search.
   */
  readonly writes: readonly FieldWrite[];
  /** The registers of the memory map that it may move, where they are not locked. */
  readonly moves: readonly ('TOLUD' | 'BGSM' | 'REMAPBASE' | 'REMAPLIMIT')[];
  /** The requests that it may make of the handler. */
  readonly requests: readonly Request[];
  /**
   * Whether D_OPEN and D_CLS also govern TSEG. The datasheets up to the 3400 series say so; that of the
   * seventh generation speaks of compatible SMRAM alone.
   */
  readonly smramcGovernsTseg: boolean;
  /**
   * What becomes of a line of SMRAM that a core writes back outside SMM. The 925X and 3400 datasheets:
   * it must be written to the DRAM, even though SMRAM is not open.
   */
  readonly writeBacks: 'reach SMRAM' | 'are dropped';
  /**
   * Whether an address in the reclaim window is remapped before it is compared with TSEG; no datasheet says.
   */
  readonly remapsFirst: boolean;
};

/** Mechanisms that can be switched off, each alone. */
export const defences = {
  dLck: 'SMRAMC.D_LCK was set by the firmware',
  tsegLock: 'TSEGMB.LOCK was set by the firmware',
  bgsmLock: 'BGSM.LOCK was set by the firmware: the upper end of TSEG is frozen',
  toludLock: 'TOLUD.LOCK was set by the firmware: what the reclaim window leads to is frozen',
  remapBaseLock: 'REMAPBASE.LOCK was set by the firmware',
  smrr: 'SMRR covers TSEG and is valid on core 0',
  smrrOnOtherCores: 'and on every other core',
  smmCodeChk:
    'MSR 4E0h SMM_CODE_CHK_EN is set and locked: a fetch outside SMRR in SMM is a fatal machine check',
  relocatesEveryCore: 'every core had its SMBASE moved into SMRAM before the operating system started',
  smbaseRamLock:
    'the memory at 30000h is closed to everyone outside SMM (as QEMU does for cores that come late)',
  noCallouts: 'the handler calls nothing outside SMRAM',
  checksPointers: 'the handler refuses a buffer that overlaps SMRAM',
  checksBars: 'the handler refuses to drive a device whose window overlaps SMRAM',
  opensItsData: 'the handler clears SMRAMC.D_CLS before its first access to data',
  flushesOnRsm: 'the handler writes back and invalidates the caches before RSM',
  apicCheck: 'the processor refuses to place the local APIC over the range of a valid SMRR',
  bootScriptInSmram: 'the S3 boot script is kept in SMRAM (a lock box)',
} as const;

export type Defence = keyof typeof defences;

/** The compromised hypervisor's powers. None is an attack; attacks are composed of them. */
export const capabilities = {
  load: 'loads from any physical address',
  store: 'stores to any physical address, and writes its caches back',
  config: "writes the memory controller's registers and places the windows of devices",
  mtrr: 'sets memory types in the range registers of its cores',
  apicBase: 'places the local APIC of its cores',
  dma: 'programs a device to read and write memory; the IOMMU is its own',
  smi: 'raises SMIs, with a request for the handler',
  sleep: 'suspends the machine to RAM',
} as const;

export type Capability = keyof typeof capabilities;
export type SmramSetting = Setting<Parameters, Defence>;
