import type { Mitigation, AuditSubject, Question, Scenario } from 'underwatch';
import { biosFlash } from '../../models/platform/flash/model.ts';
import type { Defence } from '../../models/platform/flash/state.ts';
import { fieldValue, withField, type FieldWrite } from '../../models/platform/chipset/index.ts';
import {
  registerValue,
  setBit,
  setLock,
  type FlagState,
  type PlatformProfile,
} from '../../models/platform/boards/index.ts';

/** A question about the BIOS flash, with the writes that the hypervisor may use for it. */
export interface FlashQuestion extends Question {
  readonly writes: readonly FieldWrite[];
  readonly cores: number;
}

const bioswe: FieldWrite = { register: 'BIOS_CNTL', field: 'BIOSWE', value: 1 };
const gblOff: FieldWrite = { register: 'SMI_EN', field: 'GBL_SMI_EN', value: 0 };
const tcoOff: FieldWrite = { register: 'SMI_EN', field: 'TCO_EN', value: 0 };
const bwpOff: FieldWrite = { register: 'BIOS_CNTL', field: 'SMM_BWP', value: 0 };

const INVARIANT = 'I-FLASH';

/**
 * The questions for every board whose BIOS_CNTL is known: the content of the flash sets the locks at the next
 * boot.
 */
export const flashQuestions: readonly FlashQuestion[] = [
  {
    id: 'S-BLE',
    invariant: INVARIANT,
    says: 'the BIOS flash is written, by whatever way is shortest',
    source: 'Kallenberg et al. 2014; CHIPSEC, module bios_wp',
    writes: [bioswe, bwpOff, gblOff, tcoOff],
    cores: 2,
  },
  {
    id: 'S-BLE-GBL',
    invariant: INVARIANT,
    says: 'one core clears GBL_SMI_EN, so that nothing takes BIOSWE back, and writes the BIOS flash',
    source: 'CHIPSEC, module bios_smi',
    writes: [bioswe, gblOff],
    cores: 1,
  },
  {
    id: 'S-BLE-TCO',
    invariant: INVARIANT,
    says: 'one core clears TCO_EN, so that nothing takes BIOSWE back, and writes the BIOS flash',
    source: 'CHIPSEC, module bios_smi',
    writes: [bioswe, tcoOff],
    cores: 1,
  },
];

/** No datasheet says whether the write of BIOSWE completes before the SMI that it raises. */
const COMPLETES_FIRST = 'BIOSWE is set before its SMI comes';
/**
 * Whether TCO_EN gates the SPI controller's own SMI, which it has from the 100 series on: no public source
 * says.
 */
const GATED = 'TCO_EN gates the SMI of BIOSWE';

/** The locks that the firmware can set, with the defence that each of them is. */
const LOCKS = {
  SMM_BWP: { defence: 'smmBwp', says: 'BIOS_CNTL.SMM_BWP set by the firmware' },
  BLE: { defence: 'ble', says: 'BIOS_CNTL.BLE set by the firmware' },
  SMI_LOCK: { defence: 'smiLock', says: 'GEN_PMCON.SMI_LOCK set by the firmware' },
  TCO_LOCK: { defence: 'tcoLock', says: 'TCO1_CNT.TCO_LOCK set by the firmware' },
  FLASH_RANGES: {
    defence: 'protectedRanges',
    says: 'protected ranges PR0 to PR4 over all of the firmware, frozen by HSFS.FLOCKDN',
  },
} as const satisfies { readonly [lock: string]: { readonly defence: Defence; readonly says: string } };

type Lock = keyof typeof LOCKS;
const NAMES = Object.keys(LOCKS) as readonly Lock[];

const COSTS: { readonly [lock in Lock]: string } = {
  SMM_BWP: 'firmware updates run in SMM, with every core in it',
  BLE: 'each setting of BIOSWE is an SMI',
  SMI_LOCK: 'GBL_SMI_EN cannot be cleared before reset',
  TCO_LOCK: 'TCO_EN cannot be cleared before reset',
  FLASH_RANGES: 'firmware updates are written at the next boot, before the ranges are set',
};

/** TCO_EN, which is no lock: without it the SMI that BLE relies on does not come. */
const TCO_EN = 'TCO_EN';

const stateOf = (profile: PlatformProfile, lock: Lock): FlagState => {
  const flags: readonly { readonly name: string; readonly state: FlagState }[] = [
    ...profile.bios,
    ...profile.locks,
  ];
  const named = (name: string): FlagState => flags.find((flag) => flag.name === name)?.state ?? 'unknown';
  if (lock !== 'FLASH_RANGES') return named(lock);
  // Ranges that are not frozen are none; those that are may cover the firmware or not.
  return named('FLOCKDN') === 'clear' ? 'clear' : 'unknown';
};

