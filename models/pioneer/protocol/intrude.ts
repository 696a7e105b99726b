import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import type { Capability, Defence, PioneerSetting } from './setting.ts';
import { inControl, preparing, spend } from './phases.ts';
import { mappedKernel, mappedRoot } from './truth.ts';
import { PLACES, type Pioneer, type TriggerKind, type TriggerPlace } from './state.ts';

type AdversaryAction = AnyAction<Pioneer, PioneerSetting>;
const action = actionOf<Pioneer, PioneerSetting>();

const within = (places: readonly TriggerPlace[], scope: readonly TriggerPlace[]): readonly TriggerPlace[] =>
  places.filter((place) => scope.includes(place));
const ORDER = ['idle', 'entry', 'loop', 'loopEnd', 'sent', 'hashed', 'running', 'done'];
const isAhead = ({ stage }: Pioneer, at: TriggerPlace): boolean => ORDER.indexOf(at) > ORDER.indexOf(stage);

/**
 * Whether a trigger can be armed now. A trigger armed before the challenge can as well be armed after it,
 * unless the function must be interrupted at the entry. An adversary who computes the sum another way has
 * control from there to the end.
 */
const canArm = (state: Pioneer, { parameters }: PioneerSetting): boolean =>
  inControl(state) &&
  !state.visit.trigger &&
  state.copy.code === 'none' &&
  state.ready === 'none' &&
  state.ghost.computedBy !== 'proxy' &&
  (!preparing(state) || parameters.enters === 'byBreakpoint');

/**
 * Whether the adversary has control during the run. Before the challenge the machine runs the modification to
 * be found, and after the end the executable does not matter.
 */
const isUnderWay = (state: Pioneer): boolean => inControl(state) && !preparing(state);

/**
 * Arms one kind of trigger, at a place that the run has not reached; under a defence nothing ever looks at
 * the written value.
 */
const arming = (
  kind: TriggerKind,
  needs: Capability,
  says: string,
  places: readonly TriggerPlace[] = PLACES,
  unheardUnder?: Defence,
): AdversaryAction =>
  action({
    actor: 'adversary',
    says,
    needs,
    choose: ({ parameters }) => ({ at: oneOf(within(places, parameters.places)) }),
    exists: ({ parameters }) => within(places, parameters.places).length > 0,
    when: (state, { at }, setting) => canArm(state, setting) && isAhead(state, at),
    then: (draft, { at }, { defends }) => {
      draft.visit.trigger = true;
      if (unheardUnder === undefined || !defends(unheardUnder)) draft.trigger = { kind, at };
    },
  });

/** The adversary's actions whenever it has control. */
export const intrusions: {
  readonly loadRoot: AdversaryAction;
  readonly patchKernel: AdversaryAction;
  readonly writeExecutable: AdversaryAction;
  readonly armBreakpoint: AdversaryAction;
  readonly withdrawPage: AdversaryAction;
  readonly scheduleNmi: AdversaryAction;
  readonly scheduleInterrupt: AdversaryAction;
  readonly turnReturnAddress: AdversaryAction;
  readonly hookPointer: AdversaryAction;
  readonly scheduleSmi: AdversaryAction;
  readonly planVmExit: AdversaryAction;
} = {
  loadRoot: action({
    actor: 'adversary',
    says: 'loads CR3',
    needs: 'cr3',
    choose: { root: oneOf(['first', 'second']) },
    when: (state, { root }) => isUnderWay(state) && !state.visit.root && state.processor.root !== root,
    then: (draft, { root }, setting) => {
      spend(draft, setting.parameters.cr3LoadCycles + setting.parameters.refillCycles, setting);
      draft.processor.root = root;
      draft.visit.root = true;
    },
  }),
  patchKernel: action({
    actor: 'adversary',
    says: 'writes the kernel where it is mapped',
    needs: 'patch',
    choose: { to: oneOf(['genuine', 'altered']) },
    when: (state, { to }, setting) =>
      isUnderWay(state) && !state.visit.kernel && mappedKernel(state, setting) !== to,
    then: (draft, { to }, setting) => {
      spend(draft, setting.parameters.patchCycles, setting);
      draft.memory[mappedRoot(draft, setting)] = to;
      draft.visit.kernel = true;
    },
  }),
  writeExecutable: action({
    actor: 'adversary',
    says: 'writes the executable',
    needs: 'executable',
    choose: { to: oneOf(['genuine', 'altered']) },
    when: (state, { to }) =>
      isUnderWay(state) &&
      state.stage !== 'done' &&
      !state.visit.executable &&
      state.memory.executable !== to,
    then: (draft, { to }, setting) => {
      spend(draft, setting.parameters.patchCycles, setting);
      draft.memory.executable = to;
      draft.visit.executable = true;
    },
  }),
  armBreakpoint: arming('debug', 'debugRegisters', 'arms a hardware breakpoint (DR0, DR7)'),
  withdrawPage: arming(
    'fault',
    'pageFaults',
    'marks a page as one that cannot be fetched from (NX)',
    PLACES,
    'noTranslation',
  ),
  scheduleNmi: arming('nmi', 'nmi', 'has a performance counter overflow into an NMI'),
  scheduleInterrupt: arming('interrupt', 'interrupts', 'has a device interrupt'),
  turnReturnAddress: arming('returnAddress', 'callers', 'turns a return address on the stack', ['done']),
  hookPointer: arming('dataHook', 'dataHooks', 'turns a pointer in kernel data', ['done']),
  scheduleSmi: arming('smi', 'smm', 'has the chipset raise an SMI, whose handler is his'),
  planVmExit: action({
    actor: 'adversary',
    says: 'plans to leave the virtual machine',
    choose: ({ parameters }) => ({ at: oneOf(parameters.places) }),
    // Code below the function needs nothing that the function could see.
    when: (state, { at }, setting) =>
      (state.processor.layer === 'hardware' || state.processor.layer === 'translated') &&
      canArm(state, setting) &&
      isAhead(state, at),
    then: (draft, { at }) => {
      draft.trigger = { kind: 'vmExit', at };
      draft.visit.trigger = true;
    },
  }),
};

/** The adversary's writes to memory that need no control of the measured processor. */
export const outsiders: {
  readonly dmaWrite: AdversaryAction;
  readonly otherProcessorWrite: AdversaryAction;
} = {
  dmaWrite: action({
    actor: 'adversary',
    says: 'a device writes the executable',
    needs: 'dma',
    when: (state) => !preparing(state) && canBeOverwritten(state),
    then: (draft) => {
      draft.memory.executable = 'altered';
      if (draft.stage === 'running') draft.ghost.ran = 'altered';
    },
  }),
  otherProcessorWrite: action({
    actor: 'adversary',
    says: 'another processor writes the executable',
    needs: 'secondProcessor',
    when: (state, _, { defends }) =>
      !preparing(state) && canBeOverwritten(state) && (!defends('engagesProcessors') || isFree(state)),
    then: (draft) => {
      draft.memory.executable = 'altered';
      if (draft.stage === 'running') draft.ghost.ran = 'altered';
    },
  }),
};

/**
 * Whether other processors are free: those that the function engages are, until it is entered and after its
 * executable has ended.
 */
const isFree = ({ stage }: Pioneer): boolean => stage === 'entry' || stage === 'done';

const canBeOverwritten = ({ memory, verifier }: Pioneer): boolean =>
  memory.executable === 'genuine' && verifier.phase !== 'rejected' && verifier.phase !== 'accepted';
