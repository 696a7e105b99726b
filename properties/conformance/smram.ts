import { produce } from 'immer';
import fc from 'fast-check';
import { match } from 'ts-pattern';
import { partOf, type Deviation, type Expectation, type Operation, type Part } from 'underwatch';
import {
  fieldValue,
  layouts,
  qemu72Q35,
  readConfig,
  resetChipset,
  survivors,
  withField,
  writeConfig,
  type ChipsetPlatform,
  type ChipsetState,
} from '../../models/platform/chipset/index.ts';
import { FIRMWARE_MAP, route } from '../../models/platform/smram/memory-map.ts';
import type { SmramSetting } from '../../models/platform/smram/setting.ts';
import type { Smram } from '../../models/platform/smram/state.ts';

const MCH = { device: 0, function: 0 } as const;
const SMRAMC = 0x9d;
const ESMRAMC = 0x9e;

/** The places of the model's memory on a machine of 32 megabytes: its TSEG ends at the top of its memory. */
const PLACES = { compatible: 0xa_0000, tseg: 31 * 2 ** 20, ordinary: 2 ** 20 } as const;
type PlaceName = keyof typeof PLACES;
const NAMES = ['compatible', 'tseg', 'ordinary'] as const satisfies readonly PlaceName[];

/** The registers, and one byte of DRAM at each place. */
interface Memory {
  readonly chip: ChipsetState;
  readonly dram: { readonly [name in PlaceName]: number };
}

const register = (base: number): { readonly base: number; readonly locked: boolean } => ({
  base,
  locked: false,
});

/** The part of the SMRAM model's state that decides where an access ends. */
const mapOf = (chipset: ChipsetState): Smram =>
  ({
    chipset,
    map: {
      TOLUD: register(FIRMWARE_MAP.TOLUD),
      BGSM: register(FIRMWARE_MAP.BGSM),
      REMAPBASE: register(FIRMWARE_MAP.REMAPBASE),
      REMAPLIMIT: register(FIRMWARE_MAP.REMAPLIMIT),
    },
    bar: 'its own',
  }) as unknown as Smram;

const settingOf = (segment: 'TSEG' | 'A0000h'): SmramSetting =>
  ({
    parameters: { layout: 'ich9', segment, smramcGovernsTseg: true, remapsFirst: false },
    defends: () => false,
  }) as unknown as SmramSetting;
const COMPATIBLE = settingOf('A0000h');
const TSEG = settingOf('TSEG');

/** The registers changed so that the documents predict what QEMU does. */
const asQemuTakesThem = (chip: ChipsetState, name: PlaceName): ChipsetState => {
  const { SMRAMC: value } = chip;
  const opens = fieldValue('SMRAMC', value, 'D_OPEN') === 1;
  if (name === 'tseg') return { ...chip, SMRAMC: withField('SMRAMC', value, 'D_OPEN', 0) };
  return opens ? { ...chip, SMRAMC: withField('SMRAMC', value, 'G_SMRAME', 1) } : chip;
};

/** Whether an access from outside SMM reaches the DRAM at a place. */
const reaches = (chip: ChipsetState, name: PlaceName, asDocumented: boolean): boolean => {
  if (name === 'ordinary') return true;
  const state = mapOf(asDocumented ? chip : asQemuTakesThem(chip, name));
  const setting = name === 'tseg' ? TSEG : COMPATIBLE;
  return route(state, setting, { by: 'core', smm: false, kind: 'data' }, 'SMRAM') === 'smram';
};

/**
 * The value of a read that does not reach the DRAM: zeros from a card whose planes are closed, ones from
 * nothing.
 */
const HIDDEN: { readonly [name in PlaceName]: number } = { compatible: 0x00, tseg: 0xff, ordinary: 0xff };

const isPlace = (name: PlaceName, address: number): boolean => PLACES[name] === address;

const stepOn =
  (platform: ChipsetPlatform, asDocumented: boolean) =>
  (state: Memory, operation: Operation): Memory =>
    match(operation)
      .with({ kind: 'reset' }, () => ({
        ...state,
        chip: resetChipset(platform, survivors(state.chip, platform)),
      }))
      .with({ kind: 'configure' }, ({ bytes, offset, value }) =>
        produce(state, ({ chip }) => writeConfig(chip, platform, 'mch', offset, bytes, value)),
      )
      .with({ kind: 'store' }, ({ address, value }) =>
        produce(state, (draft) => {
          const name = NAMES.find((each) => isPlace(each, address));
          if (name !== undefined && reaches(state.chip, name, asDocumented)) draft.dram[name] = value;
        }),
      )
      .with({ kind: 'out' }, () => state)
      .exhaustive();

