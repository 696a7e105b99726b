import { match } from 'ts-pattern';
import { actionOf, booleans, oneOf, type AnyAction } from 'underwatch/model';
import { sendsIpis } from '../../platform/apic/index.ts';
import { latchSmi } from '../../platform/cores/index.ts';
import {
  goesOn,
  retires,
  retiresOnCore,
  roams,
  runsFreely,
  spend,
  spendOnCore,
  undecided,
} from './machine.ts';
import type { MeasurementSetting } from './setting.ts';
import { timesOf } from './times.ts';
import type { Measurement } from './state.ts';

type HypervisorAction = AnyAction<Measurement, MeasurementSetting>;
const action = actionOf<Measurement, MeasurementSetting>();

/** The changes that one store to memory can make, here and by DMA. */
export const STORES = [
  { to: 'agent', value: 'altered' },
  { to: 'agent', value: 'genuine' },
  { to: 'mapping', value: 'alias' },
  { to: 'mapping', value: 'agent' },
  { to: 'gates', value: 'hypervisor' },
  { to: 'output', value: 'clean' },
] as const;

const calm = ({ handler }: Measurement): boolean => handler.phase === 'idle';

/** The hypervisor's actions on the measuring core, or on any core that is not frozen. */
export const ownActions: {
  readonly [
    name in 'store' | 'hide' | 'vanish' | 'restore' | 'sendSmi' | 'sendNmi' | 'armTimer'
  ]: HypervisorAction;
} = {
  store: action({
    actor: 'hypervisor',
    says: 'writes to memory',
    needs: 'memory',
    choose: { write: oneOf(STORES) },
    when: (state, { write }) => retires(state) && state.memory[write.to] !== write.value,
    then: (draft, { write }, setting) => {
      spend(draft, timesOf(setting).instructionNs, setting);
      Object.assign(draft.memory, { [write.to]: write.value });
    },
  }),
  hide: action({
    actor: 'hypervisor',
    says: 'takes its modification out, all but the last instruction of it',
    needs: 'hide',
    when: (state) => runsFreely(state) && state.kernel === 'modified',
    then: (draft, _, setting) => {
      spend(draft, Math.max(0, setting.parameters.scrubNs - timesOf(setting).instructionNs), setting);
      draft.kernel = 'hiding';
    },
  }),
  vanish: action({
    actor: 'hypervisor',
    says: 'the last instruction of hiding: from now on nothing is found',
    needs: 'hide',
    when: (state) => retires(state) && state.kernel === 'hiding',
    then: (draft, _, setting) => {
      spend(draft, timesOf(setting).instructionNs, setting);
      draft.kernel = 'hidden';
    },
  }),
  restore: action({
    actor: 'hypervisor',
    says: 'puts its modification back',
    needs: 'hide',
    when: (state) => runsFreely(state) && (state.kernel === 'hidden' || state.kernel === 'hiding'),
    then: (draft, _, setting) => {
      spend(draft, setting.parameters.scrubNs, setting);
      draft.kernel = 'modified';
    },
  }),
  sendSmi: action({
    actor: 'hypervisor',
    says: 'sends itself an SMI through the local APIC',
    needs: 'apic',
    // Before SMI#1 the check of slide 14 would reject it; the invocation has those.
    when: (state) => retiresOnCore(state) && !state.core.pending && !calm(state) && sendsIpis(state.apic),
    then: (draft, _, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      latchSmi(draft.core);
    },
  }),
  sendNmi: action({
    actor: 'hypervisor',
    says: 'sends an NMI to the measuring core',
    needs: 'nmi',
    when: (state) => state.others.some(roams) && undecided(state) && !state.core.nmi,
    then: (draft, _, setting) => {
      spend(draft, timesOf(setting).instructionNs, setting);
      draft.core.nmi = true;
    },
  }),
  armTimer: action({
    actor: 'hypervisor',
    says: 'arms a source of SMIs that will go off later',
    needs: 'timers',
    when: (state) => retires(state) && !state.timer,
    then: (draft, _, setting) => {
      spend(draft, timesOf(setting).instructionNs, setting);
      draft.timer = true;
    },
  }),
};

