import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import { actionOf, type AnyAction } from 'underwatch/model';
import {
  countedBy,
  executes,
  explainedBy,
  leaveSmm,
  resume,
  someoneComes,
} from '../../platform/cores/index.ts';
import { programApic, releaseApic } from './local-apic.ts';
import { cameLate, isOverdue, pass, passMs, undecided } from './machine.ts';
import type { MeasurementSetting } from './setting.ts';
import { boundOf } from './times.ts';
import type { Handler, Measurement } from './state.ts';

type TrustedAction = AnyAction<Measurement, MeasurementSetting>;
const action = actionOf<Measurement, MeasurementSetting>();

const NS_PER_MS = 1_000_000;

/** Whether SMI#1 may read its clock now: only when no core can come any more without it. */
const gathers = ({ handler, others }: Measurement): boolean =>
  handler.phase === 'gathering' && !someoneComes(others);

const waits = (state: Measurement, setting: MeasurementSetting): boolean =>
  gathers(state) && !state.others.every(countedBy(setting.parameters.forgives));

const decidesGathering = (
  state: Measurement,
  setting: MeasurementSetting,
): 'prepare' | 'give up' | 'neither' => {
  if (!gathers(state)) return 'neither';
  if (cameLate(state, setting)) return 'give up';
  if (setting.defends('refuseOverlap') && overlaps(state)) return 'give up';
  if (!waits(state, setting)) return 'prepare';
  if (state.handler.waitedMs < setting.parameters.timeoutMs) return 'neither';
  return setting.defends('failClosed') ? 'give up' : 'prepare';
};

/** What SMI#2 finds wrong, or that it came before the fallback was complete. */
export const verdictOfCheck = (
  { core, memory, handler }: Measurement,
  setting: MeasurementSetting,
): 'run' | 'again' | 'refuse' => {
  const { defends, parameters } = setting;
  const late = defends('boundedFallback') && handler.elapsedNs > boundOf(setting);
  if (late) return 'refuse';
  if (defends('checkEntry')) {
    if (core.at === 'injected' && !handler.overlaps) return 'again';
    const atEntry = core.at === 'host entry' || core.at === 'injected';
    if (!atEntry && !(parameters.acceptsHost && core.at === 'behind')) return 'refuse';
  }
  if (defends('checkCr3') && core.cr3 !== 'hypervisor') return 'refuse';
  if (defends('hashEachTime') && memory.agent !== 'genuine') return 'refuse';
  if (defends('checkMapping') && memory.mapping !== 'agent') return 'refuse';
  return 'run';
};

/** What SMI#3 does with the SMI that it is in, which may come from elsewhere. */
export const verdictOfStore = (
  { core, memory }: Measurement,
  { defends }: MeasurementSetting,
): 'return' | Exclude<Handler['output'], 'none'> => {
  if (defends('checkExit') && core.at !== 'exited') return 'return';
  return memory.output === 'none' ? 'failed' : memory.output;
};

/** Restores what was changed, stores the output, and lets every core leave SMM. */
const end = (draft: Draft<Measurement>, output: Handler['output']): void => {
  const { core, memory, handler } = draft;
  handler.output = output;
  handler.phase = 'done';
  handler.waitedMs = 0;
  handler.elapsedNs = 0;
  memory.gates = 'hypervisor';
  draft.counter = 'own';
  releaseApic(draft);
  const fellBack = core.exit !== 'none';
  if (!fellBack) {
    core.at = handler.rip;
    core.interrupts = handler.interrupts;
  } else core.at = 'host entry';
  resume(core);
  draft.others.forEach(leaveSmm);
};

/** Whether a guest's code lies at the address of the host entry. */
const overlaps = ({ core, vmcs }: Measurement): boolean =>
  core.resumes === 'guest' && vmcs.guest === 'same CR3 and RIP';

const save = (draft: Draft<Measurement>): void => {
  const { core, handler } = draft;
  handler.overlaps = overlaps(draft);
  handler.rip = core.at === 'guest' ? 'guest' : 'hypervisor';
  handler.interrupts = core.interrupts;
  handler.breakpoints = core.breakpoints;
  handler.elapsedNs = 0;
};

const arm = (draft: Draft<Measurement>, setting: MeasurementSetting): void => {
  programApic(draft, setting);
  draft.core.at = 'injected';
  draft.counter = 'armed';
  draft.handler.phase = 'armed';
  resume(draft.core);
};

