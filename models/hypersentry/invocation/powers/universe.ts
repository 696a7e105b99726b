import type { Universe } from 'underwatch/model';
import {
  REGISTER_NAMES,
  REGISTERS,
  type ChipsetTimer,
  type Field,
  type FieldWrite,
} from '../../../platform/chipset/index.ts';
import type { HyperSentrySetting, Parameters } from '../setting.ts';

const TIMERS: readonly ChipsetTimer[] = ['periodic', 'software', 'tco', 'rtc', 'smbus'];
/**
 * Ports at which an access alone has an effect: of the microcontroller, and one that nothing decodes, for a
 * trap.
 */
const PORTS = { '62h': 0x62, '66h': 0x66, '80h': 0x80 } as const;
const PINS = Array.from({ length: 16 }, (_, gpi) => gpi);

/** The values to write to a field: 0 and 1; for a wide field also all ones and the bit of the pin. */
const valuesFor = ({ access, width }: Field, gpi: number): readonly number[] => {
  if (access === 'R/WC' || access === 'WO') return [2 ** width - 1];
  if (width === 1) return [0, 1];
  return [...new Set([0, 1, 2 ** width - 1, ...(width >= 16 ? [(1 << gpi) >>> 0] : [])])];
};

const isWritable = ({ access }: Field): boolean => access !== 'RO' && access !== 'RO/V';

/** Every field of the layout that software can write, by register and name. */
const writesOf = ({ gpi, layout }: Parameters): { readonly [field: string]: readonly FieldWrite[] } =>
  Object.fromEntries(
    REGISTER_NAMES.filter((register) => REGISTERS[register].location[layout] !== null).flatMap((register) =>
      REGISTERS[register].fields
        .filter((field) => isWritable(field) && (field.only?.includes(layout) ?? true))
        .map((field): readonly [string, readonly FieldWrite[]] => [
          `${register}.${field.name}`,
          valuesFor(field, gpi).map((value) => ({ register, field: field.name, value })),
        ]),
    ),
  );

/**
 * The behaviours on which sources disagree or are silent: each switch the other way. QEMU's own deviations
 * are left out.
 */
const UNSETTLED = {
  acpiEnGatesSmi: true,
  altStsLatchesUnrouted: false,
  eosWriteZeroClears: true,
  firstSmiIgnoresEos: false,
  gleCoversGpiInv: true,
  gleCoversGpiRout: true,
  pm1SummaryNeedsEnable: true,
  trapEndsCycle: true,
} as const;

/**
 * All that a scenario of the invocation could list: fields, ports, timers, pins, registers to poll, and
 * unsettled behaviours.
 */
export const universe = ({ parameters }: HyperSentrySetting): Universe<Parameters> => ({
  behaviour: Object.fromEntries(Object.entries(UNSETTLED).map(([name, value]) => [name, { [name]: value }])),
  writes: writesOf(parameters),
  ports: Object.fromEntries(Object.entries(PORTS).map(([name, port]) => [name, [port]])),
  polls: Object.fromEntries(REGISTER_NAMES.map((name) => [name, [name]])),
  timers: Object.fromEntries(TIMERS.map((timer) => [timer, [timer]])),
  otherGpis: Object.fromEntries(
    PINS.filter((gpi) => gpi !== parameters.gpi).map((gpi) => [`GPI${gpi}`, [gpi]]),
  ),
});