/** The hypervisor's actions on registers of the measuring core, and its jumps. */
export const coreActions: {
  readonly [
    name in
      | 'run'
      | 'goOn'
      | 'sti'
      | 'jump'
      | 'setDr7'
      | 'lidt'
      | 'touch'
      | 'setTsc'
      | 'setVmcs'
      | 'enterGuest'
      | 'finishExit'
  ]: HypervisorAction;
} = {
  run: action({
    actor: 'hypervisor',
    says: 'runs its guest, or interrupts it',
    when: (state) => undecided(state) && calm(state) && goesOn(state),
    then: (draft) => {
      const toGuest = draft.core.mode === 'host';
      draft.core.mode = toGuest ? 'guest' : 'host';
      draft.core.at = toGuest ? 'guest' : 'hypervisor';
      draft.core.cr3 = toGuest && draft.vmcs.guest === 'ordinary' ? 'other' : 'hypervisor';
    },
  }),
  sti: action({
    actor: 'hypervisor',
    says: 'sets IF',
    needs: 'interrupts',
    when: (state) => retiresOnCore(state) && !state.core.interrupts,
    then: (draft, _, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      draft.core.interrupts = true;
    },
  }),
  goOn: action({
    actor: 'hypervisor',
    says: 'retires the instruction that is in flight when SMI#2 is sent',
    when: (state) => state.handler.phase === 'armed' && state.core.pending && retiresOnCore(state),
    then: (draft, _, setting) => spendOnCore(draft, timesOf(setting).instructionNs, setting),
  }),
  jump: action({
    actor: 'hypervisor',
    says: 'goes to an address',
    needs: 'jump',
    choose: { to: oneOf(['host entry', 'agent exit']) },
    when: (state, { to }) =>
      retiresOnCore(state) &&
      state.handler.phase === (to === 'host entry' ? 'armed' : 'running') &&
      state.core.at !== to,
    then: (draft, { to }, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      draft.core.at = to;
    },
  }),
  setDr7: action({
    actor: 'hypervisor',
    says: 'enables a breakpoint, or DR7.GD, or disables all',
    needs: 'dr7',
    choose: { on: booleans() },
    when: (state, { on }) => retiresOnCore(state) && state.core.breakpoints !== on,
    then: (draft, { on }, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      draft.core.breakpoints = on;
    },
  }),
  lidt: action({
    actor: 'hypervisor',
    says: 'LIDT: an IDT of its own',
    needs: 'lidt',
    when: (state) => retiresOnCore(state) && !state.core.ownIdt,
    then: (draft, _, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      draft.core.ownIdt = true;
    },
  }),
  touch: action({
    actor: 'hypervisor',
    says: "reads the agent's address, so that the TLB keeps where it leads",
    needs: 'tlb',
    when: (state) => retiresOnCore(state) && state.core.tlb !== state.memory.mapping,
    then: (draft, _, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      draft.core.tlb = draft.memory.mapping;
    },
  }),
  setTsc: action({
    actor: 'hypervisor',
    says: 'sets the time-stamp counter back to when SMI#1 ended',
    needs: 'tsc',
    exists: ({ parameters }) => parameters.clock === 'TSC',
    when: (state) => retiresOnCore(state) && state.handler.elapsedNs > 0,
    then: (draft, _, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      draft.handler.elapsedNs = 0;
    },
  }),
  setVmcs: action({
    actor: 'hypervisor',
    says: 'sets a field of the VMCS',
    needs: 'vmcs',
    choose: {
      field: oneOf(['stops counter at VM exit', 'decoy entry', 'guest: same CR3', 'guest: same CR3 and RIP']),
    },
    when: (state, { field }) =>
      calm(state) &&
      retiresOnCore(state) &&
      match(field)
        .with('stops counter at VM exit', () => !state.vmcs.stopsCounter)
        .with('decoy entry', () => state.vmcs.entry === 'genuine')
        .with('guest: same CR3', 'guest: same CR3 and RIP', () => state.vmcs.guest === 'ordinary')
        .exhaustive(),
    then: ({ vmcs }, { field }) =>
      match(field)
        .with('stops counter at VM exit', () => {
          vmcs.stopsCounter = true;
        })
        .with('decoy entry', () => {
          vmcs.entry = 'decoy';
        })
        .with('guest: same CR3', () => {
          vmcs.guest = 'same CR3';
        })
        .with('guest: same CR3 and RIP', () => {
          vmcs.guest = 'same CR3 and RIP';
        })
        .exhaustive(),
  }),
  enterGuest: action({
    actor: 'hypervisor',
    says: 'VM entry to an address of its choice, with nested paging and the counter running',
    needs: 'vmEntry',
    choose: { to: oneOf(['host entry', 'injected', 'behind']) },
    when: (state) => retiresOnCore(state) && !state.core.pending && state.handler.phase === 'armed',
    then: (draft, { to }, setting) => {
      spendOnCore(draft, timesOf(setting).vmEntryNs, setting);
      draft.core.mode = 'guest';
      draft.core.at = to;
      // The hypervisor chooses the guest's CR3; nested paging, which the save state does not show, does the
      // rest.
      draft.core.cr3 = 'hypervisor';
      draft.counter = 'armed';
    },
  }),
  finishExit: action({
    actor: 'hypervisor',
    says: 'handles the VM exit that it finds after the measurement, and goes back to its guest',
    when: ({ core, handler }) => handler.phase === 'done' && core.mode === 'host' && core.exit !== 'none',
    then: (draft, _, { parameters }) => {
      const { core, vmcs } = draft;
      const skips = core.exit === 'fallback' && parameters.finishesExit === 'by reason';
      core.mode = 'guest';
      core.at = skips ? 'behind' : 'guest';
      core.cr3 = vmcs.guest === 'ordinary' ? 'other' : 'hypervisor';
      core.exit = 'none';
      core.interrupts = vmcs.guestInterrupts;
      core.breakpoints = vmcs.guestBreakpoints;
    },
  }),
};
