import { match, P } from 'ts-pattern';
import type { Choice, Presentation } from 'underwatch/model';
import { overflowDelivers } from '../../platform/apic/index.ts';
import { othersFrozen } from './machine.ts';
import { verdictOfCheck, verdictOfStore } from './handler.ts';
import type { MeasurementSetting } from './setting.ts';
import type { Measurement, Place } from './state.ts';

const simple: { readonly [action: string]: string } = {
  trigger: 'SMI#1, the trigger that slide 14 accepts, is sent to every core',
  wait: 'a millisecond of waiting for the other cores',
  giveUp: 'SMI#1: a core did not come in time; RSM, output: failed',
  passes: 'a long instruction comes to its end',
  elapse: 'the source of SMIs that was armed goes off',
  deadline: 'no output in time: alarm',
  takeNmi: 'the NMI is delivered before the next instruction',
  deviceNmi: 'a device raises an NMI',
  interrupt: 'a device interrupts: IF = 1',
  breakpoint: '#DB in the agent',
  hide: 'takes its modification out, up to the last instruction',
  vanish: 'the last instruction of hiding',
  restore: 'puts its modification back',
  sendSmi: 'ICR: SMI to itself',
  sendNmi: 'ICR: NMI to the measuring core',
  armTimer: 'arms a source of SMIs that will go off later',
  touch: "reads the agent's address: the TLB keeps where it leads",
  lidt: 'LIDT: an IDT of its own',
  setTsc: 'WRMSR IA32_TIME_STAMP_COUNTER: as it was when SMI#1 ended',
  giveUpRun: "the agent's own exception handler gives up: OUT B2h, without a result",
  dmaKernel: "DMA: the hypervisor's genuine bytes over the modification",
  sti: 'STI',
  goOn: 'the instruction in flight retires',
  finishExit: 'handles the VM exit that it finds, and enters its guest again',
};

const placeText = (place: Place): string =>
  match(place)
    .with('guest', () => 'in the guest')
    .with('hypervisor', () => 'in the hypervisor')
    .with('injected', () => 'at the injected instruction')
    .with('behind', () => 'just behind the injected instruction')
    .with('host entry', () => 'at the host entry')
    .with('agent entry', 'agent', 'agent exit', () => 'in the agent')
    .with('exited', () => "just behind the agent's OUT B2h")
    .with('fault', () => "in the agent's exception handler")
    .exhaustive();

const frozenText = (state: Measurement): string =>
  state.others.length === 0
    ? 'no other core'
    : othersFrozen(state)
      ? 'every core frozen'
      : 'a core is missing';

const exitText = ({ core, vmcs }: Measurement): string => {
  if (core.mode === 'host') return 'the injected instruction, in the hypervisor itself: nothing exits';
  const to =
    vmcs.entry === 'genuine' ? 'to the host entry' : "to the hypervisor's other entry, CR3 to its decoys";
  return `the injected instruction: VM exit ${to}${vmcs.stopsCounter ? '; it stops the counter' : ''}`;
};

const overflowText = ({ apic }: Measurement): string => {
  const delivers = overflowDelivers(apic);
  const what = delivers === 'nothing' ? 'delivers nothing' : `sends an ${delivers}`;
  const mode = delivers === 'SMI' ? ' (delivery mode 010)' : '';
  return `a fetch misses the flushed caches: the counter overflows, the LVT entry${mode} ${what}`;
};

const checkText = (state: Measurement, setting: MeasurementSetting): string =>
  match(verdictOfCheck(state, setting))
    .with(
      'again',
      () => 'SMI#2: too early, saved RIP is at the injected instruction; presets the counter again; RSM',
    )
    .with('refuse', () => 'SMI#2: does not run the agent; RSM, output: failed')
    .with(
      'run',
      () =>
        `SMI#2, verify the measurement agent: accepted; puts the instruction back, saves the context; IF := 0, RIP := agent${setting.defends('gatesInPlace') && (setting.defends('gatesInUse') || !state.core.ownIdt) ? ', IDT gates := its own' : ''}; RSM`,
    )
    .exhaustive();

