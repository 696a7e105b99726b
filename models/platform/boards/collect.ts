import type { BlockRegister, ConfigRegister, NorthbridgeLayout, SouthbridgeLayout } from './layout.ts';
import type { RegisterValue, UnknownRegister } from './readings.ts';
import {
  isValue,
  type Block,
  type CoreReadings,
  type OnCores,
  type Read,
  type Reading,
  type Source,
} from './logs/source.ts';
import { hexOf } from './logs/text.ts';
import { commandFor } from './logs/refusals.ts';

/** The result for one register: its value, or the reason why it was not read. */
type Finding = RegisterValue | UnknownRegister;

/** Whether a register was read. */
export const isRead = (finding: Finding): finding is RegisterValue => 'value' in finding;

/** Two logs that disagree about a register. */
export interface Dispute {
  readonly name: string;
  /** `0401h in lspci.log, 0500h in inteltool.log`. */
  readonly values: string;
  /** Whether one tool wrote both logs: then they are of two boots, or of two boards. */
  readonly sameTool: boolean;
}

/** A board's registers according to its logs, and the disagreements between logs. */
export interface Collected {
  readonly findings: readonly Finding[];
  readonly disputes: readonly Dispute[];
}

/** Registers for which all ones is a possible value: one bit a pin. */
const PINS = new Set(['GPIO_USE_SEL', 'GP_IO_SEL', 'GP_LVL', 'GPI_INV']);

const onesOf = (widthBits: number): number => 2 ** widthBits - 1;

/**
 * Refuses a value of all ones, as a bus reads on which nothing answers. Every register here has bits that are
 * always 0, so all ones are no value of it, and no lock. Source: PCI Local Bus Specification 3.0, 3.3.3.1
 * (Master-Abort); the reserved bits, the chips' datasheets.
 */
const answered = (name: string, reading: Reading, isDead = false): Reading =>
  isValue(reading) && reading.value === onesOf(reading.widthBits) && (isDead || !PINS.has(name))
    ? {
        why: `${reading.readFrom} is all ones: nothing decodes it, or it may not be read, and ones stand for no value`,
      }
    : reading;

interface Known {
  readonly source: Source;
  readonly reading: Read;
}

const disputeOf = (name: string, [first, ...others]: readonly Known[]): Dispute | undefined => {
  const other = others.find(({ reading }) => reading.value !== first!.reading.value);
  if (first === undefined || other === undefined) return undefined;
  const told = ({ reading: { value, widthBits }, source }: Known): string =>
    `${hexOf(value, widthBits / 4)} in ${source.file}`;
  return {
    name,
    values: `${told(first)}, ${told(other)}`,
    sameTool: first.source.kind === other.source.kind,
  };
};

/** The tools whose logs show most of the registers. */
export type Tool = 'lspci' | 'inteltool' | 'evidence';

/**
 * The tool that shows the registers of a block: inteltool prints neither the TCO block of its own nor what is
 * at PWRMBASE.
 */
const toolOf = (block: Block): Tool => (block === 'tco' || block === 'pwrm' ? 'evidence' : 'inteltool');

const notShown = (tool: Tool): string =>
  tool === 'evidence'
    ? 'lspci and inteltool do not show it; the script that underwatch audit --script prints reads it'
    : `no log of ${tool}: ${commandFor[tool]} shows it`;

/** A register's value from all logs together; `tool` shows registers of its kind, if one was run. */
const together = (
  name: string,
  sources: readonly Source[],
  tool: Tool,
  look: (source: Source) => Reading | undefined,
  isDead: (source: Source) => boolean = () => false,
): { readonly finding: Finding; readonly dispute?: Dispute } => {
  const readings = sources.flatMap((source) => {
    const reading = look(source);
    return reading === undefined ? [] : [{ source, reading: answered(name, reading, isDead(source)) }];
  });
  const known = readings.filter((each): each is Known => isValue(each.reading));
  const [first] = known;
  if (first === undefined) {
    const [why] = readings.flatMap(({ reading }) => ('why' in reading ? [reading.why] : []));
    return { finding: { name, why: why ?? notShown(tool) } };
  }
  const dispute = disputeOf(name, known);
  if (dispute !== undefined) return { finding: { name, why: 'the two logs disagree' }, dispute };
  return { finding: { name, ...first.reading } };
};

