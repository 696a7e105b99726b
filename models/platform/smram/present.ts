import { match, P } from 'ts-pattern';
import type { Choice, Presentation, Value } from 'underwatch/model';
import {
  fieldValue,
  formatRegister,
  layouts,
  registerLayout,
  type FieldWrite,
  type RegisterName,
} from '../chipset/index.ts';
import { targetOf } from './access.ts';
import type { Address } from './memory-map.ts';
import type { Request, SmramSetting } from './setting.ts';
import { contentAt } from './smm.ts';
import type { Smram } from './state.ts';

const REGISTERS: readonly string[] = ['SMRAMC', 'ESMRAMC', 'TSEGMB', 'EXSMRC', 'EXSMRTOP'];

const addressText = (address: string, { parameters }: SmramSetting): string =>
  match(address)
    .with('SMRAM', () => `SMRAM (${parameters.segment})`)
    .with('low', () => 'low memory (38000h, and where null pointers lead)')
    .with('ram', () => 'its own memory')
    .with('device', () => "a device's memory")
    .otherwise(() => `the ${address}, above 4 GiB`);

/** What a store meets: where SMRAM is closed at A0000h, the frame buffer behind it. */
const storeText = (state: Smram, setting: SmramSetting, core: number, address: Address): string => {
  const isFrameBuffer = address === 'SMRAM' && targetOf(state, setting, core, 'data', address) === 'device';
  return isFrameBuffer
    ? `core ${core}: stores to A0000h: the frame buffer, while SMRAM is closed`
    : `core ${core}: stores to ${addressText(address, setting)}`;
};

const FOUND = {
  handler: 'the handler',
  adversary: "the adversary's code",
  other: 'nothing that runs',
} as const;

const fetchText = (state: Smram, setting: SmramSetting, core: number): string => {
  const address = state.cores[core]!.smbase === 'SMRAM' ? 'SMRAM' : 'low';
  return `core ${core}: first fetch in SMM: ${FOUND[contentAt(state, setting, core, 'code', address)]}`;
};

const loadText = (state: Smram, setting: SmramSetting, core: number): string => {
  const isClosed = fieldValue('SMRAMC', state.chipset.SMRAMC, 'D_CLS') === 1;
  if (isClosed && setting.defends('opensItsData')) return `core ${core}: clears D_CLS, loads its data`;
  const found = match(targetOf(state, setting, core, 'data', 'SMRAM'))
    .with('apic', () => 'zeros, out of the local APIC')
    .with('device', () => "a device's memory, with the adversary's pointers")
    .otherwise(() => 'its own');
  return `core ${core}: loads its data: ${found}`;
};

const served: { readonly [request in Request]: string } = {
  nothing: 'has nothing to do',
  'runtime service': 'is asked for a runtime service',
  'read for me': "copies out of the caller's buffer",
  'write for me': "writes into the caller's buffer",
  'drive the device': "writes to the device's window",
};

const simple: { readonly [action: string]: string } = {
  leave: 'all cores: RSM',
  editScript: 'takes the locks out of the S3 boot script',
  suspend: 'suspends the machine to RAM',
  resume: 'resets the registers, sets SMM up, runs the boot script',
};

const stepText = (name: string, choice: Choice, state: Smram, setting: SmramSetting): string | undefined =>
  match({ name, choice })
    .with({ name: 'write', choice: { write: P.any } }, ({ choice: { write } }) => {
      const { register, field, value } = write as FieldWrite;
      return `${register}.${field} := ${value}`;
    })
    .with(
      { name: 'move', choice: { to: { register: P.string, base: P.number } } },
      ({ choice: { to } }) => `${to.register} := ${to.base} MB of the scaled-down map`,
    )
    .with(
      { name: 'setMtrr', choice: { core: P.number, mtrr: P.string } },
      ({ choice: { core, mtrr } }) => `core ${core}: a range register makes SMRAM ${mtrr}`,
    )
    .with(
      { name: 'placeApic', choice: { core: P.number, base: P.string } },
      ({ choice: { core, base } }) => `core ${core}: IA32_APIC_BASE := ${base}`,
    )
    .with({ name: 'placeBar', choice: { bar: P.string } }, ({ choice: { bar } }) =>
      bar === 'SMRAM' ? "places a device's window over SMRAM" : "puts the device's window back",
    )
    .with({ name: 'store', choice: { core: P.number, address: P.string } }, ({ choice: { core, address } }) =>
      storeText(state, setting, core, address as Address),
    )
    .with(
      { name: 'load', choice: { core: P.number, address: P.string } },
      ({ choice: { core, address } }) =>
        `core ${core}: loads from ${addressText(address, setting)}, and sees the key`,
    )
    .with(
      { name: 'dmaWrite', choice: { address: P.string } },
      ({ choice: { address } }) => `DMA writes to ${addressText(address, setting)}`,
    )
    .with(
      { name: 'dmaRead', choice: { address: P.string } },
      ({ choice: { address } }) => `DMA reads from ${addressText(address, setting)}, and gets the key`,
    )
    .with({ name: 'raise', choice: { request: P.string } }, ({ choice: { request } }) =>
      request === 'nothing' ? 'raises an SMI' : `raises an SMI; asks the handler: ${request}`,
    )
    .with(
      { name: P.union('fetch', 'loadData', 'plunder', 'implant', 'writeBack'), choice: { core: P.number } },
      ({ name: action, choice: { core } }) =>
        match(action)
          .with('fetch', () => fetchText(state, setting, core))
          .with('loadData', () => loadText(state, setting, core))
          .with('plunder', () => `core ${core}: the adversary's code in SMM reads the key`)
          .with('implant', () => `core ${core}: the adversary's code in SMM rewrites the handler`)
          .with('writeBack', () => `core ${core}: WBINVD`)
          .exhaustive(),
    )
    .with({ name: 'serve' }, () => served[state.request])
    .otherwise(() => simple[name]);

const valueText = (path: string, value: Value): string | undefined => {
  const [owner, register] = path.split('.');
  if (owner !== 'chipset' || typeof value !== 'number' || register === undefined) return undefined;
  return REGISTERS.includes(register) ? formatRegister(register as RegisterName, value, 'bits') : undefined;
};

/** Prints steps and registers as the datasheets name them. */
export const present: Presentation<Smram, SmramSetting> = {
  step: stepText,
  value: valueText,
  register: (path, { parameters }) => registerLayout(path, layouts[parameters.layout]),
  hidden: ['keyRead'],
};
