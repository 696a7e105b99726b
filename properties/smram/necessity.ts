import { suite, type Suite } from 'underwatch';
import { smram } from '../../models/platform/smram/model.ts';
import type { Defence } from '../../models/platform/smram/setting.ts';
import { blade, bladeTseg, client, everyPower, mch } from './adversary.ts';

const all = { capabilities: everyPower, expect: 'holds', source: 'search' } as const;
const needed = (...without: readonly Defence[]) =>
  ({
    without,
    capabilities: everyPower,
    invariant: 'I-KEY',
    expect: 'violated',
    source: 'search',
  }) as const;
const spare = (...without: readonly Defence[]) => ({ ...all, without, invariant: 'I-KEY' }) as const;
const oneCore = { cores: 1 } as const;

// Defences that claims rest on, in groups that come together.
const map = ['tsegLock', 'bgsmLock', 'toludLock'] as const;
const everySmrr = ['smrr', 'smrrOnOtherCores'] as const;
const careful = ['checksPointers', 'checksBars', 'bootScriptInSmram'] as const;
/** Defences each of which keeps a core from running the code at 30000h. */
const placed = ['relocatesEveryCore', 'smbaseRamLock', 'smmCodeChk'] as const;
/**
 * Defences each of which keeps a core from running the code at 30000h, or under a local APIC that lies over
 * SMRAM.
 */
const entry = ['smbaseRamLock', 'apicCheck', 'smmCodeChk'] as const;

