import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import { actionOf, booleans, oneOf, type AnyAction } from 'underwatch/model';
import { gpiSmis, type RegisterName } from '../../platform/chipset/index.ts';
import { latchSmi, releaseSmi, retireOne } from '../../platform/cores/index.ts';
import { isEffective, isPort, writeField } from './field-write.ts';
import { hasTime, hideWorkUs, lateWorkUs, passUs, restoreWorkUs } from './clock.ts';
import { bootBase, deviceAnswers, isDecoding, platformOf, propagate } from './platform.ts';
import type { HyperSentrySetting, Write } from './setting.ts';
import type { HyperSentry } from './state.ts';
import { coreInFlight, freeCore, retires, runs } from './phases.ts';

type HypervisorAction = AnyAction<HyperSentry, HyperSentrySetting>;
const action = actionOf<HyperSentry, HyperSentrySetting>();

type Running = Pick<HyperSentry, 'cores' | 'smiMasked'>;

/**
 * Counts work, after the edge if there was one: a single instruction, or so many that none in flight is
 * meant.
 */
export const spend = (
  draft: Draft<HyperSentry>,
  costUs: number,
  instructions: 'one' | 'many',
  setting: HyperSentrySetting,
): void => {
  const running: Running = draft;
  if (freeCore(running) === undefined) {
    const core = coreInFlight(draft);
    if (core !== undefined) retireOne(core);
  }
  const { ghost } = draft;
  if (draft.smiOnWayUs !== null) draft.smiOnWayUs = Math.max(0, draft.smiOnWayUs - costUs);
  if (ghost.workSinceEdgeUs === null) return;
  const many = setting.parameters.cores + 1;
  passUs(draft, costUs, setting);
  ghost.retiredSinceEdge = instructions === 'many' ? many : Math.min(many, ghost.retiredSinceEdge + 1);
};

/** Carries out one write by the hypervisor, with all its effects. */
const carryOut = (
  draft: Draft<HyperSentry>,
  write: Write,
  costUs: number,
  setting: HyperSentrySetting,
): void => {
  const writer = freeCore(draft);
  spend(draft, costUs, 'one', setting);
  writeField(draft.chipset, platformOf(setting), write);
  propagate(draft, setting);
  if (setting.parameters.synchronousSmi && writer?.pending === true && !draft.smiMasked)
    writer.retired = true;
};

/** Whether an IN from the register gives a value that it would not have given without the BMC's edge. */
const showsEdge = (
  state: HyperSentry,
  register: RegisterName,
  { parameters }: HyperSentrySetting,
): boolean => {
  const { chipset } = state;
  const pin = 1 << parameters.gpi;
  if (!isDecoding(state)) return false;
  return match(register)
    .with('ALT_GP_SMI_STS', () => (chipset.ALT_GP_SMI_STS & pin) !== 0)
    .with('GPE0_STS', () => (chipset.GPE0_STS & (pin << 16)) !== 0)
    .with('SMI_STS', () => gpiSmis(chipset) === pin)
    .otherwise(() => false);
};

const scope = (setting: HyperSentrySetting, port: boolean): readonly Write[] => {
  return setting.parameters.writes.filter((write) => isPort(platformOf(setting), write) === port);
};

/** Gates that no chipset can lock; the hypothetical lock `gpiGateLock` freezes them. */
const GPI_GATES: readonly string[] = ['ALT_GP_SMI_EN', 'GPI_ROUT'];

/** Whether the hypervisor can carry the write out now, and it would change something. */
const canWrite = (state: HyperSentry, write: Write, setting: HyperSentrySetting): boolean =>
  retires(state) &&
  !(setting.defends('gpiGateLock') && GPI_GATES.includes(write.register)) &&
  isEffective(state.chipset, platformOf(setting), write);

