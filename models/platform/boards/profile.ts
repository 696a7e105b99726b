import type { FaultCode, FaultDetails } from 'underwatch/model';
import type { Chip } from './logs/inteltool.ts';
import type { BiosFlag, FlagRule, NorthbridgeLock, SouthbridgeLock } from './layout.ts';
import { layoutOfGeneration, northbridgeLayout, southbridgeLayout } from './layouts.ts';
import { registerValue, type BoardReadings } from './readings.ts';
import { unknownChipset } from './logs/refusals.ts';
import { smrrFacts, type SmrrFacts } from './smrr.ts';
import { bitOf } from './logs/text.ts';

/** `unknown`: the logs do not show it. `absent`: this generation of chipset does not have it. */
export type FlagState = 'set' | 'clear' | 'unknown' | 'absent';

export interface Flag<Name extends string> {
  readonly name: Name;
  readonly state: FlagState;
  readonly says: string;
  readonly readFrom: string;
}

export type LockName = SouthbridgeLock | NorthbridgeLock;
export type Lock = Flag<LockName>;

/** Whether the chipset model describes how this board turns a general-purpose input into an SMI. */
export type Invocation = 'modelled' | { readonly unsupported: FaultDetails & { readonly code: FaultCode } };

/** A real board as a starting point for models: its chips, its register values, its locks. */
export interface PlatformProfile extends Omit<BoardReadings, 'southbridge' | 'northbridge' | 'generation'> {
  readonly chipset: {
    readonly generation: string;
    readonly southbridge: Chip;
    readonly northbridge: Chip;
  };
  readonly locks: readonly Lock[];
  /** The protection of the BIOS flash. */
  readonly bios: readonly Flag<BiosFlag>[];
  readonly smrr: SmrrFacts;
  readonly invocation: Invocation;
}

const nowhere = 'not in the logs';

const flagOf = <Name extends string>(readings: BoardReadings, name: Name, rule: FlagRule): Flag<Name> => {
  if (rule.kind === 'absent')
    return { name, state: 'absent', says: `${name} ${rule.says}`, readFrom: nowhere };
  const told = readings.told?.[name];
  const isShown = rule.kind === 'bit' && readings.registers.some((each) => each.name === rule.register);
  if (told !== undefined && !isShown)
    return {
      name,
      state: told.isSet ? 'set' : 'clear',
      says: `the log says in words that ${name} is ${told.isSet ? 'set' : 'clear'}`,
      readFrom: told.readFrom,
    };
  if (rule.kind === 'out-of-reach')
    return { name, state: 'unknown', says: `it cannot be read: ${rule.says}`, readFrom: nowhere };
  const register = readings.registers.find((each) => each.name === rule.register);
  if (register === undefined) {
    const why = readings.unknown.find((each) => each.name === rule.register)?.why ?? 'it was not read';
    return { name, state: 'unknown', says: `${rule.register} is not known: ${why}`, readFrom: nowhere };
  }
  const readFrom = `${register.readFrom} bit ${rule.bit}`;
  const where = `${rule.register} bit ${rule.bit}`;
  return bitOf(register.value, rule.bit)
    ? { name, state: 'set', says: `${where} is 1, which ${rule.says}`, readFrom }
    : { name, state: 'clear', says: `${where} is 0; as 1 it ${rule.says}`, readFrom };
};

const flagsOf = <Name extends string>(
  readings: BoardReadings,
  rules: { readonly [name in Name]: FlagRule },
): readonly Flag<Name>[] => (Object.keys(rules) as Name[]).map((name) => flagOf(readings, name, rules[name]));

const pathToSmi = ['GPIO_ROUT', 'SMI_EN', 'SMI_STS', 'ALT_GP_SMI_EN', 'ALT_GP_SMI_STS'];

const invocationOf = (readings: BoardReadings, differs: string | undefined): Invocation => {
  if (differs !== undefined)
    return {
      unsupported: {
        code: 'UW404',
        where: `${readings.name}: south bridge ${readings.southbridge.id} (${readings.southbridge.name})`,
        expected: 'GPIO_ROUT, ALT_GP_SMI_EN and ALT_GP_SMI_STS, as from ICH9 to the 9 series',
        got: differs,
        likely: 'the board is newer than the GPI path that the chipset model describes',
        next: 'read the locks of this board; questions about invocation have no answer here',
      },
    };
  const missing = pathToSmi.filter((name) => registerValue(readings, name) === undefined);
  const [first] = missing;
  if (first === undefined) return 'modelled';
  return {
    unsupported: {
      code: 'UW405',
      where: `${readings.name}: ${missing.join(', ')}`,
      expected: 'the registers between a general-purpose input and its SMI',
      got: readings.unknown.find(({ name }) => name === first)?.why ?? 'they were not read',
      likely: 'an inteltool that cannot dump this block, or not run as root',
      next: 'run a current inteltool -a as root and read the board again',
    },
  };
};

/**
 * Derives the facts about a board from its registers: its locks, the protection of its flash, its SMRR, and
 * whether the chipset model fits it.
 *
 * @throws Fault UW404 if the south bridge is not one whose registers are known.
 */
export const profileOf = (readings: BoardReadings): PlatformProfile => {
  const south = southbridgeLayout(readings.southbridge.id) ?? layoutOfGeneration(readings.generation);
  if (south === undefined) throw unknownChipset(readings.name, readings.southbridge, readings.northbridge);
  const north = northbridgeLayout(readings.northbridge.id);
  const notKnown: FlagRule = {
    kind: 'out-of-reach',
    says: `the host bridge ${readings.northbridge.id} is not one whose registers are known`,
  };
  const { southbridge, northbridge, generation: _generation, ...rest } = readings;
  return {
    ...rest,
    chipset: { generation: south.generation, southbridge, northbridge },
    locks: [
      ...flagsOf(readings, south.locks),
      ...flagsOf(readings, north?.locks ?? { D_LCK: notKnown, TSEG_LOCK: notKnown }),
    ],
    bios: flagsOf(readings, south.bios),
    smrr: smrrFacts(readings, north?.tseg),
    invocation: invocationOf(readings, south.gpiToSmi === 'alt-gp-smi' ? undefined : south.gpiToSmi.differs),
  };
};