/** Claims with every power against everything locked, and then against everything but one lock. */
export const smramNecessity: Suite = suite({
  id: 'smram-necessity',
  says: 'which lock on SMRAM is essential, and which is redundant with which',
  model: smram,
  claims: {
    'SMRAM-FULL': {
      ...all,
      parameters: client,
      invariant: 'I-SMRAM',
      restsOn: [...map, ...everySmrr, ...careful, placed],
      says: 'from Sandy Bridge on, everything locked: the handler stays what it is',
    },
    'SMRAM-FULL-HANDLER': {
      ...all,
      parameters: client,
      invariant: 'I-HANDLER',
      restsOn: [...map, ...everySmrr, ...careful, placed],
      says: 'nothing else runs in SMM',
    },
    'SMRAM-FULL-KEY': {
      ...all,
      parameters: client,
      invariant: 'I-KEY',
      restsOn: [...map, ...everySmrr, ...careful, placed],
      says: 'the key stays secret',
    },
    'SMRAM-FULL-SMRR': {
      ...all,
      parameters: client,
      invariant: 'I-SMRR',
      restsOn: [...everySmrr],
      says: 'no line is poisoned',
    },
    'SMRAM-FULL-LOCKED': {
      ...all,
      parameters: client,
      invariant: 'I-LOCKED',
      restsOn: ['dLck', 'bootScriptInSmram'],
      says: 'it stays locked',
    },
    'SMRAM-FULL-AVAILABLE': {
      ...all,
      parameters: client,
      invariant: 'I-AVAILABLE',
      restsOn: [
        ...map,
        ...everySmrr,
        ...careful,
        'relocatesEveryCore',
        'noCallouts',
        'apicCheck',
        ['dLck', 'opensItsData'],
      ],
      says: 'and nobody brings the machine down',
    },
    'SMRAM-FULL-SERVES': {
      ...all,
      parameters: client,
      invariant: 'I-SERVES',
      restsOn: ['relocatesEveryCore'],
      says: 'while it works',
    },
    'SMRAM-FULL-MCH': {
      ...all,
      parameters: mch,
      invariant: 'I-KEY',
      restsOn: [...everySmrr, ...careful, 'dLck', 'toludLock', placed],
      says: 'before Sandy Bridge, everything locked',
    },
    'SMRAM-FULL-MCH-HANDLER': {
      ...all,
      parameters: mch,
      invariant: 'I-HANDLER',
      restsOn: [...everySmrr, ...careful, 'dLck', 'toludLock', placed],
      says: 'the same for what runs in SMM',
    },
    'SMRAM-FULL-5000P': {
      ...all,
      capabilities: everyPower.filter((power) => power !== 'mtrr' && power !== 'apicBase'),
      parameters: blade,
      invariant: 'I-KEY',
      restsOn: [...careful, 'dLck', 'noCallouts', 'opensItsData', ['relocatesEveryCore', 'smbaseRamLock']],
      says: "HyperSentry's platform class with the handler at A0000h: the key stays secret as long as nobody changes memory types or moves the local APIC",
    },
    'SMRAM-FULL-5000P-TSEG': {
      ...all,
      parameters: bladeTseg,
      invariant: 'I-KEY',
      restsOn: [...everySmrr, ...careful, 'dLck', placed],
      says: 'with the handler in TSEG, and SMRR over it, the key stays secret from all powers',
    },
    'NEED-DLCK-5000P': {
      ...needed('dLck'),
      parameters: { ...bladeTseg, ...oneCore },
      length: 2,
      says: 'D_LCK is essential there: it freezes T_EN, G_SMRAME and ESMMTOP',
    },
    'NEED-SMRR': {
      ...needed('smrr'),
      parameters: { ...client, ...oneCore },
      length: 5,
      says: 'SMRR is essential',
    },
    'NEED-TSEG-LOCK': {
      ...needed('tsegLock'),
      parameters: client,
      length: 2,
      says: 'so is the lock of TSEGMB',
    },
    'NEED-BGSM-LOCK': { ...needed('bgsmLock'), parameters: client, length: 2, says: 'and that of BGSM' },
    'NEED-TOLUD-LOCK': { ...needed('toludLock'), parameters: client, length: 2, says: 'and that of TOLUD' },
    'NEED-TOLUD-LOCK-MCH': {
      ...needed('toludLock'),
      parameters: mch,
      length: 2,
      says: 'also before Sandy Bridge, where TSEG moves with it',
    },
    'NEED-DLCK-MCH': {
      ...needed('dLck'),
      parameters: { ...mch, ...oneCore },
      length: 2,
      says: 'before Sandy Bridge D_LCK is essential: it freezes T_EN',
    },
    'NEED-POINTER-CHECK': {
      ...needed('checksPointers'),
      parameters: client,
      length: 4,
      says: 'a handler that checks pointers is essential',
    },
    'NEED-BAR-CHECK': {
      ...needed('checksBars'),
      parameters: { ...client, ...oneCore },
      length: 9,
      says: 'and one that checks windows',
    },
    'NEED-LOCK-BOX': {
      ...needed('bootScriptInSmram'),
      parameters: { ...client, ...oneCore, requests: ['nothing'], writes: client.writes.slice(-2) },
      length: 5,
      says: 'and a boot script that nobody can edit',
    },
    'SPARE-DLCK': {
      ...spare('dLck'),
      parameters: { ...client, ...oneCore },
      restsOn: [...map, ...careful, 'smrr', entry],
      says: 'from Sandy Bridge on D_LCK is redundant for a handler in TSEG while SMRR is valid on every core',
    },
    'SPARE-REMAP-LIMIT': {
      ...spare(),
      parameters: { ...client, remapsFirst: true },
      restsOn: [...map, ...everySmrr, ...careful, 'remapBaseLock', placed],
      says: 'REMAPLIMIT needs no lock, in either order of decoding: it is writable in every claim here',
    },
    'SPARE-FLUSH': {
      ...spare('flushesOnRsm'),
      parameters: client,
      restsOn: [...map, ...everySmrr, ...careful, placed],
      says: 'a flush before RSM is redundant with SMRR',
    },
    'SPARE-CODE-CHECK': {
      ...spare('smmCodeChk'),
      parameters: client,
      restsOn: [
        ...map,
        ...everySmrr,
        ...careful,
        'noCallouts',
        ['relocatesEveryCore', 'smbaseRamLock'],
        ['dLck', 'opensItsData'],
      ],
      says: 'SMM_CODE_CHK_EN is redundant with a handler that calls nothing, relocation, and the check of the APIC base',
    },
    'SPARE-RELOCATION': {
      ...spare('relocatesEveryCore', 'smbaseRamLock'),
      parameters: client,
      restsOn: [...map, ...everySmrr, 'smmCodeChk', 'checksPointers', 'bootScriptInSmram'],
      says: 'and each of these with it: relocation',
    },
    'SPARE-NO-CALLOUTS': {
      ...spare('noCallouts'),
      parameters: client,
      restsOn: [...map, ...everySmrr, ...careful, 'smmCodeChk'],
      says: 'a handler that calls nothing',
    },
    'SPARE-APIC-CHECK': {
      ...spare('apicCheck', 'smbaseRamLock'),
      parameters: client,
      restsOn: [...map, ...everySmrr, ...careful, 'smmCodeChk'],
      says: 'the check of the APIC base',
    },
    'SPARE-OPENS-DATA': {
      ...spare('opensItsData'),
      parameters: { ...mch, ...oneCore },
      restsOn: [...careful, 'dLck', 'toludLock', 'smrr', 'smmCodeChk'],
      says: 'and, with the handler in TSEG, clearing D_CLS',
    },
  },
});