const snippetFor = (profile: PlatformProfile, lock: Lock): { readonly snippet?: string } => {
  const bits = { SMM_BWP: 5, BLE: 1 } as const;
  const set =
    lock === 'SMM_BWP' || lock === 'BLE' ? setBit(profile, 'BIOS_CNTL', bits[lock]) : setLock(profile, lock);
  return set === undefined ? {} : { snippet: `sudo ${set}` };
};

/** The known facts of a board that decide over its flash. */
interface Facts {
  readonly states: { readonly [lock in Lock]: FlagState };
  readonly smiEn?: number;
  /** Whether BIOS_CNTL is in the SPI controller, which has an SMI of its own. */
  readonly hasOwnSmi: boolean;
}

const factsOf = (profile: PlatformProfile): Facts => {
  const smiEn = registerValue(profile, 'SMI_EN');
  return {
    states: {
      SMM_BWP: stateOf(profile, 'SMM_BWP'),
      BLE: stateOf(profile, 'BLE'),
      SMI_LOCK: stateOf(profile, 'SMI_LOCK'),
      TCO_LOCK: stateOf(profile, 'TCO_LOCK'),
      FLASH_RANGES: stateOf(profile, 'FLASH_RANGES'),
    },
    ...(smiEn === undefined ? {} : { smiEn }),
    hasOwnSmi: profile.registers.some(
      ({ name, readFrom }) => name === 'BIOS_CNTL' && readFrom.includes('00:1f.5'),
    ),
  };
};

const tcoEnOf = ({ smiEn }: Facts): boolean | undefined =>
  smiEn === undefined ? undefined : fieldValue('SMI_EN', smiEn, TCO_EN) === 1;

const scenarioOf = (
  facts: Facts,
  { writes, cores }: FlashQuestion,
  assigned: { readonly [unknown: string]: boolean },
  changed: readonly string[],
): Scenario => {
  const isGated = !facts.hasOwnSmi || assigned[GATED] === true;
  const isSet = (lock: Lock): boolean =>
    changed.includes(lock) ||
    facts.states[lock] === 'set' ||
    assigned[lock] === true ||
    // An SMI that no bit gates behaves like one whose gate is set and frozen.
    (lock === 'TCO_LOCK' && !isGated);
  const enabled = changed.includes(TCO_EN) || !isGated || (tcoEnOf(facts) ?? assigned[TCO_EN] === true);
  // Firmware without GBL_SMI_EN has no SMI at all, and nothing of what is asked here would be about it.
  const withGbl = withField('SMI_EN', withField('SMI_EN', facts.smiEn ?? 0, 'GBL_SMI_EN', 1), 'EOS', 1);
  return {
    without: NAMES.filter((lock) => !isSet(lock))
      .map((lock): string => LOCKS[lock].defence)
      .toSorted(),
    capabilities: ['flash', 'registers'],
    parameters: {
      cores,
      writes,
      smiEn: withField('SMI_EN', withGbl, TCO_EN, enabled ? 1 : 0),
      synchronousSmi: assigned[COMPLETES_FIRST] !== true,
    },
  };
};

const settingOf = (profile: PlatformProfile, lock: Lock): Mitigation => ({
  id: lock,
  says: LOCKS[lock].says,
  by: 'firmware',
  costs: COSTS[lock],
  ...snippetFor(profile, lock),
});

const tcoSetting: Mitigation = {
  id: TCO_EN,
  says: 'SMI_EN.TCO_EN set by the firmware',
  by: 'firmware',
  costs: 'the handler takes the SMIs of the TCO timer, too',
};

const bears = ({ writes, cores }: FlashQuestion, unknown: string): boolean => {
  const has = (field: string): boolean => writes.some((write) => write.field === field);
  if (unknown === 'SMI_LOCK') return has('GBL_SMI_EN');
  if (unknown === 'TCO_LOCK') return has('TCO_EN');
  // With two cores one of them is late, whatever the other waits for.
  return unknown !== COMPLETES_FIRST || cores === 1;
};

/** The subject of a search about the BIOS flash of `profile`; undefined where BIOS_CNTL is not known. */
export const flashSubjectOf = (profile: PlatformProfile): AuditSubject | undefined => {
  if (registerValue(profile, 'BIOS_CNTL') === undefined) return undefined;
  const facts = factsOf(profile);
  const among = (state: FlagState): readonly Lock[] => NAMES.filter((lock) => facts.states[lock] === state);
  const tcoEn = tcoEnOf(facts);
  return {
    model: biosFlash,
    questions: flashQuestions,
    unknowns: [
      ...among('unknown'),
      ...(tcoEn === undefined ? [TCO_EN] : []),
      COMPLETES_FIRST,
      ...(facts.hasOwnSmi ? [GATED] : []),
    ],
    bears: (question, unknown) => bears(question as FlashQuestion, unknown),
    mitigations: [
      ...[...among('clear'), ...among('unknown')].map((lock) => settingOf(profile, lock)),
      ...(tcoEn === true ? [] : [tcoSetting]),
    ],
    scenario: (question: Question, assigned, changed = []) =>
      scenarioOf(facts, question as FlashQuestion, assigned, changed),
  };
};
