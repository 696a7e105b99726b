import { defineModel, integers, type Choice, type Invariant, type Model, type Value } from 'underwatch/model';
import {
  fieldValue,
  formatRegister,
  registerLayout,
  REGISTER_NAMES,
  resetChipset,
  withField,
  type FieldWrite,
  type RegisterName,
} from '../chipset/index.ts';
import { flashActions, PCH } from './actions.ts';
import {
  capabilities,
  defences,
  type BiosFlash,
  type Defence,
  type FlashSetting,
  type Parameters,
} from './state.ts';

/** BIOSWE, and the two enables without which setting it raises no SMI. */
const WRITES: readonly FieldWrite[] = [
  { register: 'BIOS_CNTL', field: 'BIOSWE', value: 1 },
  { register: 'BIOS_CNTL', field: 'SMM_BWP', value: 0 },
  { register: 'SMI_EN', field: 'GBL_SMI_EN', value: 0 },
  { register: 'SMI_EN', field: 'TCO_EN', value: 0 },
];

const initial = ({ parameters, defends }: FlashSetting): BiosFlash => {
  const set = (register: RegisterName, value: number, field: string, defence: Defence): number =>
    withField(register, value, field, defends(defence) ? 1 : 0);
  return {
    chipset: resetChipset(PCH, {
      SMI_EN: parameters.smiEn,
      BIOS_CNTL: set('BIOS_CNTL', set('BIOS_CNTL', 0, 'BLE', 'ble'), 'SMM_BWP', 'smmBwp'),
      GEN_PMCON_1: set('GEN_PMCON_1', 0, 'SMI_LOCK', 'smiLock'),
      TCO1_CNT: set('TCO1_CNT', 0, 'TCO_LOCK', 'tcoLock'),
    }),
    cores: Array.from({ length: parameters.cores }, () => 'os' as const),
    flash: 'firmware',
  };
};

const bioswe = ({ chipset }: BiosFlash): number => fieldValue('BIOS_CNTL', chipset.BIOS_CNTL, 'BIOSWE');
const inSmm = ({ cores }: BiosFlash): boolean => cores.every((core) => core === 'smm');

const invariants: {
  readonly [id in 'I-FLASH' | 'I-HANDLED' | 'I-TAKEN-BACK']: Invariant<BiosFlash, FlashSetting>;
} = {
  'I-FLASH': {
    kind: 'always',
    says: 'The flash holds what the firmware put there.',
    source: 'CHIPSEC, modules bios_wp and bios_smi; HyperSentry slide 15: trust begins with a measured boot',
    holds: ({ flash }) => flash === 'firmware',
  },
  'I-HANDLED': {
    kind: 'sometimes',
    says: 'Setting BIOSWE can bring every core into SMM.',
    source: 'Lynx Point reference header, BIOS_CNTL: BLE',
    witness: inSmm,
  },
  'I-TAKEN-BACK': {
    kind: 'never-step',
    says: 'BIOSWE is taken back with every core in SMM, and they come back at once, with no other SMI before them.',
    source:
      'Lynx Point reference header, BIOS_CNTL: BLE; CHIPSEC, module bios_wp; 6 series datasheet, SMI_EN: EOS',
    given: (before, after) => inSmm(before) || (bioswe(before) === 1 && bioswe(after) === 0),
    bad: (before, after) =>
      !inSmm(before) || after.cores.some((core) => core !== 'os') || bioswe(after) === 1,
  },
};

const stepText = (name: string, choice: Choice): string | undefined => {
  if (name === 'write') {
    const { register, field, value } = choice['write'] as unknown as FieldWrite;
    return `core ${choice['core'] as number}: ${register}.${field} := ${value}`;
  }
  if (name === 'program') return `core ${choice['core'] as number}: writes the flash`;
  if (name === 'handle') return 'clears BIOSWE and the status, sets EOS, RSM';
  return name === 'enter' ? `core ${choice['core'] as number} enters SMM` : undefined;
};

const names: readonly string[] = REGISTER_NAMES;

const valueText = (path: string, value: Value): string | undefined => {
  const [owner, register] = path.split('.');
  if (owner !== 'chipset' || typeof value !== 'number' || register === undefined) return undefined;
  return names.includes(register) ? formatRegister(register as RegisterName, value, 'bits') : undefined;
};

// GBL_SMI_EN, EOS, SLP_SMI_EN, APMC_EN, TCO_EN, as coreboot sets it.
const SMI_EN = 0x2033;

const defaults: Parameters = { cores: 2, writes: WRITES, synchronousSmi: true, smiEn: SMI_EN };

/**
 * The BIOS flash behind BIOSWE: with BLE, setting it raises an SMI whose handler clears it again; with
 * SMM_BWP flash is written in SMM only. What the flash holds is what locks SMRAM at the next boot.
 */
export const biosFlash: Model<
  BiosFlash,
  Parameters,
  Defence,
  keyof typeof flashActions,
  keyof typeof invariants
> = defineModel({
  id: 'bios-flash',
  says: 'the BIOS flash: who can write it, in spite of BLE, SMM_BWP and their locks',
  defences,
  capabilities,
  parameters: defaults,
  accepts: { cores: integers(1, 16) },
  initial,
  actions: flashActions,
  invariants,
  interchangeable: ['cores'],
  present: { step: stepText, value: valueText, register: (path) => registerLayout(path, PCH.layout) },
});
