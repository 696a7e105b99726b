import type { Draft } from 'immer';
import { executes, isFrozen, isInFlight, type Core } from '../../platform/cores/index.ts';
import type { MeasurementSetting } from './setting.ts';
import { boundOf, timesOf } from './times.ts';
import type { Measurement, Place } from './state.ts';

const AGENT: readonly Place[] = ['agent entry', 'agent', 'agent exit'];

/** Whether the instruction pointer is in the agent. */
export const inAgent = ({ core }: Measurement): boolean => AGENT.includes(core.at);
/** Whether the verifier has not decided yet. */
export const undecided = ({ verifier }: Measurement): boolean => verifier === 'waiting';

/** Whether the hypervisor's actions still matter: once the output is in SMRAM, none changes it. */
const unfinished = (state: Measurement): boolean => undecided(state) && state.handler.phase !== 'done';

/** Whether every core but the measuring one is in SMM, or can do nothing until the handler lets it. */
export const othersFrozen = ({ others }: Measurement): boolean => others.every(isFrozen);

/** Whether another core runs the hypervisor: no SMI is on its way to it, or its SMIs are held back. */
export const roams = ({ mode, pending, hold, busyMs }: Core): boolean =>
  mode === 'host' && busyMs === 0 && (!pending || hold !== 'none');

/**
 * Whether hypervisor code runs on the measuring core. Its next fetch makes an armed counter overflow first.
 */
const hypervisorHasCore = ({ core, counter }: Measurement): boolean =>
  core.mode === 'host' &&
  (core.at === 'hypervisor' || core.at === 'host entry') &&
  (core.pending ? isInFlight(core) : counter !== 'armed');

/** Whether the hypervisor can run as many instructions as it likes, on some core. */
export const runsFreely = (state: Measurement): boolean =>
  unfinished(state) && (state.others.some(roams) || (hypervisorHasCore(state) && !state.core.pending));

/** Whether the hypervisor can retire one more instruction, on some core. */
export const retires = (state: Measurement): boolean =>
  unfinished(state) && (state.others.some(roams) || hypervisorHasCore(state));

/** The same on the measuring core itself, for its own registers. */
export const retiresOnCore = (state: Measurement): boolean => unfinished(state) && hypervisorHasCore(state);

/** The cap of the handler's clock, just above what it allows: all later times count as late alike. */
const lateNs = ({ handler }: Measurement, setting: MeasurementSetting): number => {
  const { rendezvousNs, cores } = setting.parameters;
  return (handler.phase === 'armed' ? boundOf(setting) : rendezvousNs * (cores - 1)) + 1;
};

/**
 * Advances the handler's clock: outside SMM between SMI#1 and SMI#2, or until the last core has come for
 * SMI#1.
 */
export const pass = (draft: Draft<Measurement>, ns: number, setting: MeasurementSetting): void => {
  const { handler, core } = draft;
  const gathers = handler.phase === 'gathering' || (handler.phase === 'idle' && core.pending);
  if (gathers || handler.phase === 'armed')
    handler.elapsedNs = Math.min(lateNs(draft, setting), handler.elapsedNs + ns);
};

/** Advances the verifier's clock, if it has one. */
export const passMs = (draft: Draft<Measurement>, ms: number, { parameters }: MeasurementSetting): void => {
  const { deadlineMs } = parameters;
  if (deadlineMs !== null) draft.sinceMs = Math.min(deadlineMs + 1, draft.sinceMs + ms);
};

/** Whether the verifier has waited past its deadline. */
export const isOverdue = ({ sinceMs }: Measurement, { parameters }: MeasurementSetting): boolean =>
  parameters.deadlineMs !== null && sinceMs > parameters.deadlineMs;

/**
 * Whether the last core came too late for SMI#1. Cores work side by side, so their work is divided among
 * them.
 */
export const cameLate = (state: Measurement, setting: MeasurementSetting): boolean =>
  setting.defends('boundedRendezvous') && state.handler.elapsedNs >= lateNs(state, setting);

const count = ({ handler, ghost }: Draft<Measurement>, ns: number, setting: MeasurementSetting): void => {
  if (handler.phase !== 'armed') return;
  ghost.retired = ghost.retired === 0 && ns === timesOf(setting).instructionNs ? 1 : 2;
};

/** Accounts for an action of the hypervisor on the measuring core that takes `ns`. */
export const spendOnCore = (draft: Draft<Measurement>, ns: number, setting: MeasurementSetting): void => {
  const { core, handler } = draft;
  count(draft, ns, setting);
  // An instruction that the measuring core had in flight at SMI#1 is no part of the other cores' delay.
  if (handler.phase === 'armed') pass(draft, ns, setting);
  // An instruction in flight at the entry is still within what the handler takes for the entry.
  if (core.pending) core.retired = true;
  else core.at = 'hypervisor';
};

/**
 * Accounts for an action on any core: on another core if one is free, beside the measuring core, at no time.
 */
export const spend = (draft: Draft<Measurement>, ns: number, setting: MeasurementSetting): void => {
  if (!draft.others.some(roams)) {
    spendOnCore(draft, ns, setting);
    return;
  }
  count(draft, ns, setting);
  // Except while the handler waits for that very core.
  if (draft.handler.phase !== 'armed') pass(draft, ns, setting);
};

/** Gives control of the measuring core to the owner of the gates. */
export const vector = (draft: Draft<Measurement>): void => {
  const { core, memory, ghost, handler } = draft;
  if (memory.gates === 'agent') {
    core.at = 'fault';
    return;
  }
  core.at = 'hypervisor';
  if (handler.phase === 'running') ghost.preempted = true;
};

/**
 * VM exit: RFLAGS, DR7 and CR3 are loaded, RIP is that of the entry, and counters stop if the controls say
 * so.
 */
export const exitGuest = (
  draft: Draft<Measurement>,
  reason: 'fallback' | 'event',
  setting: MeasurementSetting,
): void => {
  const { core, vmcs } = draft;
  core.mode = 'host';
  core.exit = reason;
  core.at = vmcs.entry === 'genuine' ? 'host entry' : 'hypervisor';
  core.cr3 = vmcs.entry === 'genuine' ? 'hypervisor' : 'other';
  vmcs.guestInterrupts = core.interrupts;
  vmcs.guestBreakpoints = core.breakpoints;
  core.interrupts = false;
  core.breakpoints = false;
  if (vmcs.stopsCounter && draft.counter === 'armed') draft.counter = 'stopped';
  pass(draft, timesOf(setting).vmExitNs, setting);
};

/** Whether the measuring core executes, and no SMI comes first. */
export const goesOn = ({ core }: Measurement): boolean => executes(core) && !core.pending;
