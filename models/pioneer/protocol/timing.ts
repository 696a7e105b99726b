import { match } from 'ts-pattern';
import type { PioneerSetting } from './setting.ts';
import type { Pioneer, TriggerKind } from './state.ts';

const ceilDiv = (dividend: number, divisor: number): number => Math.ceil(dividend / divisor);

/**
 * Microseconds as cycles of the clock that the verifier expects: exact, since MHz are cycles a microsecond.
 */
export const cyclesOfUs = (us: number, { parameters }: PioneerSetting): number => us * parameters.expectedMhz;

/** The time of all iterations of a loop, in cycles. */
export const loopCycles = (milliCycles: number, { parameters }: PioneerSetting): number =>
  ceilDiv(parameters.iterations * milliCycles, 1000);

/** The time from challenge to answer that the verifier expects: an honest machine and a quiet network. */
export const honestCycles = (setting: PioneerSetting): number => {
  const { blockMilliCycles, roundTripUs, sendCycles, setUpCycles } = setting.parameters;
  return cyclesOfUs(roundTripUs, setting) + setUpCycles + loopCycles(blockMilliCycles, setting) + sendCycles;
};

/** The last cycle in which an answer is in time. */
export const upperLimitCycles = (setting: PioneerSetting): number =>
  honestCycles(setting) + setting.parameters.slackCycles;

/** Converts the machine's own cycles to cycles of the expected clock, rounded up. */
export const atExpectedClock = (
  cycles: number,
  { processor }: Pick<Pioneer, 'processor'>,
  { parameters }: PioneerSetting,
): number => {
  const mhz = processor.raised ? parameters.raisedMhz : parameters.actualMhz;
  return ceilDiv(cycles * parameters.expectedMhz, mhz);
};

/**
 * The time since the challenge after so many more of the machine's own cycles; beyond the limit all times are
 * alike.
 */
export const later = (
  state: Pick<Pioneer, 'elapsedCycles' | 'processor'>,
  cycles: number,
  setting: PioneerSetting,
): number => laterByExpected(state, atExpectedClock(cycles, state, setting), setting);

/** The same for cycles of the expected clock: what the network or another machine takes. */
export const laterByExpected = (
  { elapsedCycles }: Pick<Pioneer, 'elapsedCycles'>,
  cycles: number,
  setting: PioneerSetting,
): number => Math.min(elapsedCycles + cycles, upperLimitCycles(setting) + 1);

/** Thousandths of a cycle that one iteration of the genuine loop takes where it runs now. */
const genuineMilliCycles = ({ processor }: Pioneer, { defends, parameters }: PioneerSetting): number => {
  const { blockMilliCycles, cr3ReadExits, translatedMilliCycles, trapCycles, vmExitCycles } = parameters;
  const privileged = (defends('mixDr7') ? 1 : 0) + (defends('mixCr3') ? 1 : 0);
  return (
    match(processor.layer)
      .with('none', () => blockMilliCycles)
      // CLI, PUSHF, reads of CS, IDTR and DR7 need not exit; reading CR3 may have to (SDM vol. 3, 25.1 and
      // A.3.2).
      .with(
        'hardware',
        () => blockMilliCycles + (cr3ReadExits && defends('mixCr3') ? 1000 * vmExitCycles : 0),
      )
      .with('translated', () => translatedMilliCycles)
      .with('deprivileged', () => blockMilliCycles + 1000 * privileged * trapCycles)
      .exhaustive()
  );
};

/** The time of the genuine loop where it runs now, in the machine's own cycles. */
export const genuineLoopCycles = (state: Pioneer, setting: PioneerSetting): number =>
  loopCycles(genuineMilliCycles(state, setting), setting);

/**
 * The cost of an iteration of the altered copy, without forging the program counter, which the sum's side
 * always does.
 */
const copyMilliCycles = ({ copy }: Pioneer, { defends, parameters }: PioneerSetting): number => {
  const { helpedMilliCycles, threadedMilliCycles } = parameters;
  const alone =
    parameters.blockMilliCycles -
    parameters.savedMilliCycles +
    (copy.forgesDp ? parameters.forgeDpMilliCycles : 0) +
    (copy.substitutes ? parameters.substituteMilliCycles : 0);
  // If no processor is free, a helper's work is missing elsewhere: the work is shared only on average.
  const least = defends('engagesProcessors') ? parameters.engagedMilliCycles : 0;
  return match(copy.helper)
    .with('none', () => alone)
    .with('processor', () => Math.max(helpedMilliCycles, least))
    .with('thread', () => Math.max(threadedMilliCycles, least))
    .exhaustive();
};

/**
 * The time of the altered copy: the genuine loop and its forging, less what a faster loop or a helper saves.
 */
export const copyLoopCycles = (state: Pioneer, setting: PioneerSetting): number => {
  const { copy } = state;
  const { forgePcMilliCycles, handOverCycles } = setting.parameters;
  const milliCycles = copyMilliCycles(state, setting) + (copy.forgesPc ? forgePcMilliCycles : 0);
  return loopCycles(milliCycles, setting) + (copy.helper === 'none' ? 0 : handOverCycles);
};

/**
 * The time of setting up. CLI, handlers and DR7 are privileged, and each traps where the function is
 * deprivileged.
 */
export const setUpCyclesIn = ({ processor }: Pioneer, { defends, parameters }: PioneerSetting): number => {
  const privileged = 1 + (defends('handlersFirst') ? 1 : 0) + (defends('mixDr7') ? 1 : 0);
  const traps = processor.layer === 'deprivileged' ? privileged : 0;
  return parameters.setUpCycles + traps * parameters.trapCycles;
};

/**
 * The time of sending. Handlers that are installed after the loop are part of it, and trap where it is
 * deprivileged.
 */
export const sendCyclesIn = ({ processor }: Pioneer, { defends, parameters }: PioneerSetting): number =>
  parameters.sendCycles +
  (processor.layer === 'deprivileged' && defends('handlersLast') ? parameters.trapCycles : 0);

/**
 * The time until the adversary gets control with a trigger, and that of going back to what was interrupted.
 */
export const triggerCycles = (kind: TriggerKind, { parameters }: PioneerSetting): number =>
  match(kind)
    .with('debug', 'fault', 'nmi', 'interrupt', () => parameters.exceptionCycles + parameters.iretCycles)
    .with('vmExit', () => parameters.vmExitCycles)
    .with('smi', () => parameters.smiCycles)
    .with('returnAddress', 'dataHook', () => 0)
    .exhaustive();

/** The time to wait before the checksum is sent, so that it does not arrive sooner than an honest one. */
export const shortfallCycles = (state: Pioneer, setting: PioneerSetting): number => {
  const rest =
    atExpectedClock(sendCyclesIn(state, setting), state, setting) +
    cyclesOfUs(setting.parameters.roundTripUs, setting);
  return Math.max(0, honestCycles(setting) - state.elapsedCycles - rest);
};
