import type { Mitigation, AuditSubject, Question, Scenario } from 'underwatch';
import { smram } from '../../models/platform/smram/model.ts';
import type { Defence, Parameters } from '../../models/platform/smram/setting.ts';
import {
  registerValue,
  setBit,
  setLock,
  type FlagState,
  type LockName,
  type PlatformProfile,
} from '../../models/platform/boards/index.ts';
import { smramQuestions, type SmramLayout, type SmramQuestion } from './smram-questions.ts';

/**
 * The locks that protect SMRAM, with the defences that each of them is. That of REMAPLIMIT decides nothing
 * (SPARE-REMAP-LIMIT).
 */
const LOCKS = {
  D_LCK: ['dLck'],
  TSEG_LOCK: ['tsegLock'],
  BGSM_LOCK: ['bgsmLock'],
  TOLUD_LOCK: ['toludLock'],
  REMAPBASE_LOCK: ['remapBaseLock'],
  SMRR: ['smrr', 'smrrOnOtherCores'],
} as const satisfies { readonly [lock: string]: readonly Defence[] };

type Lock = keyof typeof LOCKS;
const LOCK_NAMES = Object.keys(LOCKS) as readonly Lock[];

/** Registers with a lock in bit 0. Source: 2nd to 10th generation datasheets, vol. 2. */
const IN_BIT_0 = {
  BGSM_LOCK: 'BGSM',
  TOLUD_LOCK: 'TOLUD',
  REMAPBASE_LOCK: 'REMAPBASE',
} as const;

/** Whether an address is remapped before it is compared with TSEG: in no log and in no datasheet. */
const ORDER = 'remapped before TSEG';

const FROZEN = 'the operating system cannot change it, and has no need to';

const SAYS: { readonly [lock in Lock]: Pick<Mitigation, 'says' | 'costs'> } = {
  D_LCK: { says: 'SMRAMC.D_LCK set by the firmware', costs: 'SMRAM cannot be opened again before reset' },
  TSEG_LOCK: { says: 'TSEGMB.LOCK set by the firmware', costs: FROZEN },
  BGSM_LOCK: { says: 'BGSM.LOCK set by the firmware', costs: FROZEN },
  TOLUD_LOCK: { says: 'TOLUD.LOCK set by the firmware', costs: FROZEN },
  REMAPBASE_LOCK: { says: 'REMAPBASE.LOCK set by the firmware', costs: FROZEN },
  SMRR: {
    says: 'SMRR over TSEG, valid on every core: the firmware sets MSR 1F2h and 1F3h in SMM',
    costs: 'a processor that has SMRR, and a TSEG that one base and mask describe',
  },
};

const smrrState = ({ smrr }: PlatformProfile): FlagState => {
  const answers = [smrr.validOnEveryCore, smrr.coversTseg];
  if (answers.includes('no')) return 'clear';
  return answers.includes('unknown') ? 'unknown' : 'set';
};

const bitState = (profile: PlatformProfile, register: string, layout: Controller): FlagState => {
  // SMRAM at A0000h is not in the memory map.
  if (layout === 'smramc') return 'absent';
  // The memory map of earlier controllers has no lock bits; whether something else freezes it is not known.
  if (layout === 'ich9') return register === 'BGSM' ? 'absent' : 'unknown';
  const value = registerValue(profile, register);
  if (value === undefined) return profile.told?.[`${register}_LOCK`]?.isSet === true ? 'set' : 'unknown';
  return (value & 1) === 1 ? 'set' : 'clear';
};

/** The state of each lock; `absent` where this memory controller has no such lock. */
const statesOf = (profile: PlatformProfile, layout: Controller): { readonly [lock in Lock]: FlagState } => {
  const flag = (name: LockName): FlagState =>
    profile.locks.find((lock) => lock.name === name)?.state ?? 'unknown';
  const bit = (lock: keyof typeof IN_BIT_0): FlagState => bitState(profile, IN_BIT_0[lock], layout);
  return {
    D_LCK: flag('D_LCK'),
    TSEG_LOCK: layout === 'smramc' ? 'absent' : flag('TSEG_LOCK'),
    BGSM_LOCK: bit('BGSM_LOCK'),
    TOLUD_LOCK: bit('TOLUD_LOCK'),
    REMAPBASE_LOCK: bit('REMAPBASE_LOCK'),
    SMRR: layout === 'smramc' ? 'absent' : smrrState(profile),
  };
};

/** How much is known of a board's memory controller: all that the model describes, or SMRAMC alone. */
type Controller = SmramLayout | 'smramc';

const controllerOf = (profile: PlatformProfile): Controller | undefined => {
  const has = (name: string): boolean => registerValue(profile, name) !== undefined;
  if (has('TSEGMB')) return 'series6to9';
  if (has('ESMRAMC')) return 'ich9';
  return has('SMRAMC') ? 'smramc' : undefined;
};

/**
 * The place of SMRAM in the model's terms. If SMRAMC alone is known of a controller, it is that at A0000h,
 * which all have.
 */