const storeText = (state: Measurement, setting: MeasurementSetting): string =>
  match(verdictOfStore(state, setting))
    .with('return', () => "an SMI that is not the agent's; RSM to the agent")
    .with(
      'clean',
      'modified',
      'failed',
      (output) => `SMI#3, store measurement output: ${output}; restores the context; RSM`,
    )
    .exhaustive();

const executeText = ({ core }: Measurement): string =>
  match(core.at)
    .with('agent entry', () => 'its first instructions: IDTR, DR7')
    .with('agent', () =>
      core.mode === 'host' && core.cr3 === 'hypervisor'
        ? "measures the hypervisor's code and data, in host mode, through its CR3"
        : 'measures what it is shown',
    )
    .otherwise(() => 'restores DR7; OUT B2h: hands over by SMI#3');

const stepText = (
  name: string,
  choice: Choice,
  state: Measurement,
  setting: MeasurementSetting,
): string | undefined =>
  match({ name, choice })
    .with({ name: 'enter' }, () => `the measuring core enters SMM; saved RIP ${placeText(state.core.at)}`)
    .with(
      { name: 'enterOther', choice: { core: P.number } },
      ({ choice: { core } }) => `core ${core + 1} enters SMM`,
    )
    .with(
      { name: 'prepare' },
      () =>
        `SMI#1, prepare SMM fallback: ${frozenText(state)}; injects a privileged instruction at RIP; presets the counter, LVT := SMI; WBINVD; RSM`,
    )
    .with({ name: 'overflow' }, () => overflowText(state))
    .with(
      { name: 'setApic', choice: { write: { register: P.string, field: P.string, value: P.number } } },
      ({ choice: { write } }) => `${write.register}.${write.field} := ${write.value.toString(16)}h`,
    )
    .with({ name: 'fallBack' }, () => exitText(state))
    .with({ name: 'collect' }, () => `draws the output: ${state.handler.output}`)
    .with({ name: 'run' }, () =>
      state.core.mode === 'host' ? 'VM entry to its guest' : 'VM exit from its guest',
    )
    .with({ name: 'check' }, () => checkText(state, setting))
    .with({ name: 'storeOutput' }, () => storeText(state, setting))
    .with({ name: 'execute' }, () => executeText(state))
    .with(
      { name: P.union('store', 'dma'), choice: { write: { to: P.string, value: P.string } } },
      ({ choice: { write } }) => `${name === 'dma' ? 'DMA: ' : ''}${write.to} := ${write.value}`,
    )
    .with({ name: 'jump', choice: { to: P.string } }, ({ choice: { to } }) => `jumps to the ${to}`)
    .with(
      { name: 'enterGuest', choice: { to: P.string } },
      ({ choice: { to } }) => `VM entry with RIP = ${to}, nested paging below, and the counter running`,
    )
    .with({ name: 'setVmcs', choice: { field: P.string } }, ({ choice: { field } }) => `VMCS: ${field}`)
    .with(
      { name: 'setDr7', choice: { on: P.boolean } },
      ({ choice: { on } }) => `DR7 := ${on ? 'GD and a breakpoint' : '400h'}`,
    )
    .with(
      { name: 'park', choice: { core: P.number } },
      ({ choice: { core } }) => `core ${core + 1} into wait-for-SIPI`,
    )
    .with({ name: 'sipi', choice: { core: P.number } }, ({ choice: { core } }) => `SIPI to core ${core + 1}`)
    .with(
      { name: 'hold', choice: { core: P.number } },
      ({ choice: { core } }) => `core ${core + 1} holds SMIs pending`,
    )
    .with(
      { name: 'release', choice: { core: P.number } },
      ({ choice: { core } }) => `core ${core + 1} takes SMIs again`,
    )
    .with(
      { name: 'longInstruction', choice: { core: P.number } },
      ({ choice: { core } }) => `core ${core + 1} begins an instruction of milliseconds`,
    )
    .otherwise(() => simple[name]);

/** Prints steps in the words of the field. */
export const present: Presentation<Measurement, MeasurementSetting> = {
  step: stepText,
  hidden: ['ghost'],
};
