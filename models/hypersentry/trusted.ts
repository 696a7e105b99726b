import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import { actionOf, integers, oneOf, type AnyAction } from 'underwatch/model';
import {
  drivePin,
  elapseTimer,
  fieldValue,
  readRegister,
  sciActive,
  withField,
  writeIo,
  writeRegister,
} from '../platform/chipset/index.ts';
import {
  deviceAnswers,
  elapsedUs,
  handlerBase,
  lateWorkUs,
  latched,
  platformOf,
  PM_OFFSETS,
  propagate,
  readAsHandler,
} from './platform.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry, Kernel } from './state.ts';

type TrustedAction = AnyAction<HyperSentry, HyperSentrySetting>;
const action = actionOf<HyperSentry, HyperSentrySetting>();

/** The run is over once the verifier has decided; nothing that happens later changes what it believes. */
export const undecided = ({ verifier }: HyperSentry): boolean =>
  verifier.phase === 'idle' || verifier.phase === 'waiting';

/** Whether a measurement finds the modification. */
export const isFound = (kernel: Kernel): boolean => kernel === 'modified' || kernel === 'hiding';

const outside = (state: HyperSentry): boolean => state.handler.phase === 'outside';
const frozen = (state: HyperSentry): boolean => state.cores.every(({ mode }) => mode === 'smm');

/** The bit of SMI_STS that sums up the GPIs, and nothing else: what slide 14 wants to see (N16). */
const GPI_STS_ONLY = 1 << 10;
/** What feeds SMI_STS.TCO_STS; a handler that left it set would be called again at once. */
const TCO1_STS_OFFSET = 0x64;

/** Slide 14, register by register. Each test is one defence. */
const passesSlide14 = (state: HyperSentry, setting: HyperSentrySetting): boolean => {
  const { defends, parameters } = setting;
  const pin = 1 << parameters.gpi;
  const route =
    (readRegister(state.chipset, platformOf(setting), 'GPI_ROUT') >>> (2 * parameters.gpi)) & 0b11;
  const read = (register: keyof typeof PM_OFFSETS): number => readAsHandler(state, setting, register);
  return (
    (!defends('checkSmiEn') || fieldValue('SMI_EN', read('SMI_EN'), 'GBL_SMI_EN') === 1) &&
    (!defends('checkGpiRout') || route === 0b01) &&
    (!defends('checkAltGpSmiEn') || (read('ALT_GP_SMI_EN') & pin) !== 0) &&
    (!defends('checkSmiSts') || read('SMI_STS') === GPI_STS_ONLY) &&
    (!defends('checkAltGpSmiSts') || read('ALT_GP_SMI_STS') === pin)
  );
};

/** Whether the BMC's signed time of the edge is recent enough; without an edge there is no signature. */
const inTime = (state: HyperSentry, { defends, parameters }: HyperSentrySetting): boolean => {
  const elapsed = elapsedUs(state);
  return !defends('boundedLatency') || (elapsed !== null && elapsed <= parameters.promptUs);
};

/** GPIO lockdown as the firmware had set it; nothing to find where it had not. */
const findsLockdown = ({ chipset }: HyperSentry, setting: HyperSentrySetting): boolean =>
  !setting.defends('checkGle') ||
  !setting.defends('gpioLockdown') ||
  platformOf(setting).layout.name !== 'series6to9' ||
  fieldValue('GPIO_CNTL', chipset.GPIO_CNTL, 'GLE') === 1;

/** Whether the handler takes the SMI that it is in for a trigger. */
export const accepts = (state: HyperSentry, setting: HyperSentrySetting): boolean =>
  passesSlide14(state, setting) && inTime(state, setting) && findsLockdown(state, setting);

/** A pulse on the BMC's pin, longer than the two clocks that the chipset needs (N19) and shorter than an instruction. */
const pulse = (draft: Draft<HyperSentry>, setting: HyperSentrySetting, gpi: number): void => {
  const platform = platformOf(setting);
  drivePin(draft.chipset, platform, gpi, 1);
  drivePin(draft.chipset, platform, gpi, 0);
};

/** Writes the status bits back that are set, so that they clear, and EOS, so that the next SMI can come. */
const acknowledge = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  const state = draft as HyperSentry;
  const base = handlerBase(state, setting);
  if (deviceAnswers(state, setting, base)) return; // The writes go to the device; the chipset keeps EOS clear.
  const platform = platformOf(setting);
  const at = (register: keyof typeof PM_OFFSETS): number => base + PM_OFFSETS[register];
  const status = readAsHandler(state, setting, 'SMI_STS');
  const pins = readAsHandler(state, setting, 'ALT_GP_SMI_STS');
  const enables = readAsHandler(state, setting, 'SMI_EN');
  writeIo(draft.chipset, platform, at('SMI_STS'), 4, status);
  writeIo(draft.chipset, platform, at('ALT_GP_SMI_STS'), 2, pins);
  writeIo(draft.chipset, platform, base + TCO1_STS_OFFSET, 2, 0xffff);
  writeIo(draft.chipset, platform, at('SMI_EN'), 4, (enables | 0b10) >>> 0);
};