/**
 * The actions of the handler (slide 9): SMI#1 prepares the fallback, SMI#2 verifies the agent, SMI#3 stores
 * its output.
 */
export const handlerActions: {
  readonly [name in 'wait' | 'prepare' | 'giveUp' | 'check' | 'storeOutput']: TrustedAction;
} = {
  wait: action({
    actor: 'handler',
    says: 'a millisecond passes in which it waits for the other cores',
    when: (state, _, setting) =>
      waits(state, setting) &&
      !cameLate(state, setting) &&
      state.handler.waitedMs < setting.parameters.timeoutMs,
    then: (draft, _, setting) => {
      draft.handler.waitedMs += 1;
      passMs(draft, 1, setting);
      const delayed = draft.others.every(explainedBy(setting.parameters.forgives));
      if (!delayed) pass(draft, NS_PER_MS, setting);
      draft.others.forEach((other) => {
        if (other.busyMs > 0) other.busyMs -= 1;
      });
    },
  }),
  prepare: action({
    actor: 'handler',
    says: 'SMI#1: prepares the fallback',
    when: (state, _, setting) => decidesGathering(state, setting) === 'prepare',
    then: (draft, _, setting) => {
      save(draft);
      arm(draft, setting);
    },
  }),
  giveUp: action({
    actor: 'handler',
    says: 'SMI#1: a core is missing or was late, so nothing is measured',
    when: (state, _, setting) => decidesGathering(state, setting) === 'give up',
    then: (draft) => {
      save(draft);
      end(draft, 'failed');
    },
  }),
  check: action({
    actor: 'handler',
    says: 'SMI#2: verifies where it is, and the agent',
    when: (state) => state.handler.phase === 'checking',
    then: (draft, _, setting) => {
      const { core, memory, handler } = draft;
      match(verdictOfCheck(draft, setting))
        .with('again', () => {
          // The clock of the bound runs on.
          arm(draft, setting);
        })
        .with('refuse', () => end(draft, 'failed'))
        .with('run', () => {
          if (setting.defends('maskInterrupts')) core.interrupts = false;
          if (setting.defends('clearDr7') && setting.parameters.dr7Writable) core.breakpoints = false;
          const isFound = setting.defends('gatesInUse') || !core.ownIdt;
          if (setting.defends('gatesInPlace') && isFound) memory.gates = 'agent';
          if (setting.defends('clearOutput')) memory.output = 'none';
          core.at = 'agent entry';
          draft.counter = 'own';
          releaseApic(draft);
          handler.phase = 'running';
          handler.elapsedNs = 0;
          resume(core);
        })
        .exhaustive();
    },
  }),
  storeOutput: action({
    actor: 'handler',
    says: 'SMI#3: stores the output of the agent',
    when: (state) => state.handler.phase === 'storing',
    then: (draft, _, setting) =>
      match(verdictOfStore(draft, setting))
        .with('return', () => {
          draft.handler.phase = 'running';
          resume(draft.core);
        })
        .with('clean', 'modified', 'failed', (output) => end(draft, output))
        .exhaustive(),
  }),
};

/** Whether the hypervisor has the core and may keep it as long as it likes. */
const isKept = ({ core, counter, handler }: Measurement): boolean =>
  (handler.phase === 'armed' || handler.phase === 'running') &&
  executes(core) &&
  !core.pending &&
  counter !== 'armed' &&
  (core.at === 'hypervisor' || core.at === 'host entry');

/** The actions of the verifier, which reads the output or misses it. */
export const verifierActions: { readonly [name in 'collect' | 'deadline']: TrustedAction } = {
  collect: action({
    actor: 'verifier',
    says: 'draws the output and judges it',
    when: (state, _, setting) =>
      undecided(state) &&
      state.handler.phase === 'done' &&
      !(setting.defends('verifierDeadline') && isOverdue(state, setting)),
    then: (draft) => {
      draft.verifier = draft.handler.output === 'clean' ? 'accepted' : 'alarmed';
    },
  }),
  deadline: action({
    actor: 'verifier',
    says: 'raises an alarm: no output in time',
    // Its clock has come to it, or does while a hypervisor that has the core lets it run on.
    when: (state, _, setting) =>
      undecided(state) && setting.defends('verifierDeadline') && (isOverdue(state, setting) || isKept(state)),
    then: (draft) => {
      draft.verifier = 'alarmed';
    },
  }),
};
