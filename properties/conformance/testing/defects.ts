import {
  layouts,
  qemu72Q35,
  REGISTER_NAMES,
  REGISTERS,
  type ChipsetBehaviour,
  type Deviation,
  type RegisterName,
} from '../../../models/platform/chipset/index.ts';

/** A behaviour with one defect, and what it is. */
export interface Defect {
  readonly says: string;
  readonly behaviour: ChipsetBehaviour;
}

type Stored = Deviation & { readonly kind: 'stored' };

const profileWith = (name: RegisterName, deviation: Deviation | undefined): ChipsetBehaviour => {
  const { [name]: _replaced, ...rest } = qemu72Q35.deviations;
  return { ...qemu72Q35, deviations: deviation === undefined ? rest : { ...rest, [name]: deviation } };
};

const bitsOf = (mask: number): readonly number[] =>
  Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => ((mask >>> bit) & 1) === 1);

/** Bits that are never written in a conformance run: those whose write ends the machine. */
const NEVER: { readonly [name in RegisterName]?: number } = { SMI_EN: 1 << 5, PM1_CNT: 1 << 13 };

/** The first, the middle and the last of a list, each once. */
const some = (list: readonly number[]): readonly number[] => [
  ...new Set([list[0], list[Math.floor(list.length / 2)], list.at(-1)].filter((bit) => bit !== undefined)),
];

/** Defects of storage: a bit that is not stored, or one that is and should not be. */
const ofMasks = (name: RegisterName, deviation: Stored): readonly Defect[] => {
  const all = 2 ** REGISTERS[name].widthBits - 1;
  const never = NEVER[name] ?? 0;
  const flip = (bit: number): Stored => ({ ...deviation, mask: (deviation.mask ^ (2 ** bit)) >>> 0 });
  const lost = some(bitsOf((deviation.mask & ~never) >>> 0)).map((bit) => ({
    says: `${name} does not store bit ${bit}`,
    behaviour: profileWith(name, flip(bit)),
  }));
  // Only the lower half of PM1_CNT is compared.
  const compared = name === 'PM1_CNT' ? 0xffff : all;
  const gained = some(bitsOf((compared & ~deviation.mask & ~never) >>> 0)).map((bit) => ({
    says: `${name} stores bit ${bit}`,
    behaviour: profileWith(name, flip(bit)),
  }));
  return [...lost, ...gained];
};

/** Registers that hold the same value whatever is done: a reset changes nothing of them. */
const NEVER_CHANGES: ReadonlySet<RegisterName> = new Set(['SMI_STS', 'GPE0_STS', 'PM1_STS']);

const ofDeviations: readonly Defect[] = Object.entries(qemu72Q35.deviations).flatMap(([key, deviation]) => {
  const name = key as RegisterName;
  if (deviation.kind === 'absent') return [];
  const absent: Defect = { says: `${name} is absent`, behaviour: profileWith(name, { kind: 'absent' }) };
  const rest: readonly Defect[] = [
    // No operation sets the bits that TCO2_STS does not store, so this defect makes no difference there.
    ...(deviation.clearsOthers === true && name !== 'TCO2_STS'
      ? [
          {
            says: `${name} keeps what is not stored`,
            behaviour: profileWith(name, { kind: 'stored', mask: deviation.mask }),
          },
        ]
      : []),
    ...(deviation.onlyBytes === undefined
      ? []
      : [
          {
            says: `${name} takes any width`,
            behaviour: profileWith(name, { kind: 'stored', mask: deviation.mask }),
          },
        ]),
    ...(deviation.reset === undefined
      ? []
      : [
          {
            says: `${name} starts as documented`,
            behaviour: profileWith(name, { kind: 'stored', mask: deviation.mask }),
          },
        ]),
  ];
  return [absent, ...ofMasks(name, deviation), ...rest];
});

/** The registers of which a reset leaves what the part itself says. */
const OF_THE_PART: ReadonlySet<RegisterName> = new Set(['GEN_PMCON_1']);

/** Defects of reset: a register that a reset clears and should not, or the other way round. */
const ofResets: readonly Defect[] = REGISTER_NAMES.filter((name) => {
  const place = REGISTERS[name].location[layouts.ich9.name];
  const isThere = place !== null && qemu72Q35.deviations[name]?.kind !== 'absent';
  const isReached = isThere && ['pm', 'port', 'lpc', 'mch'].includes(place.block);
  return isReached && !OF_THE_PART.has(name) && !NEVER_CHANGES.has(name);
}).map((name) => {
  const survives = qemu72Q35.surviveReset.includes(name);
  const surviveReset = survives
    ? qemu72Q35.surviveReset.filter((other) => other !== name)
    : [...qemu72Q35.surviveReset, name];
  const says = survives ? `a reset clears ${name}` : `${name} survives a reset`;
  return { says, behaviour: { ...qemu72Q35, surviveReset } };
});

const SWITCHES: readonly (readonly [says: string, change: Partial<ChipsetBehaviour>])[] = [
  ['SMI_EN starts with EOS set', { smiEnReset: 2 }],
  ['SMI_LOCK freezes nothing', { smiLockFreezesGbl: false }],
  ['TCO_LOCK freezes nothing', { tcoLockFreezesTcoEn: false }],
  ['ACPI_BASE_LOCK freezes PMBASE', { acpiBaseLockFreezes: true }],
  ['D_LCK leaves D_OPEN set', { dLckClearsDOpen: false }],
  ['D_LCK freezes nothing', { dLckFreezes: false }],
  ['APM_CNT := 02h and 03h leave SCI_EN as it is', { apmAcpiValuesSilent: false }],
];

/** Defects of QEMU's profile, generated from its tables: a run has to find each. */
export const defects: readonly Defect[] = [
  ...ofDeviations,
  ...ofResets,
  ...SWITCHES.map(([says, change]) => ({ says, behaviour: { ...qemu72Q35, ...change } })),
];