/**
 * GPIO lockdown can be lifted, but not unnoticed: the SMI that this raises is there to set it again (6
 * series datasheet). The handler does so in every SMI, since neither the status of the unlocking nor GLE
 * itself is to be trusted: instructions in flight can clear the one and set the other. So it restores
 * GPI_INV in every SMI too, lifting the lockdown for it.
 */
const relock = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  const { defends, parameters } = setting;
  const platform = platformOf(setting);
  if (!defends('gpioUnlockSmi') || platform.layout.name !== 'series6to9') return;
  const setGle = (gle: 0 | 1): void =>
    writeRegister(
      draft.chipset,
      platform,
      'GPIO_CNTL',
      withField('GPIO_CNTL', draft.chipset.GPIO_CNTL, 'GLE', gle),
    );
  if (defends('restoreGpio')) {
    setGle(0);
    writeRegister(draft.chipset, platform, 'GPI_INV', parameters.registers.GPI_INV ?? 0);
  }
  setGle(1);
};

/** Verifier, BMC and time: what happens outside the target platform. */
export const outsideActions: {
  readonly request: TrustedAction;
  readonly pulse: TrustedAction;
  readonly watchdog: TrustedAction;
  readonly collect: TrustedAction;
  readonly timePasses: TrustedAction;
  readonly alarm: TrustedAction;
} = {
  request: action({
    actor: 'verifier',
    says: 'asks the BMC, over the management network, to trigger a measurement',
    when: (state) => state.verifier.phase === 'idle',
    then: (draft) => {
      draft.verifier.phase = 'waiting';
      draft.bmc.commanded = true;
    },
  }),
  pulse: action({
    actor: 'bmc',
    says: 'pulses its GPI on behalf of the verifier',
    // A pulse between the handler's reading and its clearing of the latch has the effect of one before
    // or one after both, so those two orders are all there is to explore.
    when: (state) => state.bmc.commanded && undecided(state) && outside(state),
    then: (draft, _, setting) => {
      draft.bmc.commanded = false;
      pulse(draft, setting, setting.parameters.gpi);
      draft.ghost.workSinceEdgeUs = 0;
      draft.ghost.retiredSinceEdge = 0;
      draft.ghost.modifiedAtEdge = draft.kernel === 'modified';
      draft.ghost.edgeInLatch = latched(draft, setting);
      propagate(draft, setting);
    },
  }),
  watchdog: action({
    actor: 'bmc',
    says: 'pulses the same GPI because the watchdog pre-timeout that was armed in-band has come',
    when: (state) => state.bmc.watchdogArmed && undecided(state) && outside(state),
    then: (draft, _, setting) => {
      draft.bmc.watchdogArmed = false;
      pulse(draft, setting, setting.parameters.gpi);
      propagate(draft, setting);
    },
  }),
  collect: action({
    actor: 'verifier',
    says: 'draws the signed output and judges it',
    when: (state, _, { defends }) =>
      state.verifier.phase === 'waiting' &&
      state.handler.output !== 'none' &&
      outside(state) &&
      (state.handler.outputSolicited || !defends('solicitedOnly')) &&
      !(state.verifier.overdue && defends('verifierDeadline')),
    then: (draft) => {
      draft.verifier.phase = draft.handler.output === 'clean' ? 'accepted' : 'alarmed';
    },
  }),
  timePasses: action({
    actor: 'time',
    says: 'the time the verifier allows for an answer passes',
    // Honest hardware is never that slow: this happens only when nothing is on its way any more.
    when: (state, _, { defends }) =>
      state.verifier.phase === 'waiting' &&
      !state.verifier.overdue &&
      !state.bmc.commanded &&
      outside(state) &&
      state.cores.every(({ mode, pending }) => mode === 'host' && (!pending || state.smiMasked)) &&
      !(state.handler.output !== 'none' && (state.handler.outputSolicited || !defends('solicitedOnly'))),
    then: (draft, _, setting) => {
      draft.verifier.overdue = true;
      if (draft.ghost.workSinceEdgeUs !== null) draft.ghost.workSinceEdgeUs = lateWorkUs(setting);
    },
  }),
  alarm: action({
    actor: 'verifier',
    says: 'raises an alarm, because no answer came in time',
    when: (state, _, { defends }) =>
      state.verifier.phase === 'waiting' && state.verifier.overdue && defends('verifierDeadline'),
    then: (draft) => {
      draft.verifier.phase = 'alarmed';
    },
  }),
};

