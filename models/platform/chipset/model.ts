import {
  actionOf,
  booleans,
  defineModel,
  oneOf,
  type Choice,
  type Domain,
  type Model,
  type Value,
} from 'underwatch/model';
import { writeRegister } from './access/access.ts';
import { drivePin, elapseTimer, type ChipsetTimer } from './smi/events.ts';
import { bits, formatRegister, registerLayout } from './fields.ts';
import { DELIVERY_INVARIANTS, REGISTER_INVARIANTS } from './invariants.ts';
import { REGISTER_NAMES, REGISTERS } from './registers/index.ts';
import { survivors } from './reset.ts';
import { DEFAULT_SCOPE } from './scope.ts';
import { takeSmi } from './smi/smi.ts';
import type { RegisterName } from './state.ts';
import {
  booted,
  fieldWriteValue,
  observed,
  platformOf,
  type ChipsetParameters,
  type ChipsetSetting,
  type ChipsetSystem,
  type FieldWrite,
} from './system.ts';

const action = actionOf<ChipsetSystem, ChipsetSetting>();

/** The bits of a register on which a written 1 acts: a careful write of another field leaves them 0. */
const ACTING = Object.fromEntries(
  REGISTER_NAMES.map((name) => [
    name,
    REGISTERS[name].fields
      .filter(({ access }) => access === 'R/WC' || access === 'WO')
      .reduce((mask, field) => mask | bits(name, field.name).mask, 0),
  ]),
) as { readonly [name in RegisterName]: number };

const kindOf = ({ register, field, value }: FieldWrite): 'status' | 'eos' | 'other' => {
  if (register === 'SMI_EN' && field === 'EOS' && value === 1) return 'eos';
  return register === 'SMI_STS' || register === 'ALT_GP_SMI_STS' ? 'status' : 'other';
};

const isRegister = (name: string): name is RegisterName => Object.hasOwn(REGISTERS, name);

const presentValue = (path: string, value: Value): string | undefined => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return typeof value === 'number' && isRegister(name) ? formatRegister(name, value, 'bits') : undefined;
};

const presentStep = (name: string, choice: Choice): string | undefined => {
  if (name === 'write') {
    const { register, field, value } = choice['write'] as FieldWrite;
    return `OUT ${register}, ${field} := ${value.toString(16)}`;
  }
  if (name === 'drive') return `pin GPI${choice['gpi'] as number} := ${choice['high'] === true ? 1 : 0}`;
  return undefined;
};

type ActionName = 'write' | 'endSmi' | 'drive' | 'elapse' | 'take' | 'reset';
type InvariantName = keyof typeof REGISTER_INVARIANTS | keyof typeof DELIVERY_INVARIANTS;

/**
 * The model of the chipset by itself: software writes, the outside drives pins, time passes, the processors
 * take SMIs and end them.
 */
export const chipset: Model<ChipsetSystem, ChipsetParameters, never, ActionName, InvariantName> = defineModel(
  {
    id: 'chipset',
    says: 'the power management block of an Intel ICH or PCH: what raises an SMI, what gates it, and which locks hold the gates',
    defences: {},
    capabilities: {},
    parameters: DEFAULT_SCOPE,
    accepts: {
      behaviour: oneOf(['intel', 'qemu72-q35']),
      layout: oneOf(['ich9', 'series6to9', 'esb2-5000p']),
    },
    initial: (setting: ChipsetSetting) => booted(setting),
    actions: {
      write: action({
        actor: 'software',
        says: 'software writes one field of one register',
        choose: ({ parameters }): { write: Domain<FieldWrite> } => ({ write: oneOf(parameters.writes) }),
        then: (system, { write }, setting) =>
          observed(system, kindOf(write), (chip) => {
            const value = fieldWriteValue(chip, write, ACTING[write.register]);
            writeRegister(chip, platformOf(setting), write.register, value);
          }),
      }),
      endSmi: action({
        actor: 'handler',
        says: 'the SMI handler sets EOS',
        then: (system, _choice, setting) =>
          observed(system, 'eos', (chip) => {
            writeRegister(chip, platformOf(setting), 'SMI_EN', chip.SMI_EN | bits('SMI_EN', 'EOS').mask);
          }),
      }),
      drive: action({
        actor: 'wires',
        says: 'the outside drives a pin',
        choose: ({ parameters }): { gpi: Domain<number>; high: Domain<boolean> } => ({
          gpi: oneOf(parameters.gpis),
          high: booleans(),
        }),
        then: (system, { gpi, high }, setting) =>
          observed(system, 'other', (chip) => drivePin(chip, platformOf(setting), gpi, high ? 1 : 0)),
      }),
      elapse: action({
        actor: 'hardware',
        says: 'a timer expires',
        choose: ({ parameters }): { timer: Domain<ChipsetTimer> } => ({ timer: oneOf(parameters.timers) }),
        then: (system, { timer }, setting) =>
          observed(system, 'other', (chip) => elapseTimer(chip, platformOf(setting), timer)),
      }),
      take: action({
        actor: 'processor',
        says: 'the processors take the SMI',
        when: ({ chip }) => chip.smi === 'sent',
        then: (system) => {
          takeSmi(system.chip);
          system.last = 'other';
        },
      }),
      reset: action({
        actor: 'hardware',
        says: 'the platform is reset and firmware sets it up again',
        when: (_system, _choice, { parameters }) => parameters.reset,
        then: (system, _choice, setting) => {
          Object.assign(system, booted(setting, survivors(system.chip, platformOf(setting))));
        },
      }),
    },
    invariants: { ...REGISTER_INVARIANTS, ...DELIVERY_INVARIANTS },
    present: {
      step: (name, choice) => presentStep(name, choice),
      value: presentValue,
      register: (path, setting) => registerLayout(path, platformOf(setting).layout),
      hidden: ['sent', 'last'],
    },
  },
);
