import { produce } from 'immer';
import { match, P } from 'ts-pattern';
import type { Choice, Presentation, Value } from 'underwatch/model';
import {
  formatRegister,
  registerAddress,
  registerLayout,
  REGISTER_NAMES,
  REGISTERS,
  type FieldWrite,
  type RegisterName,
} from '../../platform/chipset/index.ts';
import { ageUs } from './clock.ts';
import { platformOf } from './platform.ts';
import type { HyperSentrySetting, Write } from './setting.ts';
import type { HyperSentry } from './state.ts';
import { accepts, isFound, pictureOf, usePorts, type Picture } from './handler.ts';

const hex = (value: number, digits: number): string => `${value.toString(16).padStart(digits, '0')}h`;

const place = (state: HyperSentry, setting: HyperSentrySetting, register: RegisterName): string => {
  const address = registerAddress(state.chipset, platformOf(setting), register);
  if (address.space === 'io') return `port ${hex(address.address, 4)}`;
  if (address.device === 'rcba') return `RCBA+${hex(address.offset, 4)}`;
  const device = { lpc: 'D31:F0', uhci: 'D29:F0', mch: platformOf(setting).layout.mch }[address.device];
  return `${device} ${hex(address.offset, 2)}`;
};

const writeText = (write: FieldWrite, state: HyperSentry, setting: HyperSentrySetting): string => {
  const field = REGISTERS[write.register].fields.find(({ name }) => name === write.field);
  const value =
    (field?.width ?? 1) > 4
      ? hex(write.value, Math.ceil((field?.width ?? 1) / 4))
      : write.value.toString(2).padStart(field?.width ?? 1, '0');
  const how =
    field?.access === 'R/WC'
      ? 'write 1 to clear'
      : `:= ${value}${(field?.width ?? 1) > 1 && (field?.width ?? 1) <= 4 ? 'b' : ''}`;
  return `${write.register}.${write.field} ${how} (${place(state, setting, write.register)})`;
};

const instructionText = (
  { also = [], ...first }: Write,
  state: HyperSentry,
  setting: HyperSentrySetting,
): string => [first, ...also].map((each) => writeText(each, state, setting)).join(' and ');

const simple: { readonly [action: string]: string } = {
  request: 'asks for a measurement, over the management network',
  pulse: 'pulses the GPI for the verifier: the edge',
  watchdog: 'pulses the GPI: the watchdog pre-timeout armed in-band',
  timePasses: 'the time allowed for an answer passes',
  alarm: 'raises an alarm: no answer in time',
  sci: 'the chipset interrupts the hypervisor with an SCI for the pin',
  nmi: 'the chipset interrupts the hypervisor with an NMI for the pin',
  hide: 'takes its modification out, up to the last instruction',
  vanish: 'the last instruction of hiding',
  restore: 'puts its modification back',
  shade: 'STI, MOV SS or POP SS: its SMI waits for one instruction more',
  deliver: 'the SMI message reaches the cores',
  spin: 'lets an instruction pass',
  armWatchdog: 'KCS: Set Watchdog Timer, pre-timeout interrupt = SMI',
};

/** The registers of slide 14, in its order; the pin's own bits of the first three. */
const pictureText = (picture: Picture, { parameters }: HyperSentrySetting): string =>
  [
    `GBL_SMI_EN = ${picture.GBL_SMI_EN}`,
    `GPI_ROUT.GPI${parameters.gpi} = ${picture.GPI_ROUT.toString(2).padStart(2, '0')}b`,
    `ALT_GP_SMI_EN.GPI${parameters.gpi} = ${picture.ALT_GP_SMI_EN}`,
    `SMI_STS = ${hex(picture.SMI_STS, 8)}`,
    `ALT_GP_SMI_STS = ${hex(picture.ALT_GP_SMI_STS, 4)}`,
  ].join(', ');

const ageText = (state: HyperSentry, tookUs: number, setting: HyperSentrySetting): string => {
  if (!setting.defends('boundedLatency')) return '';
  const { promptUs } = setting.parameters;
  const age = ageUs(state, tookUs, setting);
  if (age === null) return '; no time of an edge';
  return `; the edge is ${age > promptUs ? `more than ${promptUs}` : age} us old`;
};