/** The chipset's own events and the cores' way into SMM. */
export const hardwareActions: {
  readonly timer: TrustedAction;
  readonly otherPin: TrustedAction;
  readonly sci: TrustedAction;
  readonly enter: TrustedAction;
  readonly summon: TrustedAction;
} = {
  timer: action({
    actor: 'hardware',
    says: 'a timer of the chipset elapses',
    exists: ({ parameters }) => parameters.timers.length > 0,
    choose: ({ parameters }: HyperSentrySetting) => ({ timer: oneOf(parameters.timers) }),
    when: (state, { timer }) =>
      undecided(state) && outside(state) && (timer !== 'software' || state.chipset.swTimer === 'running'),
    then: (draft, { timer }, setting) => {
      elapseTimer(draft.chipset, platformOf(setting), timer);
      propagate(draft, setting);
    },
  }),
  otherPin: action({
    actor: 'hardware',
    says: 'another GPI is pulsed by whatever is wired to it',
    exists: ({ parameters }) => parameters.otherGpis.length > 0,
    choose: ({ parameters }: HyperSentrySetting) => ({ gpi: oneOf(parameters.otherGpis) }),
    when: (state) => undecided(state) && outside(state),
    then: (draft, { gpi }, setting) => {
      pulse(draft, setting, gpi);
      propagate(draft, setting);
    },
  }),
  sci: action({
    actor: 'hardware',
    says: 'the chipset interrupts the hypervisor with an SCI for the pin',
    when: (state, _, setting) =>
      undecided(state) &&
      !state.ghost.sawTrigger &&
      state.ghost.edgeInLatch &&
      state.cores.some(({ mode, pending }) => mode === 'host' && (!pending || state.smiMasked)) &&
      sciActive(state.chipset, platformOf(setting)) &&
      (state.chipset.GPE0_STS & state.chipset.GPE0_EN & (1 << (16 + setting.parameters.gpi))) !== 0,
    then: (draft) => {
      draft.ghost.sawTrigger = true;
    },
  }),
  enter: action({
    actor: 'hardware',
    says: 'a core takes the SMI that is pending for it, at an instruction boundary',
    choose: ({ parameters }: HyperSentrySetting) => ({ core: integers(0, parameters.cores - 1) }),
    when: (state, { core }) =>
      undecided(state) &&
      !state.smiMasked &&
      state.cores[core]!.mode === 'host' &&
      state.cores[core]!.pending,
    then: (draft, { core }) => {
      draft.cores[core] = { mode: 'smm', pending: false, retired: false };
    },
  }),
  summon: action({
    actor: 'firmware',
    says: 'sends an SMI to a core that is missing from the rendezvous',
    choose: ({ parameters }: HyperSentrySetting) => ({ core: integers(0, parameters.cores - 1) }),
    when: (state, { core }) =>
      undecided(state) &&
      state.cores.some(({ mode }) => mode === 'smm') &&
      state.cores[core]!.mode === 'host' &&
      !state.cores[core]!.pending,
    then: (draft, { core }) => {
      draft.cores[core]!.pending = true;
      draft.cores[core]!.retired = false;
    },
  }),
};

/** The SMI handler, with every core frozen in SMM. */
export const handlerActions: { readonly judge: TrustedAction; readonly finish: TrustedAction } = {
  judge: action({
    actor: 'handler',
    says: 'reads the registers of slide 14 and decides whether the BMC sent this SMI',
    when: (state) => undecided(state) && outside(state) && frozen(state),
    then: (draft, _, setting) => {
      draft.handler.phase = accepts(draft, setting) ? 'accepted' : 'rejected';
    },
  }),
  finish: action({
    actor: 'handler',
    says: 'measures if it accepted, clears the status, sets EOS, and every core leaves SMM',
    when: (state) => !outside(state),
    then: (draft, _, setting) => {
      match(draft.handler.phase)
        .with('accepted', () => {
          draft.handler.output = isFound(draft.kernel) ? 'modified' : 'clean';
          draft.ghost.measuredAfterEdge = draft.ghost.workSinceEdgeUs !== null;
          draft.handler.outputSolicited = draft.verifier.phase === 'waiting';
        })
        .with('rejected', 'outside', () => {})
        .exhaustive();
      draft.handler.phase = 'outside';
      for (const core of draft.cores) core.mode = 'host';
      relock(draft, setting);
      acknowledge(draft, setting);
      propagate(draft, setting);
    },
  }),
};