const placeOf = (
  controller: Controller,
  { chipset }: PlatformProfile,
): Pick<Parameters, 'layout' | 'segment'> => {
  if (controller !== 'smramc') return { layout: controller, segment: 'TSEG' };
  return { layout: chipset.generation === 'ESB2' ? 'esb2-5000p' : 'ich9', segment: 'A0000h' };
};

/** The registers that each lock freezes. Source: the datasheets that the layouts of host bridges name. */
const FREEZES: { readonly [lock in Exclude<Lock, 'SMRR'>]: readonly string[] } = {
  D_LCK: ['SMRAMC', 'ESMRAMC'],
  TSEG_LOCK: ['TSEGMB'],
  BGSM_LOCK: ['BGSM'],
  TOLUD_LOCK: ['TOLUD'],
  REMAPBASE_LOCK: ['REMAPBASE'],
};

const MAP_REGISTERS: Parameters['moves'] = ['TOLUD', 'BGSM', 'REMAPBASE', 'REMAPLIMIT'];

/**
 * Whether an unknown setting can matter for a question: a lock does not if nobody may write what it freezes.
 */
const bears = ({ scope }: SmramQuestion, unknown: string): boolean => {
  const { writes = [], moves = MAP_REGISTERS } = scope;
  const written = new Set<string>([...writes.map(({ register }) => register), ...moves]);
  if (unknown === ORDER) return written.has('REMAPBASE') || written.has('REMAPLIMIT') || written.has('TOLUD');
  if (unknown === 'SMRR') return true;
  return FREEZES[unknown as keyof typeof FREEZES].some((register) => written.has(register));
};

/** The questions that fit the known registers, and the others with the reason. */
export const smramQuestionsOf = (
  profile: PlatformProfile,
): { readonly asked: readonly SmramQuestion[]; readonly unasked: readonly SmramQuestion[] } => {
  const controller = controllerOf(profile);
  if (controller === undefined) return { asked: [], unasked: smramQuestions('series6to9') };
  if (controller !== 'smramc') return { asked: smramQuestions(controller), unasked: [] };
  const all = smramQuestions('ich9');
  return {
    asked: all.filter(({ id }) => id === 'S-DOPEN'),
    unasked: all.filter(({ id }) => id !== 'S-DOPEN'),
  };
};

const commandsFor = (
  profile: PlatformProfile,
  lock: Lock,
): { readonly set?: string; readonly ask?: string } => {
  if (lock === 'SMRR') return { ask: 'sudo rdmsr -a 0x1f2; sudo rdmsr -a 0x1f3' };
  const set =
    lock in IN_BIT_0 ? setBit(profile, IN_BIT_0[lock as keyof typeof IN_BIT_0], 0) : setLock(profile, lock);
  return set === undefined ? {} : { set: `sudo ${set}`, ask: `sudo ${set.replace(/=.*/, '')}` };
};

const settingOf = (profile: PlatformProfile, lock: Lock, isKnown: boolean): Mitigation => {
  const { set, ask } = commandsFor(profile, lock);
  return {
    id: lock,
    ...SAYS[lock],
    by: 'firmware',
    ...(set === undefined ? {} : { snippet: set }),
    ...(ask === undefined || isKnown ? {} : { check: ask }),
  };
};

/** The subject of a search about the SMRAM of `profile`; undefined where the model does not fit. */
export const smramSubjectOf = (profile: PlatformProfile): AuditSubject | undefined => {
  const controller = controllerOf(profile);
  if (controller === undefined) return undefined;
  const states = statesOf(profile, controller);
  const among = (state: FlagState): readonly Lock[] => LOCK_NAMES.filter((lock) => states[lock] === state);
  const orderMatters = controller !== 'smramc' && states.REMAPBASE_LOCK !== 'set';
  const place = placeOf(controller, profile);
  const scenario = (
    { capabilities, scope }: SmramQuestion,
    assigned: { readonly [unknown: string]: boolean },
    changed: readonly string[],
  ): Scenario => {
    const isSet = (lock: Lock): boolean =>
      changed.includes(lock) || states[lock] === 'set' || assigned[lock] === true;
    return {
      without: LOCK_NAMES.filter((lock) => !isSet(lock))
        .flatMap((lock) => LOCKS[lock])
        .toSorted(),
      capabilities: capabilities.toSorted(),
      parameters: { ...scope, ...place, cores: 1, remapsFirst: assigned[ORDER] === true },
    };
  };
  return {
    model: smram,
    questions: smramQuestionsOf(profile).asked,
    unknowns: [...among('unknown'), ...(orderMatters ? [ORDER] : [])],
    bears: (question, unknown) => bears(question as SmramQuestion, unknown),
    mitigations: [
      ...among('clear').map((lock) => settingOf(profile, lock, true)),
      ...among('unknown').map((lock) => settingOf(profile, lock, false)),
    ],
    scenario: (question: Question, assigned, changed = []) =>
      scenario(question as SmramQuestion, assigned, changed),
  };
};
