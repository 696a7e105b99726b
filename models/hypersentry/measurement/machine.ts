import type { Draft } from 'immer';
import { executes, isFrozen, isInFlight, type Core } from '../../platform/cores/index.ts';
import type { MeasurementSetting } from './setting.ts';
import type { Measurement, Place } from './state.ts';

const AGENT: readonly Place[] = ['agent entry', 'agent', 'agent exit'];

/** The instruction pointer is in the agent. */
export const inAgent = ({ core }: Measurement): boolean => AGENT.includes(core.at);
/** The verifier has not decided yet. */
export const undecided = ({ verifier }: Measurement): boolean => verifier === 'waiting';

/** Nothing that the hypervisor does once the output is in SMRAM changes it. */
const unfinished = (state: Measurement): boolean => undecided(state) && state.handler.phase !== 'done';

/** Every core but the measuring one is in SMM, or can do nothing until the handler lets it. */
export const othersFrozen = ({ others }: Measurement): boolean => others.every(isFrozen);

/** Another core that runs the hypervisor: no SMI is on its way, or it is held back. */
export const roams = ({ mode, pending, hold, busyMs }: Core): boolean =>
  mode === 'host' && busyMs === 0 && (!pending || hold !== 'none');

/** Code of the hypervisor on the measuring core. Its next fetch makes an armed counter overflow first. */
const hypervisorHasCore = ({ core, counter }: Measurement): boolean =>
  core.mode === 'host' &&
  (core.at === 'hypervisor' || core.at === 'host entry') &&
  (core.pending ? isInFlight(core) : counter !== 'armed');

/** Whether the hypervisor can run as many instructions as it likes, on some core. */
export const runsFreely = (state: Measurement): boolean =>
  unfinished(state) && (state.others.some(roams) || (hypervisorHasCore(state) && !state.core.pending));

/** Whether it can retire one more instruction, on some core. */
export const retires = (state: Measurement): boolean =>
  unfinished(state) && (state.others.some(roams) || hypervisorHasCore(state));

/** The same on the measuring core itself, which is the one that registers of its own are about. */
export const retiresOnCore = (state: Measurement): boolean => unfinished(state) && hypervisorHasCore(state);

/** Time passes on the measuring core between SMI#1 and SMI#2. */
export const pass = (draft: Draft<Measurement>, ns: number, { parameters }: MeasurementSetting): void => {
  if (draft.handler.phase !== 'armed') return;
  draft.handler.elapsedNs = Math.min(parameters.boundNs + 1, draft.handler.elapsedNs + ns);
};

/** The hypervisor has done something that takes `ns`: on another core if one is free, for then it costs nothing. */
export const spend = (draft: Draft<Measurement>, ns: number, setting: MeasurementSetting): void => {
  const { core, ghost, handler, others } = draft;
  if (handler.phase === 'armed')
    ghost.retired = ghost.retired === 0 && ns === setting.parameters.instructionNs ? 1 : 2;
  if (others.some(roams)) return;
  pass(draft, ns, setting);
  // An instruction in flight at the entry is still within what the handler takes for the entry.
  if (core.pending) core.retired = true;
  else core.at = 'hypervisor';
};

/** Control of the measuring core goes to whoever owns the gates. */
export const vector = (draft: Draft<Measurement>): void => {
  const { core, memory, ghost, handler } = draft;
  if (memory.gates === 'agent') {
    core.at = 'fault';
    return;
  }
  core.at = 'hypervisor';
  if (handler.phase === 'running') ghost.preempted = true;
};

/** VM exit: RFLAGS, DR7 and CR3 are loaded, RIP is that of the entry, and counters stop if the controls say so. */
export const exitGuest = (
  draft: Draft<Measurement>,
  reason: 'fallback' | 'event',
  setting: MeasurementSetting,
): void => {
  const { core, vmcs } = draft;
  core.mode = 'host';
  core.exit = reason;
  core.at = vmcs.entry === 'genuine' ? 'host entry' : 'hypervisor';
  core.tables = vmcs.entry === 'genuine' ? 'hypervisor' : 'other';
  vmcs.guestInterrupts = core.interrupts;
  vmcs.guestBreakpoints = core.breakpoints;
  core.interrupts = false;
  core.breakpoints = false;
  if (vmcs.stopsCounter && draft.counter === 'armed') draft.counter = 'stopped';
  pass(draft, setting.parameters.vmExitNs, setting);
};

/** Whether the measuring core goes on: it executes, and no SMI comes first. */
export const goesOn = ({ core }: Measurement): boolean => executes(core) && !core.pending;
