import type { AuditSubject, Question, Scenario } from 'underwatch';
import { smram } from '../../models/platform/smram/model.ts';
import type { Defence } from '../../models/platform/smram/setting.ts';
import {
  registerValue,
  type FlagState,
  type LockName,
  type PlatformProfile,
} from '../../models/platform/boards/index.ts';
import { smramQuestions, type SmramLayout, type SmramQuestion } from './smram-questions.ts';

/** The locks that bear on SMRAM, with the defences that each of them is. */
const LOCKS = {
  D_LCK: ['dLck'],
  TSEG_LOCK: ['tsegLock'],
  BGSM_LOCK: ['bgsmLock'],
  TOLUD_LOCK: ['toludLock'],
  REMAPBASE_LOCK: ['remapBaseLock'],
  REMAPLIMIT_LOCK: ['remapLimitLock'],
  SMRR: ['smrr', 'smrrOnOtherCores'],
} as const satisfies { readonly [lock: string]: readonly Defence[] };

type Lock = keyof typeof LOCKS;
const LOCK_NAMES = Object.keys(LOCKS) as readonly Lock[];

/** Registers with a lock in bit 0. Source: 2nd to 10th generation datasheets, vol. 2. */
const IN_BIT_0 = {
  BGSM_LOCK: 'BGSM',
  TOLUD_LOCK: 'TOLUD',
  REMAPBASE_LOCK: 'REMAPBASE',
  REMAPLIMIT_LOCK: 'REMAPLIMIT',
} as const;

/** Not in any log, and in no datasheet: whether an address is remapped before it is compared with TSEG. */
const ORDER = 'remapped before TSEG';

const says: { readonly [lock in Lock]: string } = {
  D_LCK: 'SMRAMC.D_LCK set by the firmware',
  TSEG_LOCK: 'TSEGMB.LOCK set by the firmware',
  BGSM_LOCK: 'BGSM.LOCK set by the firmware',
  TOLUD_LOCK: 'TOLUD.LOCK set by the firmware',
  REMAPBASE_LOCK: 'REMAPBASE.LOCK set by the firmware',
  REMAPLIMIT_LOCK: 'REMAPLIMIT.LOCK set by the firmware',
  SMRR: 'SMRR over TSEG, valid on every core',
};

const smrrState = ({ smrr }: PlatformProfile): FlagState => {
  const answers = [smrr.validOnEveryCore, smrr.coversTseg];
  if (answers.includes('no')) return 'clear';
  return answers.includes('unknown') ? 'unknown' : 'set';
};

const bitState = (profile: PlatformProfile, register: string, layout: SmramLayout): FlagState => {
  // The memory map of earlier controllers has no lock bits; whether something else freezes it is not known.
  if (layout === 'ich9') return register === 'BGSM' ? 'absent' : 'unknown';
  const value = registerValue(profile, register);
  if (value === undefined) return 'unknown';
  return (value & 1) === 1 ? 'set' : 'clear';
};

/** How each lock stands; `absent` where this memory controller has nothing of the kind. */
const statesOf = (profile: PlatformProfile, layout: SmramLayout): { readonly [lock in Lock]: FlagState } => {
  const flag = (name: LockName): FlagState =>
    profile.locks.find((lock) => lock.name === name)?.state ?? 'unknown';
  const bit = (lock: keyof typeof IN_BIT_0): FlagState => bitState(profile, IN_BIT_0[lock], layout);
  return {
    D_LCK: flag('D_LCK'),
    TSEG_LOCK: flag('TSEG_LOCK'),
    BGSM_LOCK: bit('BGSM_LOCK'),
    TOLUD_LOCK: bit('TOLUD_LOCK'),
    REMAPBASE_LOCK: bit('REMAPBASE_LOCK'),
    // Locked or not, it decides nothing (SPARE-REMAP-LIMIT), so it is not worth an unknown.
    REMAPLIMIT_LOCK: bit('REMAPLIMIT_LOCK') === 'set' ? 'set' : 'clear',
    SMRR: smrrState(profile),
  };
};

/** The model's name for the memory controller of a board; undefined where it describes another kind. */
const layoutOf = (profile: PlatformProfile): SmramLayout | undefined => {
  const has = (name: string): boolean => registerValue(profile, name) !== undefined;
  if (has('TSEGMB') && has('BGSM')) return 'series6to9';
  return has('ESMRAMC') ? 'ich9' : undefined;
};

/** What a search needs to answer questions about the SMRAM of `profile`; nothing where the model does not fit. */
export const smramSubjectOf = (profile: PlatformProfile): AuditSubject | undefined => {
  const layout = layoutOf(profile);
  if (layout === undefined) return undefined;
  const states = statesOf(profile, layout);
  const among = (state: FlagState): readonly Lock[] => LOCK_NAMES.filter((lock) => states[lock] === state);
  const orderMatters = states.REMAPBASE_LOCK !== 'set';
  const scenario = (
    { capabilities, scope }: SmramQuestion,
    assigned: { readonly [unknown: string]: boolean },
    setting?: string,
  ): Scenario => {
    const isSet = (lock: Lock): boolean =>
      setting === lock || states[lock] === 'set' || assigned[lock] === true;
    return {
      without: LOCK_NAMES.filter((lock) => !isSet(lock))
        .flatMap((lock) => LOCKS[lock])
        .toSorted(),
      capabilities: capabilities.toSorted(),
      parameters: { ...scope, layout, segment: 'TSEG', cores: 1, remapsFirst: assigned[ORDER] === true },
    };
  };
  return {
    model: smram,
    questions: smramQuestions(layout),
    unknowns: [...among('unknown'), ...(orderMatters ? [ORDER] : [])],
    settings: [...among('clear'), ...among('unknown')].map((id) => ({ id, says: says[id] })),
    scenario: (question: Question, assigned, setting) =>
      scenario(question as SmramQuestion, assigned, setting),
  };
};