const judgeText = (state: HyperSentry, tookUs: number, setting: HyperSentrySetting): string => {
  const read = produce(state, (draft) => usePorts(draft, setting));
  const decision = accepts(read, tookUs, setting) ? 'accepts' : 'rejects';
  const picture = pictureText(pictureOf(read, setting), setting);
  return `all cores frozen; ${picture}${ageText(state, tookUs, setting)}: ${decision}`;
};

const stepText = (
  name: string,
  choice: Choice,
  state: HyperSentry,
  setting: HyperSentrySetting,
): string | undefined =>
  match({ name, choice: choice })
    .with({ name: 'judge', choice: { tookUs: P.number } }, ({ choice: { tookUs } }) =>
      judgeText(state, tookUs, setting),
    )
    .with({ name: 'finish' }, () => {
      const measured = isFound(state.kernel) ? 'modified' : 'clean';
      const first = state.handler.phase === 'accepted' ? `measures: ${measured}; ` : '';
      return `${first}clears the status, sets EOS, RSM`;
    })
    .with({ name: 'collect' }, () => `draws the signed output: ${state.handler.output}`)
    .with({ name: P.union('out', 'outConfig') }, () =>
      instructionText(choice['write'] as unknown as Write, state, setting),
    )
    .with(
      { name: 'poll', choice: { register: P.string } },
      ({ choice: { register } }) =>
        `reads ${register} (${place(state, setting, register as RegisterName)}) and sees the trigger`,
    )
    .with({ name: 'outPort', choice: { port: P.number } }, ({ choice: { port } }) => `OUT ${hex(port, 4)}`)
    .with({ name: 'sendSmi', choice: { to: P.string } }, ({ choice: { to } }) => `ICR: SMI to ${to}`)
    .with({ name: 'enter', choice: { core: P.number } }, ({ choice: { core } }) => `core ${core} enters SMM`)
    .with(
      { name: 'summon', choice: { core: P.number } },
      ({ choice: { core } }) => `the handler sends an SMI to core ${core}`,
    )
    .with(
      { name: 'timer', choice: { timer: P.string } },
      ({ choice: { timer } }) => `the ${timer} timer elapses`,
    )
    .with({ name: 'otherPin', choice: { gpi: P.number } }, ({ choice: { gpi } }) => `GPI ${gpi} is pulsed`)
    .with(
      { name: 'moveBase', choice: { base: P.number } },
      ({ choice: { base } }) => `PMBASE := ${hex(base, 4)} (${place(state, setting, 'PMBASE')})`,
    )
    .with({ name: 'maskSmis', choice: { masked: P.boolean } }, ({ choice: { masked } }) =>
      masked ? 'holds SMIs pending in the cores' : 'takes SMIs again',
    )
    .with(
      { name: 'placeDevice', choice: { window: P.string } },
      ({ choice: { window } }) => `its device's I/O window: ${window}`,
    )
    .with(
      { name: 'setDevice', choice: { content: { register: P.string, value: P.number } } },
      ({ choice: { content } }) =>
        `its device, in place of ${content.register}, will read ${hex(content.value, 4)}`,
    )
    .otherwise(() => simple[name]);

const names: readonly string[] = REGISTER_NAMES;

const valueText = (path: string, value: Value): string | undefined => {
  const [owner, register] = path.split('.');
  if (typeof value !== 'number' || register === undefined) return undefined;
  if (owner === 'chipset' && names.includes(register))
    return formatRegister(register as RegisterName, value, 'bits');
  return owner === 'device' ? hex(value, 4) : undefined;
};

/** Prints steps and register values in the datasheets' own terms. */
export const present: Presentation<HyperSentry, HyperSentrySetting> = {
  step: stepText,
  value: valueText,
  register: (path, setting) => registerLayout(path, platformOf(setting).layout),
  hidden: ['ghost'],
};
