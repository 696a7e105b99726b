import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import type { PioneerSetting } from './setting.ts';
import { inControl, preparing } from './phases.ts';
import type { Pioneer } from './state.ts';

type AdversaryAction = AnyAction<Pioneer, PioneerSetting>;
const action = actionOf<Pioneer, PioneerSetting>();

const bare = (state: Pioneer): boolean => preparing(state) && state.processor.layer === 'none';
/**
 * Whether an answer is still to be prepared. One challenge has one answer: an adversary with one ready needs
 * no copy, and one with a copy needs no other.
 */
const needsAnswer = ({ copy, ready }: Pioneer): boolean => copy.code === 'none' && ready === 'none';
/**
 * Whether fetches and reads can be split: nothing is split yet, and there is something else to fetch. The
 * executable has its altered frame, the function an altered copy in place.
 */
const canSplit = (state: Pioneer, of: 'function' | 'executable'): boolean =>
  preparing(state) &&
  state.memory.split === 'nothing' &&
  state.memory.segment === 'nothing' &&
  (of === 'executable' || state.copy.code === 'inPlace');
const splitTargets = { of: oneOf(['function', 'executable']) };

/** The adversary's preparations of the machine before the challenge; none of them is timed. */
export const preparations: {
  readonly placeCopy: AdversaryAction;
  readonly addForging: AdversaryAction;
  readonly shareLoop: AdversaryAction;
  readonly lieAboutBase: AdversaryAction;
  readonly splitTranslations: AdversaryAction;
  readonly moveSegment: AdversaryAction;
  readonly deprivilege: AdversaryAction;
  readonly translate: AdversaryAction;
  readonly enterVm: AdversaryAction;
  readonly raiseClock: AdversaryAction;
  readonly giveHandlersStack: AdversaryAction;
  readonly computeAhead: AdversaryAction;
  readonly keepAnswer: AdversaryAction;
} = {
  placeCopy: action({
    actor: 'adversary',
    says: 'writes an altered copy of the checksum code: where it is to run, and where it is to read',
    needs: 'code',
    choose: ({ parameters }) => ({ at: oneOf(parameters.copies) }),
    when: (state) => preparing(state) && state.copy.code === 'none' && state.ready === 'none',
    then: (draft, { at }) => {
      draft.copy.code = at.code;
      draft.copy.data = at.data;
    },
  }),
  addForging: action({
    actor: 'adversary',
    says: 'adds instructions to every iteration of the copy',
    needs: 'code',
    choose: { what: oneOf(['forgesPc', 'forgesDp', 'substitutes']) },
    when: (state, { what }) => preparing(state) && state.copy.code !== 'none' && !state.copy[what],
    then: (draft, { what }) => {
      draft.copy[what] = true;
    },
  }),
  shareLoop: action({
    actor: 'adversary',
    says: 'has another processor or thread compute ahead what does not depend on the sum, for his copy to take',
    needs: 'secondProcessor',
    choose: ({ parameters }) => ({ by: oneOf(parameters.helpers) }),
    when: (state) => preparing(state) && state.copy.code !== 'none' && state.copy.helper === 'none',
    then: (draft, { by }) => {
      draft.copy.helper = by;
    },
  }),
  lieAboutBase: action({
    actor: 'adversary',
    says: 'reports the load address of the clean copy as that of the function',
    needs: 'lie',
    when: (state) => preparing(state) && state.copy.data === 'elsewhere' && !state.baseIsLie,
    then: (draft) => {
      draft.baseIsLie = true;
    },
  }),
  splitTranslations: action({
    actor: 'adversary',
    says: 'loads the two translation buffers with different frames for one page',
    needs: 'splitTlb',
    choose: splitTargets,
    when: (state, { of }) => canSplit(state, of),
    then: (draft, { of }) => {
      draft.memory.split = of;
    },
  }),
  moveSegment: action({
    actor: 'adversary',
    says: 'gives the code segment another base than the data segment',
    needs: 'segments',
    choose: splitTargets,
    when: (state, { of }) => canSplit(state, of),
    then: (draft, { of }) => {
      draft.memory.segment = of;
    },
  }),
  deprivilege: action({
    actor: 'adversary',
    says: 'will enter the function by IRET at privilege level 3',
    needs: 'deprivilege',
    choose: { interrupts: oneOf(['off', 'on']) },
    when: bare,
    then: (draft, { interrupts }) => {
      draft.processor.layer = 'deprivileged';
      draft.processor.interruptsOn = interrupts === 'on';
    },
  }),
  translate: action({
    actor: 'adversary',
    says: 'runs the kernel, and with it the function, out of a translation cache',
    needs: 'translator',
    when: bare,
    then: (draft) => {
      draft.processor.layer = 'translated';
    },
  }),
  enterVm: action({
    actor: 'adversary',
    says: 'puts the running kernel into a virtual machine of the processor',
    needs: 'hardwareVm',
    when: bare,
    then: (draft) => {
      draft.processor.layer = 'hardware';
    },
  }),
  raiseClock: action({
    actor: 'adversary',
    says: 'raises the clock',
    needs: 'overclock',
    when: (state) => preparing(state) && !state.processor.raised,
    then: (draft) => {
      draft.processor.raised = true;
    },
  }),
  giveHandlersStack: action({
    actor: 'adversary',
    says: 'gives interrupt handlers a stack of their own (IST)',
    needs: 'ownStack',
    when: (state) => preparing(state) && !state.processor.ownStack,
    then: (draft) => {
      draft.processor.ownStack = true;
    },
  }),
  computeAhead: action({
    actor: 'adversary',
    says: 'computes the sum for the nonce that he expects to come',
    needs: 'foreknowledge',
    when: (state) => preparing(state) && needsAnswer(state),
    then: (draft) => {
      draft.ready = 'foreseen';
    },
  }),
  keepAnswer: action({
    actor: 'adversary',
    says: 'keeps the answer to an earlier challenge, in case its nonce comes again',
    needs: 'store',
    when: (state) => preparing(state) && inControl(state) && needsAnswer(state),
    then: (draft) => {
      draft.ready = 'kept';
    },
  }),
};
