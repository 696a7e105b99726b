import { match } from 'ts-pattern';
import type { PioneerSetting } from './setting.ts';
import {
  PLACES,
  type Content,
  type Pioneer,
  type Root,
  type Split,
  type Trigger,
  type TriggerKind,
  type TriggerPlace,
} from './state.ts';

/**
 * The root that maps the kernel's addresses: without paging CR3 may hold any value (SDM vol. 3, 4.1.1,
 * CR0.PG).
 */
export const mappedRoot = ({ processor }: Pioneer, { defends }: PioneerSetting): Root =>
  defends('noTranslation') ? 'first' : processor.root;

/** The kernel that the loaded root maps at the kernel's addresses. */
export const mappedKernel = (state: Pioneer, setting: PioneerSetting): Content =>
  state.memory[mappedRoot(state, setting)];

/**
 * The addresses for which a fetch and a read really differ. Translation buffers count only where addresses
 * are translated, and in 64-bit mode the base of CS is taken for zero, whatever its descriptor says (SDM vol.
 * 1, 3.3.4).
 */
export const splitOf = ({ memory }: Pioneer, { defends }: PioneerSetting): Split => {
  if (memory.split !== 'nothing') return defends('noTranslation') ? 'nothing' : memory.split;
  return defends('longMode') ? 'nothing' : memory.segment;
};

/**
 * Whether self-modifying code gives a split away: where fetch and read differ, the function executes
 * something else than it has just written.
 */
const isFoundOut = (state: Pioneer, setting: PioneerSetting): boolean =>
  setting.defends('fetchesWhatItReads') && splitOf(state, setting) === 'function';

/**
 * Whether the prepared answer fits the verifier's nonce: a kept one where nonces repeat, a foreseen one where
 * they can be foreseen.
 */
export const answerFits = ({ ready }: Pioneer, { defends }: PioneerSetting): boolean =>
  (ready === 'kept' && !defends('freshNonce')) || (ready === 'foreseen' && !defends('unpredictableNonce'));

/** The root in CR3 that the verifier knows: the one under which the machine was set up. */
const EXPECTED_ROOT: Root = 'first';

/** Whether software under the function reads the kernel where it is mapped. */
const kernelIsGenuine = (state: Pioneer, setting: PioneerSetting): boolean =>
  setting.parameters.kernelReadBy !== 'checksum' || mappedKernel(state, setting) === 'genuine';

/**
 * Whether the registers that go into every sum are as expected, whoever computes it on the bare processor.
 */
const registersAreAsExpected = ({ processor, trigger }: Pioneer, { defends }: PioneerSetting): boolean =>
  (!defends('mixDr7') || trigger.kind !== 'debug') &&
  (!defends('mixReturnAddresses') || trigger.kind !== 'returnAddress') &&
  (!defends('mixCr3') || processor.root === EXPECTED_ROOT);

/**
 * Whether unprivileged reads show nothing of the layer under the function: flags, code segment selector,
 * IDTR.
 */
const layerIsUnseen = ({ processor }: Pioneer, { defends }: PioneerSetting): boolean => {
  const showsRight =
    !(processor.interruptsOn && defends('mixFlags')) &&
    !(processor.handlers === 'adversary' && defends('mixIdtr'));
  return (
    match(processor.layer)
      .with('none', () => showsRight)
      // PUSHF below IOPL does not trap: it shows the interrupt flag as it is. Nor does reading CS.
      .with('deprivileged', () => showsRight && !defends('mixCs'))
      // A translator rewrites what would show it, at a cost; hardware gives a guest its own registers.
      .with('translated', 'hardware', () => true)
      .exhaustive()
  );
};

/** Whether the genuine function, as it runs now, comes to the sum that the verifier expects. */
export const genuineSumIsRight = (state: Pioneer, setting: PioneerSetting): boolean =>
  !state.overwritten &&
  !isFoundOut(state, setting) &&
  kernelIsGenuine(state, setting) &&
  registersShown(state, setting) &&
  layerIsUnseen(state, setting);

// Under a layer what the function reads of privileged registers is what that layer lets it see.
const registersShown = (state: Pioneer, setting: PioneerSetting): boolean =>
  state.processor.layer === 'none'
    ? registersAreAsExpected(state, setting)
    : !setting.defends('mixReturnAddresses') || state.trigger.kind !== 'returnAddress';

/** Whether the copy reads the words at the data pointer that the verifier expects there. */
const copyReadsGenuine = (state: Pioneer, setting: PioneerSetting): boolean => {
  const { copy } = state;
  if (copy.substitutes || copy.data === 'elsewhere') return true;
  const functionIsGenuine = copy.code === 'elsewhere' || splitOf(state, setting) === 'function';
  return functionIsGenuine && kernelIsGenuine(state, setting);
};

/** Whether the altered copy comes to the sum that the verifier expects. */
export const copySumIsRight = (state: Pioneer, setting: PioneerSetting): boolean => {
  const { copy } = state;
  const { defends } = setting;
  const pcIsRight = copy.code === 'inPlace' || copy.forgesPc || !defends('mixPc');
  // A verifier that knows the base uses it, whatever the prover reports.
  const isBelieved = state.baseIsLie && !defends('knownBase');
  const dpIsRight = copy.data === 'inPlace' || copy.forgesDp || isBelieved || !defends('mixDp');
  return (
    pcIsRight &&
    dpIsRight &&
    !isFoundOut(state, setting) &&
    copyReadsGenuine(state, setting) &&
    registersAreAsExpected(state, setting)
  );
};

/** Whether the trigger goes through the IDT: interrupts and exceptions do, the rest does not. */
export const goesThroughIdt = (kind: TriggerKind): boolean =>
  kind === 'debug' || kind === 'fault' || kind === 'nmi' || kind === 'interrupt';

/** Whether the armed trigger takes effect when the function has come to `place`. */
export const firesAt = ({ processor, trigger }: Pioneer, place: TriggerPlace): boolean =>
  trigger.kind !== 'none' && trigger.at === place && (trigger.kind !== 'interrupt' || processor.interruptsOn);

/** Whether the adversary gets control with the trigger: by its own handlers, or around all handlers. */
export const reachesAdversary = ({ processor }: Pioneer, { kind }: Trigger): boolean =>
  kind !== 'none' && (!goesThroughIdt(kind) || processor.handlers === 'adversary');

/** Whether a trigger fires before the function can go on. */
export const interrupted = (state: Pioneer): boolean =>
  PLACES.some((place) => place === state.stage && firesAt(state, place));
