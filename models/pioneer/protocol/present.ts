import { match, P } from 'ts-pattern';
import type { Choice, Presentation, Value } from 'underwatch/model';
import { isAccepted, proxyCycles } from './machine.ts';
import type { PioneerSetting } from './setting.ts';
import { isTimed } from './phases.ts';
import type { Pioneer, TriggerKind } from './state.ts';
import {
  copyLoopCycles,
  cyclesOfUs,
  genuineLoopCycles,
  laterByExpected,
  sendCyclesIn,
  setUpCyclesIn,
  shortfallCycles,
  triggerCycles,
  upperLimitCycles,
} from './timing.ts';
import { copySumIsRight, genuineSumIsRight, reachesAdversary } from './truth.ts';
import { report } from './function.ts';

const number = (value: number): string => value.toLocaleString('en-US');

/** The cost of a step, while the verifier measures time. */
const cost = (state: Pioneer, cycles: number): string => (isTimed(state) ? `: ${number(cycles)} cycles` : '');

const PLACE: { readonly [place: string]: string } = {
  entry: 'at the entry of the function',
  loop: 'in the loop',
  loopEnd: 'after the loop',
  sent: 'after the checksum is sent',
  running: 'in the executable',
  done: 'at the return to the kernel',
};

const TRIGGER: { readonly [kind in TriggerKind]: string } = {
  debug: 'breakpoint: #DB',
  fault: 'page that cannot be fetched from: #PF',
  nmi: 'NMI',
  interrupt: 'interrupt',
  returnAddress: 'return address',
  dataHook: 'hooked pointer',
  smi: 'SMI',
  vmExit: 'VM exit',
};

const triggerText = (state: Pioneer, setting: PioneerSetting): string => {
  const { kind, at } = state.trigger;
  if (kind === 'none') return 'nothing';
  const who = reachesAdversary(state, state.trigger)
    ? 'the adversary has control'
    : 'its own handler ignores it';
  return `${TRIGGER[kind]} ${PLACE[at]}, ${who}${cost(state, triggerCycles(kind, setting))}`;
};

const arrivalText = (state: Pioneer, lateUs: number, setting: PioneerSetting): string => {
  const onTheWay = cyclesOfUs(setting.parameters.roundTripUs + lateUs, setting);
  const arrival = laterByExpected(state, onTheWay, setting);
  const limit = upperLimitCycles(setting);
  const time = arrival > limit ? `more than ${number(limit)}` : `${number(arrival)} of ${number(limit)}`;
  const verdict = isAccepted(state, arrival, setting) ? 'accepts' : 'rejects';
  return `the checksum is ${state.sum}, ${time} cycles after the challenge: the verifier ${verdict}`;
};

const armed: { readonly [action: string]: string } = {
  armBreakpoint: 'arms a breakpoint',
  withdrawPage: 'marks a page as not to be fetched from',
  scheduleNmi: 'has a performance counter overflow into an NMI',
  scheduleInterrupt: 'has a device interrupt',
  turnReturnAddress: 'turns a return address',
  hookPointer: 'turns a pointer in kernel data',
  scheduleSmi: 'has an SMI raised',
  planVmExit: 'plans a VM exit',
};

const forgings: { readonly [what: string]: string } = {
  forgesPc: 'forges the program counter',
  forgesDp: 'forges the data pointer',
  substitutes: 'replaces altered words as they are read',
};

const place = (text: string): string => (text === 'inPlace' ? 'in place' : 'elsewhere');

/** The text of steps of the protocol, and of the ways to the sum. */
const protocolText = (
  name: string,
  choice: Choice,
  state: Pioneer,
  setting: PioneerSetting,
): string | undefined => {
  const { parameters } = setting;
  const sum = (right: boolean): string => (right ? 'right' : 'wrong');
  return match({ name, choice })
    .with({ name: 'arrive', choice: { lateUs: P.number } }, (step) =>
      arrivalText(state, step.choice.lateUs, setting),
    )
    .with({ name: 'trigger' }, () => triggerText(state, setting))
    .with({ name: 'setUp' }, () => `CLI, handlers, registers${cost(state, setUpCyclesIn(state, setting))}`)
    .with(
      { name: 'checksum' },
      () =>
        `${number(parameters.iterations)} iterations${cost(state, genuineLoopCycles(state, setting))}; ${sum(genuineSumIsRight(state, setting))}`,
    )
    .with(
      { name: 'runCopy' },
      () =>
        `runs the copy, ${number(parameters.iterations)} iterations${cost(state, setUpCyclesIn(state, setting) + copyLoopCycles(state, setting))}; ${sum(copySumIsRight(state, setting))}`,
    )
    .with(
      { name: 'askProxy' },
      () => `has another machine compute the sum${cost(state, proxyCycles(setting))}`,
    )
    .with({ name: 'spin' }, () => `waits${cost(state, shortfallCycles(state, setting))}`)
    .with({ name: 'send' }, () => `sends the checksum${cost(state, sendCyclesIn(state, setting))}`)
    .with({ name: 'finish' }, () => `ends and reports that the kernel is ${report(state, setting)}`)
    .otherwise(() => undefined);
};

