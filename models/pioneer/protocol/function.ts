import type { Draft } from 'immer';
import { actionOf, type AnyAction } from 'underwatch/model';
import type { PioneerSetting } from './setting.ts';
import { giveControl, isTimed, noteSum, spend } from './phases.ts';
import type { Content, Pioneer, TriggerPlace } from './state.ts';
import { atExpectedClock, genuineLoopCycles, sendCyclesIn, setUpCyclesIn, triggerCycles } from './timing.ts';
import {
  firesAt,
  genuineSumIsRight,
  goesThroughIdt,
  interrupted,
  mappedKernel,
  reachesAdversary,
  splitOf,
} from './truth.ts';

type TrustedAction = AnyAction<Pioneer, PioneerSetting>;
const action = actionOf<Pioneer, PioneerSetting>();

/** Whether the function itself is running, and nothing interrupts it. */
const undisturbed = (state: Pioneer): boolean =>
  state.control === 'function' && state.verifier.phase !== 'rejected' && !interrupted(state);

/**
 * Whether a write to a register by the function takes effect: not where a layer below it emulates the write.
 */
const setsRegisters = ({ processor }: Pioneer): boolean =>
  processor.layer === 'none' || processor.layer === 'hardware';

/** The code that a fetch from the executable's addresses brings. */
const fetchedExecutable = (state: Pioneer, setting: PioneerSetting): Content =>
  splitOf(state, setting) === 'executable' ? 'altered' : state.memory.executable;

/**
 * Whether a saved context lands on the stored state of the sum: on the current stack only, and not when the
 * level changes.
 */
const overwrites = (state: Pioneer, { defends }: PioneerSetting): boolean =>
  (state.stage === 'loop' || state.stage === 'loopEnd') &&
  defends('stateOnStack') &&
  setsRegisters(state) &&
  !state.processor.ownStack &&
  state.trigger.kind !== 'none' &&
  goesThroughIdt(state.trigger.kind);

/**
 * Whether DR7 shows in the sum: a breakpoint that fires in the loop was armed there, and DR7 was read before.
 */
const wasRead = ({ processor, stage, trigger }: Pioneer, { defends }: PioneerSetting): boolean =>
  stage === 'loop' && trigger.kind === 'debug' && processor.layer === 'none' && defends('mixDr7');

/** Whether an executable that checks its return path finds the trigger that is armed there. */
const findsTrigger = ({ trigger }: Pioneer, { defends }: PioneerSetting): boolean =>
  defends('checksReturnPath') &&
  trigger.at === 'done' &&
  (trigger.kind === 'returnAddress' || (trigger.kind !== 'none' && goesThroughIdt(trigger.kind)));

/** The executable's report of the kernel, where the executable is the one that reads it. */
export const report = (state: Pioneer, setting: PioneerSetting): Content => {
  if (state.ghost.ran !== 'genuine' || state.control === 'adversary') return 'genuine';
  if (findsTrigger(state, setting)) return 'altered';
  return setting.parameters.kernelReadBy === 'executable' ? mappedKernel(state, setting) : 'genuine';
};

const leave = (draft: Draft<Pioneer>, setting: PioneerSetting): void => {
  draft.stage = 'done';
  // The function gives back the handlers and the flags that it found.
  draft.processor.interruptsOn = true;
  if (!setting.defends('checksReturnPath')) draft.processor.handlers = 'adversary';
  draft.control = 'function';
  // The function returns to the kernel that is mapped; the altered one is the adversary.
  if (mappedKernel(draft, setting) === 'altered' && !firesAt(draft, 'done')) giveControl(draft);
};

/**
 * The actions of the verification function and its executable, step by step, and of the processor under them.
 */
export const functionActions: {
  readonly setUp: TrustedAction;
  readonly checksum: TrustedAction;
  readonly send: TrustedAction;
  readonly hash: TrustedAction;
  readonly invoke: TrustedAction;
  readonly finish: TrustedAction;
  readonly trigger: TrustedAction;
} = {
  setUp: action({
    actor: 'function',
    says: 'CLI; installs its handlers; sets DR7 from the nonce',
    when: (state) => state.stage === 'entry' && undisturbed(state),
    then: (draft, _, setting) => {
      spend(draft, setUpCyclesIn(draft, setting), setting);
      draft.stage = 'loop';
      if (!setsRegisters(draft)) return;
      draft.processor.interruptsOn = false;
      if (setting.defends('handlersFirst')) draft.processor.handlers = 'function';
      if (setting.defends('mixDr7') && draft.trigger.kind === 'debug') draft.trigger.kind = 'none';
    },
  }),
  checksum: action({
    actor: 'function',
    says: 'computes the checksum',
    when: (state) => state.stage === 'loop' && undisturbed(state),
    then: (draft, _, setting) => {
      const cycles = genuineLoopCycles(draft, setting);
      noteSum(draft, 'function', atExpectedClock(cycles, draft, setting), setting);
      spend(draft, cycles, setting);
      draft.sum = genuineSumIsRight(draft, setting) ? 'right' : 'wrong';
      draft.stage = 'loopEnd';
    },
  }),
  send: action({
    actor: 'prover',
    says: 'sends the checksum',
    when: (state) => state.stage === 'loopEnd' && (state.control === 'adversary' || undisturbed(state)),
    then: (draft, _, setting) => {
      spend(draft, sendCyclesIn(draft, setting), setting);
      draft.stage = 'sent';
      // Only the function itself would install its handlers.
      const installs = draft.control === 'function' && setsRegisters(draft);
      if (installs && setting.defends('handlersLast')) draft.processor.handlers = 'function';
    },
  }),
  hash: action({
    actor: 'function',
    says: 'hashes the executable with the nonce and sends the hash; the verifier compares',
    when: (state) => state.stage === 'sent' && state.verifier.phase === 'timed' && undisturbed(state),
    then: (draft) => {
      draft.stage = 'hashed';
      draft.verifier.phase = draft.memory.executable === 'genuine' ? 'checked' : 'rejected';
    },
  }),
  invoke: action({
    actor: 'function',
    says: 'jumps to the executable',
    when: (state) => state.stage === 'hashed' && state.verifier.phase === 'checked' && undisturbed(state),
    then: (draft, _, setting) => {
      draft.stage = 'running';
      draft.ghost.ran = fetchedExecutable(draft, setting);
    },
  }),
  finish: action({
    actor: 'executable',
    says: 'ends and reports; the verifier reads the report',
    when: (state) =>
      state.stage === 'running' &&
      state.verifier.phase === 'checked' &&
      (state.control === 'adversary' || undisturbed(state)),
    then: (draft, _, setting) => {
      draft.verifier.phase = report(draft, setting) === 'genuine' ? 'accepted' : 'rejected';
      leave(draft, setting);
    },
  }),
  trigger: action({
    actor: 'hardware',
    says: 'what was armed takes effect',
    when: (state) =>
      state.control === 'function' && state.verifier.phase !== 'rejected' && interrupted(state),
    then: (draft, _, setting) => {
      const { kind } = draft.trigger;
      if (kind === 'none') return;
      if (isTimed(draft)) spend(draft, triggerCycles(kind, setting), setting);
      if (overwrites(draft, setting) || wasRead(draft, setting)) {
        draft.overwritten = true;
        if (draft.sum === 'right') draft.sum = 'wrong';
      }
      if (reachesAdversary(draft, draft.trigger)) giveControl(draft);
      draft.trigger = { kind: 'none', at: draft.trigger.at satisfies TriggerPlace };
    },
  }),
};
