import { match, P } from 'ts-pattern';
import type { Choice, Presentation, Value } from 'underwatch/model';
import { formatRegister, type FieldWrite, type RegisterName } from '../chipset/index.ts';
import type { SmramSetting } from './setting.ts';
import type { Smram } from './state.ts';

const REGISTERS: readonly string[] = ['SMRAMC', 'ESMRAMC', 'TSEGMB'];

const addressText = (address: string, { parameters }: SmramSetting): string =>
  match(address)
    .with('SMRAM', () => `SMRAM (${parameters.segment})`)
    .with('low', () => 'low memory (38000h, and where null pointers lead)')
    .with('ram', () => 'its own memory')
    .with('device', () => "a device's memory")
    .otherwise(() => `the ${address}, above 4 GiB`);

const stepText = (name: string, choice: Choice, _state: Smram, setting: SmramSetting): string | undefined =>
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
    .with(
      { name: 'store', choice: { core: P.number, address: P.string } },
      ({ choice: { core, address } }) => `core ${core}: stores to ${addressText(address, setting)}`,
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
          .with('fetch', () => `core ${core}: first fetch in SMM`)
          .with('loadData', () => `core ${core}: the handler loads its data`)
          .with('plunder', () => `core ${core}: the adversary's code in SMM reads the key`)
          .with('implant', () => `core ${core}: the adversary's code in SMM rewrites the handler`)
          .with('writeBack', () => `core ${core}: WBINVD`)
          .exhaustive(),
    )
    .otherwise(() => undefined);

const valueText = (path: string, value: Value): string | undefined => {
  const [owner, register] = path.split('.');
  if (owner !== 'chipset' || typeof value !== 'number' || register === undefined) return undefined;
  return REGISTERS.includes(register) ? formatRegister(register as RegisterName, value, 'bits') : undefined;
};

/** Steps and registers as the datasheets name them. */
export const present: Presentation<Smram, SmramSetting> = { step: stepText, value: valueText };