/** The hypervisor's actions on the platform: I/O ports, configuration space and interrupt controller. */
export const registerActions: {
  readonly out: HypervisorAction;
  readonly outConfig: HypervisorAction;
  readonly poll: HypervisorAction;
  readonly sendSmi: HypervisorAction;
} = {
  out: action({
    actor: 'hypervisor',
    says: 'writes a field of a register in I/O space, or several with one instruction',
    needs: 'ports',
    exists: (setting) => scope(setting, true).length > 0,
    choose: (setting: HyperSentrySetting) => ({ write: oneOf(scope(setting, true)) }),
    when: (state, { write }, setting) => canWrite(state, write, setting),
    then: (draft, { write }, setting) => {
      carryOut(draft, write, setting.parameters.instructionUs, setting);
    },
  }),
  outConfig: action({
    actor: 'hypervisor',
    says: 'writes a field of a register in PCI configuration space, or several with one instruction',
    needs: 'config',
    exists: (setting) => scope(setting, false).length > 0,
    choose: (setting: HyperSentrySetting) => ({ write: oneOf(scope(setting, false)) }),
    when: (state, { write }, setting) => canWrite(state, write, setting),
    then: (draft, { write }, setting) => {
      carryOut(draft, write, setting.parameters.configUs, setting);
    },
  }),
  poll: action({
    actor: 'hypervisor',
    says: 'reads a register and compares it with what it would be without a trigger',
    needs: 'poll',
    exists: ({ parameters }) => parameters.polls.length > 0,
    choose: ({ parameters }: HyperSentrySetting) => ({ register: oneOf(parameters.polls) }),
    // Reading again what was seen already is `spin`. The instruction in flight may read the latch too, but
    // nothing follows it before the freeze that could use what it saw.
    when: (state) => runs(state) && !state.ghost.sawTrigger,
    then: (draft, { register }, setting) => {
      draft.ghost.sawTrigger = draft.ghost.edgeInLatch && showsEdge(draft, register, setting);
      spend(draft, setting.parameters.instructionUs, 'one', setting);
    },
  }),
  sendSmi: action({
    actor: 'hypervisor',
    says: 'sends an SMI through the interrupt command register of the local APIC',
    needs: 'apic',
    choose: { to: oneOf(['self', 'all']) },
    when: (state, { to }) => runs(state) && (to === 'self' || state.cores.length > 1),
    then: (draft, { to }, setting) => {
      spend(draft, setting.parameters.instructionUs, 'one', setting);
      const self = freeCore(draft);
      for (const core of draft.cores) {
        if (to === 'all' || core === self) latchSmi(core);
      }
    },
  }),
};