const registerOf = ({ chip }: Memory, platform: ChipsetPlatform, name: 'SMRAMC' | 'ESMRAMC'): Expectation => {
  const offset = name === 'SMRAMC' ? SMRAMC : ESMRAMC;
  const value = readConfig(chip, platform, 'mch', offset, 1);
  return { name, look: { kind: 'config', at: MCH, offset, bytes: 1 }, value, mask: 0xff };
};

const byteAt = ({ chip, dram }: Memory, name: PlaceName, asDocumented: boolean): Expectation => ({
  name: `memory: ${name}`,
  look: { kind: 'load', address: PLACES[name] },
  value: reaches(chip, name, asDocumented) ? dram[name] : HIDDEN[name],
  mask: 0xff,
});

const LEFT_OUT: readonly Deviation[] = [
  {
    what: 'H_SMRAME, and the window at FEDA0000h that it opens',
    because: 'the model of memory does not have it',
    source: 'models/platform/smram/memory-map.ts',
  },
  {
    what: 'accesses from inside SMM, and D_CLS with them',
    because: 'no processor runs',
    source: 'the qtest protocol',
  },
];

const DEVIATIONS: readonly Deviation[] = [
  {
    what: 'D_OPEN opens A0000h-BFFFFh also with G_SMRAME=0',
    because: 'the datasheets have nothing opened without G_SMRAME; QEMU looks at D_OPEN alone',
    source: '3200 datasheet, SMRAMC; QEMU 7.2',
  },
  {
    what: 'D_OPEN does not open TSEG',
    because: 'the datasheets up to the 3400 series say that it does; QEMU looks at T_EN and G_SMRAME alone',
    source: '925X datasheet, section 9.4.4; QEMU 7.2',
  },
];

const byte = fc.integer({ min: 0, max: 0xff });
const NOT_HIGH = 0x7f;

const operations: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: byte.map((value): Operation => ({
      kind: 'configure',
      at: MCH,
      offset: SMRAMC,
      bytes: 1,
      value,
    })),
  },
  {
    weight: 4,
    arbitrary: byte.map((value): Operation => {
      return { kind: 'configure', at: MCH, offset: ESMRAMC, bytes: 1, value: value & NOT_HIGH };
    }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(byte, byte).map(([low, high]): Operation => {
      const value = low | ((high & NOT_HIGH) << 8);
      return { kind: 'configure', at: MCH, offset: SMRAMC - 1, bytes: 4, value: (value << 8) >>> 0 };
    }),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({ name: fc.constantFrom(...NAMES), value: byte })
      .map(({ name, value }): Operation => ({ kind: 'store', address: PLACES[name], value })),
  },
  { weight: 2, arbitrary: fc.constant<Operation>({ kind: 'reset' }) },
);

/**
 * The conformance run of the SMRAM model's memory map, with or without QEMU's known deviations, against a q35
 * from outside SMM.
 */
export const smramPartOf = (platform: ChipsetPlatform, asDocumented: boolean): Part =>
  partOf<Memory>({
    id: 'smram',
    says: 'which accesses from outside SMM reach SMRAM at A0000h and in TSEG, and what D_LCK and a reset make of that',
    oracle: 'qemu-q35',
    initial: { chip: resetChipset(platform), dram: { compatible: 0, tseg: 0, ordinary: 0 } },
    setUp: [],
    operations,
    step: stepOn(platform, asDocumented),
    expectations: (state) => [
      registerOf(state, platform, 'SMRAMC'),
      registerOf(state, platform, 'ESMRAMC'),
      ...NAMES.map((name) => byteAt(state, name, asDocumented)),
    ],
    writes: (_state, operation) => {
      if (operation.kind === 'store')
        return NAMES.filter((name) => isPlace(name, operation.address)).map((name) => `memory: ${name}`);
      if (operation.kind !== 'configure') return [];
      if (operation.bytes === 4) return ['SMRAMC', 'ESMRAMC'];
      return [operation.offset === SMRAMC ? 'SMRAMC' : 'ESMRAMC'];
    },
    deviations: DEVIATIONS,
    leftOut: LEFT_OUT,
  });

/** The conformance run of the memory map with the known deviations of QEMU 7.2. */
export const smramPart: Part = smramPartOf({ behaviour: qemu72Q35, layout: layouts.ich9 }, false);
