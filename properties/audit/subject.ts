import type { Mitigation, AuditSubject, Scenario } from 'underwatch';
import { hypersentry } from '../../models/hypersentry/invocation/model.ts';
import type { Defence } from '../../models/hypersentry/invocation/setting.ts';
import { setLock, type FlagState, type PlatformProfile } from '../../models/platform/boards/index.ts';
import {
  fieldValue,
  withField,
  type ChipsetState,
  type RegisterName,
} from '../../models/platform/chipset/index.ts';
import { questionsFor, type BoardQuestion } from './questions.ts';

/** The locks that protect the invocation, with the defence that each of them is. */
const LOCKS = {
  SMI_LOCK: 'smiLock',
  GLE: 'gpioLockdown',
  GPIO_UNLOCK_SMI_EN: 'gpioUnlockSmi',
  ACPI_BASE_LOCK: 'acpiBaseLock',
} as const satisfies { readonly [lock: string]: Defence };

type Lock = keyof typeof LOCKS;
const LOCK_NAMES = Object.keys(LOCKS) as readonly Lock[];

/** The registers that a lock freezes, and the powers that it takes from those who need them. */
const LOCK_SAYS: { readonly [lock in Lock]: Pick<Mitigation, 'says' | 'costs'> } = {
  SMI_LOCK: {
    says: 'GEN_PMCON_1.SMI_LOCK set by the firmware: GBL_SMI_EN is frozen',
    costs: 'nobody can switch SMIs off until reset, the firmware neither',
  },
  GLE: {
    says: 'GPIO_CNTL.GLE set by the firmware: the GPIO configuration is frozen until SMM lifts it',
    costs: 'a driver that sets up GPIOs fails',
  },
  GPIO_UNLOCK_SMI_EN: {
    says: 'SMI_EN.GPIO_UNLOCK_SMI_EN set by the firmware: lifting GLE raises an SMI',
    costs: 'the handler must put GLE back',
  },
  ACPI_BASE_LOCK: {
    says: 'GEN_PMCON_LOCK.ACPI_BASE_LOCK set by the firmware: PMBASE is frozen',
    costs: 'nothing that is known: no operating system moves PMBASE',
  },
};

/** Defences that HyperSentry as published lacks; each is a setting that can be tried. */
const IMPROVEMENTS = {
  restoreGpio: {
    says: 'HyperSentry: the handler puts GPI_INV back and GLE on in every SMI',
    costs: 'two port writes an SMI',
  },
  checkGle: {
    says: 'HyperSentry: the handler rejects an SMI that finds GPIO lockdown lifted',
    costs: 'whoever lifts the lockdown blocks measurements, which the verifier notices',
  },
  boundedLatency: {
    says: 'HyperSentry: the BMC signs the time of its edge, and the handler refuses one older than a bound',
    costs:
      'a clock that BMC and handler share, and honest triggers that are rejected when the machine is slow',
  },
  rereadBase: {
    says: 'HyperSentry: the handler reads PMBASE anew in every SMI',
    costs: 'one configuration read an SMI',
  },
  restoreDecode: {
    says: 'HyperSentry: the handler sets ACPI_EN again, through configuration space, before it uses a port',
    costs: 'one configuration write an SMI',
  },
  bmcRefusesInBand: {
    says: 'BMC firmware: no in-band command drives the pin',
    costs: 'management software on the host cannot use that pin',
  },
  gpiGateLock: { says: 'ALT_GP_SMI_EN and GPI_ROUT frozen: no chipset has such a lock' },
} as const satisfies { readonly [defence in Defence]?: Pick<Mitigation, 'says' | 'costs'> };

type Improvement = keyof typeof IMPROVEMENTS;
const IMPROVEMENT_NAMES = Object.keys(IMPROVEMENTS) as readonly Improvement[];

/** Whether GPIO lockdown freezes GPI_INV: in no log, and the sources are silent or disagree. */
const GLE_SCOPE = 'GLE covers GPI_INV';

/** The facts on which the question about the status bits as found rests. */
const STATUS: readonly RegisterName[] = [
  'PM1_STS',
  'SMI_STS',
  'ALT_GP_SMI_STS',
  'GPE0_STS',
  'GP_LVL',
  'GPI_INV',
  'GP_IO_SEL',
];

/** Registers that stay as they were found: enables, routing of events to the OS, addresses, timers. */
const AS_FOUND: readonly RegisterName[] = [
  'PM1_EN',
  'PM1_CNT',
  'GPE0_EN',
  'TCO1_CNT',
  'PMBASE',
  'GPIOBASE',
  'ACPI_CNTL',
  'GPIO_CNTL',
  'GEN_PMCON_1',
  'GEN_PMCON_LOCK',
  'BIOS_CNTL',
];

/** The logs' names of registers that the chipset model names otherwise. */
const LOG_NAMES: { readonly [name in RegisterName]?: string } = { GPI_ROUT: 'GPIO_ROUT' };

/** The value of a register as it was found, by the chipset model's name. */
const found = (profile: PlatformProfile, name: RegisterName): number | undefined =>
  profile.registers.find((register) => register.name === (LOG_NAMES[name] ?? name))?.value;

/** SMI_STS bits 8 to 10: computed when read, so not latched. */
const SUMMARY_BITS = 0x700;

const bit = (gpi: number): number => (1 << gpi) >>> 0;

/**
 * The board with HyperSentry installed: its registers as found, and the settings of a trusted boot on top.
 * These are the pin that carries the trigger (an input, not inverted, routed to SMI, enabled), SMI generation
 * on, and cleared status registers.
 */