/** The text of steps before the challenge, or before the loop. */
const preparationText = (name: string, choice: Choice): string | undefined =>
  match({ name, choice })
    .with(
      { name: 'skipSetUp', choice: { interrupts: P.string } },
      (step) => `jumps to the loop, past CLI and handlers, with interrupts ${step.choice.interrupts}`,
    )
    .with(
      { name: 'placeCopy', choice: { at: { code: P.string, data: P.string } } },
      ({ choice: { at } }) => `writes a copy that runs ${place(at.code)} and reads ${place(at.data)}`,
    )
    .with(
      { name: 'addForging', choice: { what: P.string } },
      (step) => `every iteration of the copy also ${forgings[step.choice.what] ?? ''}`,
    )
    .with(
      { name: 'shareLoop', choice: { by: P.string } },
      (step) =>
        `another ${step.choice.by} computes ahead what does not depend on the sum, and hands it to the copy`,
    )
    .with(
      { name: 'deprivilege', choice: { interrupts: P.string } },
      (step) => `will run the function at privilege level 3, with interrupts ${step.choice.interrupts}`,
    )
    .with(
      { name: 'splitTranslations', choice: { of: P.string } },
      (step) => `gives fetches from the ${step.choice.of} another translation than reads`,
    )
    .with(
      { name: 'moveSegment', choice: { of: P.string } },
      (step) => `gives the ${step.choice.of} another code segment base than data segment base`,
    )
    .otherwise(() => undefined);

/** The text of writes and triggers by the adversary in control. */
const intrusionText = (
  name: string,
  choice: Choice,
  state: Pioneer,
  setting: PioneerSetting,
): string | undefined => {
  const { parameters } = setting;
  return match({ name, choice })
    .with({ name: 'loadRoot', choice: { root: P.string } }, (step) => {
      const root = step.choice.root;
      const kernel = state.memory[root === 'first' ? 'first' : 'second'];
      return `CR3 := ${root} root, which maps the ${kernel} kernel${cost(state, parameters.cr3LoadCycles + parameters.refillCycles)}`;
    })
    .with({ name: 'patchKernel' }, (step) => {
      const what =
        step.choice['to'] === 'genuine' ? 'takes its modification out' : 'puts its modification in';
      return `${what} where the kernel is mapped${cost(state, parameters.patchCycles)}`;
    })
    .with(
      { name: 'writeExecutable', choice: { to: P.string } },
      (step) => `makes the executable ${step.choice.to}${cost(state, parameters.patchCycles)}`,
    )
    .with({ choice: { at: P.string } }, (step) => {
      const what = armed[name];
      return what === undefined ? undefined : `${what}, to fire ${PLACE[step.choice.at] ?? ''}`;
    })
    .otherwise(() => undefined);
};

const valueText = (path: string, value: Value): string | undefined =>
  path === 'elapsedCycles' && typeof value === 'number' ? number(value) : undefined;

/** Prints steps with the cost of each in cycles, so that an attack shows its time budget. */
export const present: Presentation<Pioneer, PioneerSetting> = {
  step: (name, choice, state, setting) =>
    protocolText(name, choice, state, setting) ??
    preparationText(name, choice) ??
    intrusionText(name, choice, state, setting) ??
    SIMPLE[name],
  value: valueText,
  hidden: ['ghost', 'elapsedCycles'],
};

const SIMPLE: { readonly [action: string]: string } = {
  challenge: 'sends a nonce and starts its clock',
  resume: 'lets the function go on',
  lieAboutBase: 'reports the load address of the clean copy',
  translate: 'runs the kernel out of a translation cache',
  enterVm: 'puts the kernel into a virtual machine of the processor',
  raiseClock: 'raises the clock',
  giveHandlersStack: 'gives interrupt handlers a stack of their own',
  computeAhead: 'computes the sum for the nonce that will come',
  keepAnswer: 'keeps the answer to a nonce that will come again',
  answerAtOnce: 'takes the sum that lies ready',
  imitateHash: 'hashes a clean copy of the executable, which nobody times',
  imitateInvocation: 'runs an executable of his own',
  hash: 'hashes the executable; the verifier compares',
  invoke: 'jumps to the executable',
  dmaWrite: 'a device writes the executable',
  otherProcessorWrite: 'another processor writes the executable',
};