/** The hypervisor's other actions: its own code, a PCI device, the BMC's in-band interface, and time. */
export const ownActions: {
  readonly hide: HypervisorAction;
  readonly vanish: HypervisorAction;
  readonly restore: HypervisorAction;
  readonly maskSmis: HypervisorAction;
  readonly spin: HypervisorAction;
  readonly armWatchdog: HypervisorAction;
  readonly moveBase: HypervisorAction;
  readonly placeDevice: HypervisorAction;
  readonly setDevice: HypervisorAction;
} = {
  hide: action({
    actor: 'hypervisor',
    says: 'takes its modification out, all but the last instruction of it',
    needs: 'hide',
    when: (state, _, setting) =>
      runs(state) &&
      hasTime(state, hideWorkUs(setting)) &&
      state.kernel === 'modified' &&
      (state.ghost.sawTrigger || !setting.parameters.hidesOnSight),
    then: (draft, _, setting) => {
      spend(draft, hideWorkUs(setting), 'many', setting);
      draft.kernel = 'hiding';
    },
  }),
  vanish: action({
    actor: 'hypervisor',
    says: 'the last instruction of hiding: from now on nothing is found',
    needs: 'hide',
    when: (state) => retires(state) && state.kernel === 'hiding',
    then: (draft, _, setting) => {
      spend(draft, setting.parameters.instructionUs, 'one', setting);
      draft.kernel = 'hidden';
    },
  }),
  restore: action({
    actor: 'hypervisor',
    says: 'puts its modification back',
    needs: 'hide',
    when: (state, _, setting) =>
      runs(state) &&
      hasTime(state, restoreWorkUs(setting)) &&
      (state.kernel === 'hidden' || state.kernel === 'hiding'),
    then: (draft, _, setting) => {
      spend(draft, restoreWorkUs(setting), 'many', setting);
      draft.kernel = 'modified';
    },
  }),
  maskSmis: action({
    actor: 'hypervisor',
    says: 'has the cores hold SMIs pending, or take them again',
    needs: 'cpuMask',
    choose: { masked: booleans() },
    when: (state, { masked }) => retires(state) && state.smiMasked !== masked,
    then: (draft, { masked }, setting) => {
      spend(draft, setting.parameters.instructionUs, 'one', setting);
      draft.smiMasked = masked;
      // An SMI that was held back is taken at the next boundary: nothing is in flight then.
      if (!masked) draft.cores.forEach(releaseSmi);
    },
  }),
  spin: action({
    actor: 'hypervisor',
    says: 'lets one instruction pass',
    needs: 'spin',
    when: (state, _, setting) =>
      retires(state) &&
      state.ghost.workSinceEdgeUs !== null &&
      state.ghost.workSinceEdgeUs < lateWorkUs(setting),
    then: (draft, _, setting) => spend(draft, setting.parameters.instructionUs, 'one', setting),
  }),
  armWatchdog: action({
    actor: 'hypervisor',
    says: 'sends Set Watchdog Timer with pre-timeout interrupt SMI over KCS',
    needs: 'kcs',
    when: (state) => runs(state) && state.smiOnWayUs === null && !state.bmc.watchdogArmed,
    then: (draft, _, setting) => {
      // A KCS transfer takes milliseconds: by then no trigger is prompt any more.
      spend(draft, lateWorkUs(setting), 'many', setting);
      // A firmware firewall answers D4h, and arms nothing (IPMI 2.0, 5.2 and 21).
      draft.bmc.watchdogArmed = !setting.defends('bmcRefusesInBand');
    },
  }),
  moveBase: action({
    actor: 'hypervisor',
    says: 'relocates the power-management block, or puts it back',
    needs: 'device',
    // The place and the flipped bit make no difference.
    choose: (setting: HyperSentrySetting) => ({
      base: oneOf([bootBase(setting), bootBase(setting) ^ 0x0200]),
    }),
    when: (state, { base }, setting) =>
      retires(state) &&
      isEffective(state.chipset, platformOf(setting), {
        register: 'PMBASE',
        field: 'BASE',
        value: base >>> 7,
      }),
    then: (draft, { base }, setting) => {
      carryOut(
        draft,
        { register: 'PMBASE', field: 'BASE', value: base >>> 7 },
        setting.parameters.configUs,
        setting,
      );
    },
  }),
  placeDevice: action({
    actor: 'hypervisor',
    says: "places its device's I/O window",
    needs: 'device',
    choose: { window: oneOf(['elsewhere', 'old PMBASE']) },
    when: (state, { window }) => retires(state) && state.device.window !== window,
    then: (draft, { window }, setting) => {
      spend(draft, setting.parameters.configUs, 'one', setting);
      draft.device.window = window;
    },
  }),
  setDevice: action({
    actor: 'hypervisor',
    says: 'writes a register of its device',
    needs: 'device',
    choose: ({ parameters }: HyperSentrySetting) => ({
      content: oneOf([
        { register: 'SMI_EN', value: 1 },
        { register: 'SMI_STS', value: 1 << 10 },
        { register: 'ALT_GP_SMI_EN', value: 1 << parameters.gpi },
        { register: 'ALT_GP_SMI_STS', value: 1 << parameters.gpi },
      ]),
    }),
    when: (state, { content }, setting) =>
      retires(state) &&
      deviceAnswers(state, setting, bootBase(setting)) &&
      state.device[content.register] !== content.value,
    then: (draft, { content }, setting) => {
      spend(draft, setting.parameters.instructionUs, 'one', setting);
      draft.device[content.register] = content.value;
    },
  }),
};