const installed = (profile: PlatformProfile, gpi: number): Partial<ChipsetState> => {
  const asFound = Object.fromEntries(
    AS_FOUND.flatMap((name) => {
      const value = found(profile, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const enables = found(profile, 'SMI_EN') ?? 0;
  const route = found(profile, 'GPI_ROUT') ?? 0;
  return {
    ...asFound,
    SMI_EN: withField('SMI_EN', withField('SMI_EN', enables, 'GBL_SMI_EN', 1), 'EOS', 1),
    GPI_ROUT: withField('GPI_ROUT', route, `GPI${gpi}`, 0b01),
    ALT_GP_SMI_EN: ((found(profile, 'ALT_GP_SMI_EN') ?? 0) | bit(gpi)) >>> 0,
    // Other inputs are left out: their levels are the board's business and no part of the attack.
    GP_IO_SEL: bit(gpi),
    GPIO_USE_SEL: bit(gpi),
    GPI_INV: 0,
  };
};

/** The same with the status bits and the other pins as they were found; the trigger's own are idle. */
const asFoundStatus = (profile: PlatformProfile, gpi: number): Partial<ChipsetState> => {
  const value = (name: RegisterName): number => found(profile, name) ?? 0;
  const others = ~bit(gpi) & 0xffff;
  return {
    PM1_STS: value('PM1_STS'),
    SMI_STS: (value('SMI_STS') & ~SUMMARY_BITS) >>> 0,
    TCO1_STS: value('TCO1_STS'),
    TCO2_STS: value('TCO2_STS'),
    ALT_GP_SMI_STS: value('ALT_GP_SMI_STS') & others,
    GPE0_STS: (value('GPE0_STS') & ~(bit(gpi) << 16)) >>> 0,
    GP_IO_SEL: (value('GP_IO_SEL') | bit(gpi)) >>> 0,
    GPI_INV: (value('GPI_INV') & ~bit(gpi)) >>> 0,
    pins: value('GP_LVL') & others,
  };
};

/** Whether clearing GLE raises an SMI: an enable that is its own lock, once set fixed until reset. */
const unlockSmi = (profile: PlatformProfile): FlagState => {
  if (profile.locks.find(({ name }) => name === 'GLE')?.state === 'absent') return 'absent';
  const enables = found(profile, 'SMI_EN');
  if (enables === undefined) return 'unknown';
  return fieldValue('SMI_EN', enables, 'GPIO_UNLOCK_SMI_EN') === 1 ? 'set' : 'clear';
};

/** The chipset model's name for a generation: ICH7 is laid out as ESB2 is. */
const layoutOf = ({ chipset: { generation } }: PlatformProfile): 'esb2-5000p' | 'ich9' | 'series6to9' => {
  if (generation === 'ESB2' || generation === 'ICH7') return 'esb2-5000p';
  return generation.startsWith('ICH') ? 'ich9' : 'series6to9';
};

const lockSetting = (profile: PlatformProfile, lock: Lock): Mitigation => {
  const snippet = setLock(profile, lock);
  return {
    id: lock,
    ...LOCK_SAYS[lock],
    by: 'firmware',
    ...(snippet === undefined ? {} : { snippet: `sudo ${snippet}` }),
  };
};

/** The subject of a search for the questions about `profile`. */
export const subjectOf = (profile: PlatformProfile, gpi: number): AuditSubject => {
  const knowsStatus = STATUS.every((name) => found(profile, name) !== undefined);
  const questions = questionsFor(gpi).filter(({ asFound }) => asFound !== true || knowsStatus);
  const stateOf = (lock: Lock): FlagState => {
    if (lock === 'GPIO_UNLOCK_SMI_EN') return unlockSmi(profile);
    return profile.locks.find(({ name }) => name === lock)?.state ?? 'unknown';
  };
  const registers = installed(profile, gpi);
  const layout = layoutOf(profile);
  const scenario = (
    question: BoardQuestion,
    assigned: { readonly [unknown: string]: boolean },
    changed: readonly string[],
  ): Scenario => {
    const isSet = (lock: Lock): boolean =>
      changed.includes(lock) || stateOf(lock) === 'set' || assigned[lock] === true;
    const without: readonly Defence[] = [
      ...LOCK_NAMES.filter((lock) => !isSet(lock)).map((lock) => LOCKS[lock]),
      ...IMPROVEMENT_NAMES.filter((name) => !changed.includes(name)),
    ];
    const parameters = {
      layout,
      gpi,
      registers: question.asFound === true ? { ...registers, ...asFoundStatus(profile, gpi) } : registers,
      writes: question.writes,
      // On one core the time that handling takes seems to restore the origin; on two it does not
      // (H-GPIINV-BOUNDED-2-CORES).
      ...(changed.includes('boundedLatency') && question.id === 'H-GPIINV' ? { cores: 2 } : {}),
      ...(question.asFound === true ? { kernel: 'genuine' } : {}),
      behaviour: { gleCoversGpiInv: assigned[GLE_SCOPE] === true },
    };
    return {
      without: without.toSorted(),
      capabilities: question.capabilities.toSorted(),
      parameters: parameters,
    };
  };
  return {
    model: hypersentry,
    questions,
    unknowns: [
      ...LOCK_NAMES.filter((lock) => stateOf(lock) === 'unknown'),
      ...(['set', 'unknown'].includes(stateOf('GLE')) ? [GLE_SCOPE] : []),
    ],
    mitigations: [
      ...LOCK_NAMES.filter((lock) => stateOf(lock) === 'clear').map((lock) => lockSetting(profile, lock)),
      ...IMPROVEMENT_NAMES.map((id): Mitigation => ({
        id,
        ...IMPROVEMENTS[id],
        by: id === 'gpiGateLock' ? 'hypothetical' : 'defence',
      })),
    ],
    scenario: (question, assigned, changed = []) => scenario(question as BoardQuestion, assigned, changed),
  };
};
