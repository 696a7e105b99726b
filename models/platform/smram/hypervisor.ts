import { actionOf, integers, oneOf, type AnyAction, type Domain } from 'underwatch/model';
import { fieldValue, withField, writeRegister, type FieldWrite } from '../chipset/index.ts';
import { seesKey, smrrCovers, store, writeBack } from './access.ts';
import { platformOf } from './boot.ts';
import { route, type Address } from './memory-map.ts';
import type { SmramSetting } from './setting.ts';
import type { MapRegisterName, Smram } from './state.ts';

type HypervisorAction = AnyAction<Smram, SmramSetting>;
const action = actionOf<Smram, SmramSetting>();

/** Whether the hypervisor runs: the machine is on and no core is in SMM, where all of them go together. */
export const hypervisorRuns = ({ power, cores }: Smram): boolean =>
  power === 'on' && cores.every(({ runs }) => runs === 'hypervisor');

const ADDRESSES: Domain<Address> = oneOf(['SMRAM', 'reclaim window', 'ram', 'low', 'device']);
const SECRET: Domain<Address> = oneOf(['SMRAM', 'reclaim window']);
const cores = ({ parameters }: SmramSetting): Domain<number> => integers(0, parameters.cores - 1);

/**
 * A value for a register of the memory map. A type, not an interface: it is a choice, and so a plain value.
 */
type Move = { readonly register: MapRegisterName; readonly base: number };

/**
 * Registers of the memory map with the values that are worth writing: what the firmware chose, and one that
 * moves SMRAM.
 */
const MOVES: readonly Move[] = [
  { register: 'TOLUD', base: 4 },
  { register: 'TOLUD', base: 6 },
  { register: 'BGSM', base: 4 },
  { register: 'BGSM', base: 5 },
  { register: 'REMAPBASE', base: 4 },
  { register: 'REMAPBASE', base: 10 },
  { register: 'REMAPLIMIT', base: 3 },
  { register: 'REMAPLIMIT', base: 11 },
];

/** From the seventh generation on D_LCK freezes D_CLS too; 3200, 4 series and 5000P leave it writable. */
const keepsDCls = ({ chipset }: Smram, { parameters }: SmramSetting, { field }: FieldWrite): boolean =>
  field === 'D_CLS' &&
  parameters.layout === 'series6to9' &&
  fieldValue('SMRAMC', chipset.SMRAMC, 'D_LCK') === 1;