// Source of the addresses: Intel SDM, volume 4.
const MODEL_SPECIFIC: readonly BlockRegister[] = [
  { name: 'MSR_SMI_COUNT', offset: 0x34 },
  { name: 'IA32_FEATURE_CONTROL', offset: 0x3a },
  { name: 'IA32_MTRRCAP', offset: 0xfe },
  { name: 'IA32_SMRR_PHYSBASE', offset: 0x1f2 },
  { name: 'IA32_SMRR_PHYSMASK', offset: 0x1f3 },
];

// One entry if every core agrees; otherwise one a core, and the register as such stays unknown.
const ofCores = (name: string, { cores, readFrom }: OnCores): readonly Finding[] => {
  const values = [...cores];
  const [first] = values;
  if (first !== undefined && values.every(([, value]) => value === first[1]))
    return [{ name, widthBits: 64, value: first[1], readFrom: `${readFrom}, ${values.length} cores` }];
  return [
    { name, why: 'it differs between cores' },
    ...values.map(([core, value]) => ({
      name: `${name}[${core}]`,
      widthBits: 64 as const,
      value,
      readFrom: `${readFrom}, core ${core}`,
    })),
  ];
};

// Each of these registers has bits that are always 0.
const answeredOnCores = (reading: CoreReadings): CoreReadings =>
  'cores' in reading && [...reading.cores.values()].some((value) => value % 2 ** 32 === onesOf(32))
    ? { why: `${reading.readFrom} is all ones: it could not be read, and ones stand for no value` }
    : reading;

const modelSpecific =
  (sources: readonly Source[]) =>
  ({ name, offset }: BlockRegister): readonly Finding[] => {
    const readings = sources.flatMap((source) => source.msr(offset) ?? []).map(answeredOnCores);
    const known = readings.find((reading) => 'cores' in reading);
    if (known !== undefined) return ofCores(name, known);
    const [why] = readings.flatMap((reading) => ('why' in reading ? [reading.why] : []));
    return [{ name, why: why ?? notShown('inteltool') }];
  };

/** Every register that the layouts name, in their order, with its value from the logs. */
export const collect = (
  sources: readonly Source[],
  south: SouthbridgeLayout,
  north: NorthbridgeLayout | undefined,
): Collected => {
  const inConfig = (register: ConfigRegister) =>
    together(register.name, sources, 'lspci', ({ config }) => config(register));
  const inBlock = (block: Block, registers: readonly BlockRegister[]) => {
    // Pins may all be high, but not where every register of the block reads so.
    const isDead = (source: Source): boolean =>
      registers
        .flatMap((register) => source.block(block, register) ?? [])
        .filter(isValue)
        .every(({ value, widthBits }) => value === onesOf(widthBits));
    return registers.map((register) =>
      together(register.name, sources, toolOf(block), (source) => source.block(block, register), isDead),
    );
  };
  const groups = [
    south.config.map(inConfig),
    inBlock('pmbase', south.pmbase),
    inBlock('gpiobase', south.gpio),
    inBlock('rcba', south.rcba),
    inBlock('tco', south.tco),
    inBlock('pwrm', south.pwrm),
    (north?.config ?? []).map(inConfig),
    (north?.hidden ?? []).map((finding) => ({ finding })),
    MODEL_SPECIFIC.flatMap(modelSpecific(sources)).map((finding) => ({ finding })),
  ].flat();
  return {
    findings: groups.map(({ finding }) => finding),
    disputes: groups.flatMap((group) => ('dispute' in group && group.dispute ? [group.dispute] : [])),
  };
};

/** The tool whose log may show a register of a board with these bridges; undefined if none does. */
export const toolFor = (
  south: SouthbridgeLayout | undefined,
  north: NorthbridgeLayout | undefined,
  name: string,
): Tool | undefined => {
  const isAmong = (registers: readonly { readonly name: string }[] = []): boolean =>
    registers.some((register) => register.name === name);
  if (isAmong(south?.config) || isAmong(north?.config)) return 'lspci';
  const blocks = [south?.pmbase, south?.gpio, south?.rcba, MODEL_SPECIFIC];
  if (isAmong(south?.tco) || isAmong(south?.pwrm)) return 'evidence';
  return blocks.some(isAmong) ? 'inteltool' : undefined;
};