/** The hypervisor's actions with its cores, its devices and the registers that no lock holds. */
export const hypervisorActions: {
  readonly write: HypervisorAction;
  readonly move: HypervisorAction;
  readonly placeBar: HypervisorAction;
  readonly setMtrr: HypervisorAction;
  readonly placeApic: HypervisorAction;
  readonly store: HypervisorAction;
  readonly load: HypervisorAction;
  readonly writeBack: HypervisorAction;
  readonly dmaWrite: HypervisorAction;
  readonly dmaRead: HypervisorAction;
  readonly raise: HypervisorAction;
} = {
  write: action({
    actor: 'hypervisor',
    says: 'writes a field of SMRAMC, or of the registers of TSEG',
    needs: 'config',
    exists: ({ parameters }) => parameters.writes.length > 0,
    choose: ({ parameters }: SmramSetting) => ({ write: oneOf(parameters.writes) }),
    when: (state, { write }, setting) =>
      hypervisorRuns(state) &&
      !keepsDCls(state, setting, write) &&
      fieldValue(write.register, state.chipset[write.register], write.field) !== write.value,
    then: (draft, { write }, setting) => {
      const value = withField(write.register, draft.chipset[write.register], write.field, write.value);
      writeRegister(draft.chipset, platformOf(setting), write.register, value);
    },
  }),
  move: action({
    actor: 'hypervisor',
    says: 'writes a register of the memory map that is not locked',
    needs: 'config',
    exists: ({ parameters }) => parameters.segment === 'TSEG' && parameters.moves.length > 0,
    choose: ({ parameters }: SmramSetting) => ({
      to: oneOf(MOVES.filter(({ register }) => parameters.moves.includes(register))),
    }),
    when: (state, { to }) => {
      const { base, locked } = state.map[to.register];
      return hypervisorRuns(state) && !locked && base !== to.base;
    },
    then: (draft, { to }) => {
      draft.map[to.register].base = to.base;
    },
  }),
  placeBar: action({
    actor: 'hypervisor',
    says: 'places the window of a device that the handler drives',
    needs: 'config',
    choose: { bar: oneOf(['SMRAM', 'its own']) },
    when: (state, { bar }) => hypervisorRuns(state) && state.bar !== bar,
    then: (draft, { bar }) => {
      draft.bar = bar;
    },
  }),
  setMtrr: action({
    actor: 'hypervisor',
    says: 'gives SMRAM another memory type in the range registers of a core',
    needs: 'mtrr',
    choose: (setting: SmramSetting) => ({ core: cores(setting), mtrr: oneOf(['WB', 'UC']) }),
    when: (state, { core, mtrr }) => hypervisorRuns(state) && state.cores[core]!.mtrr !== mtrr,
    then: (draft, { core, mtrr }) => {
      draft.cores[core]!.mtrr = mtrr;
    },
  }),
  placeApic: action({
    actor: 'hypervisor',
    says: "places a core's local APIC",
    needs: 'apicBase',
    choose: (setting: SmramSetting) => ({ core: cores(setting), base: oneOf(['SMRAM', 'FEE00000h']) }),
    when: (state, { core, base }) => hypervisorRuns(state) && state.cores[core]!.apicBase !== base,
    then: (draft, { core, base }, setting) => {
      // WRMSR of IA32_APIC_BASE ends in #GP: the register is as it was.
      const faults = setting.defends('apicCheck') && smrrCovers(draft.cores[core]!, setting);
      if (base !== 'SMRAM' || !faults) draft.cores[core]!.apicBase = base;
    },
  }),
  store: action({
    actor: 'hypervisor',
    says: 'stores its own code or data',
    needs: 'store',
    choose: (setting: SmramSetting) => ({ core: cores(setting), address: ADDRESSES }),
    when: hypervisorRuns,
    then: (draft, { core, address }, setting) => store(draft, setting, core, address),
  }),
  load: action({
    actor: 'hypervisor',
    says: 'loads from where the handler and its key are; ones come back if they cannot be seen',
    needs: 'load',
    choose: (setting: SmramSetting) => ({ core: cores(setting), address: SECRET }),
    when: (state) => hypervisorRuns(state) && !state.keyRead,
    then: (draft, { core, address }, setting) => {
      if (seesKey(draft, setting, core, address)) draft.keyRead = true;
    },
  }),
  writeBack: action({
    actor: 'hypervisor',
    says: 'has a core write its line of SMRAM back and forget it (WBINVD)',
    needs: 'store',
    choose: (setting: SmramSetting) => ({ core: cores(setting) }),
    when: (state, { core }) => hypervisorRuns(state) && state.cores[core]!.line !== 'none',
    then: (draft, { core }, setting) => writeBack(draft, setting, core),
  }),
  dmaWrite: action({
    actor: 'device',
    says: 'writes memory as the hypervisor programmed it, at any time',
    needs: 'dma',
    choose: { address: SECRET },
    when: (state, { address }, setting) =>
      state.power === 'on' &&
      !['nowhere', 'device'].includes(
        route(state, setting, { by: 'device', smm: false, kind: 'data' }, address),
      ),
    then: (draft, { address }, setting) => {
      const target = route(draft, setting, { by: 'device', smm: false, kind: 'data' }, address);
      if (target !== 'nowhere') draft.memory[target] = 'adversary';
    },
  }),
  dmaRead: action({
    actor: 'device',
    says: 'reads memory as the hypervisor programmed it, and gets the handler and its key',
    needs: 'dma',
    choose: { address: SECRET },
    when: (state, { address }, setting) =>
      state.power === 'on' &&
      route(state, setting, { by: 'device', smm: false, kind: 'data' }, address) === 'smram',
    then: (draft) => {
      draft.keyRead = true;
    },
  }),
  raise: action({
    actor: 'hypervisor',
    says: 'raises an SMI with a request; every core enters SMM',
    needs: 'smi',
    choose: ({ parameters }: SmramSetting) => ({ request: oneOf(parameters.requests) }),
    when: hypervisorRuns,
    then: (draft, { request }) => {
      draft.request = request;
      for (const core of draft.cores) core.runs = 'entry';
    },
  }),
};
