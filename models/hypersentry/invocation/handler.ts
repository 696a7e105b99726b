import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import { fieldValue, readRegister, withField, writeIo, writeRegister } from '../../platform/chipset/index.ts';
import { ageUs, ends, entries, lateWorkUs, passMs, passUs } from './clock.ts';
import { frozen, outside, undecided } from './phases.ts';
import {
  deviceAnswers,
  disarmTraps,
  handlerBase,
  platformOf,
  PM_OFFSETS,
  propagate,
  readAsHandler,
  restoreDecode,
  touchPorts,
} from './platform.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry, Kernel } from './state.ts';

type TrustedAction = AnyAction<HyperSentry, HyperSentrySetting>;
const action = actionOf<HyperSentry, HyperSentrySetting>();

/** Whether a measurement finds the modification. */
export const isFound = (kernel: Kernel): boolean => kernel === 'modified' || kernel === 'hiding';

/** The summary bit of the GPIs in SMI_STS, alone: the value that slide 14 wants to see (N16). */
const GPI_STS_ONLY = 1 << 10;
/**
 * The bits that feed SMI_STS.TCO_STS. Where that is an OR, a handler that left one set would be called again
 * at once.
 */
const TCO1_STS_OFFSET = 0x64;

/**
 * The values that slide 14 checks, as the handler reads them: the pin's bits, and both status registers
 * whole.
 */
export interface Picture {
  readonly GBL_SMI_EN: number;
  readonly GPI_ROUT: number;
  readonly ALT_GP_SMI_EN: number;
  readonly SMI_STS: number;
  readonly ALT_GP_SMI_STS: number;
}

/** The values of slide 14's registers in this state. */
export const pictureOf = (state: HyperSentry, setting: HyperSentrySetting): Picture => {
  const { gpi } = setting.parameters;
  const read = (register: keyof typeof PM_OFFSETS): number => readAsHandler(state, setting, register);
  return {
    GBL_SMI_EN: fieldValue('SMI_EN', read('SMI_EN'), 'GBL_SMI_EN'),
    GPI_ROUT: (readRegister(state.chipset, platformOf(setting), 'GPI_ROUT') >>> (2 * gpi)) & 0b11,
    ALT_GP_SMI_EN: (read('ALT_GP_SMI_EN') >>> gpi) & 1,
    SMI_STS: read('SMI_STS'),
    ALT_GP_SMI_STS: read('ALT_GP_SMI_STS'),
  };
};

/** Slide 14, register by register. Each test is one defence. */
const passesSlide14 = (state: HyperSentry, setting: HyperSentrySetting): boolean => {
  const { defends, parameters } = setting;
  const picture = pictureOf(state, setting);
  return (
    (!defends('checkSmiEn') || picture.GBL_SMI_EN === 1) &&
    (!defends('checkGpiRout') || picture.GPI_ROUT === 0b01) &&
    (!defends('checkAltGpSmiEn') || picture.ALT_GP_SMI_EN === 1) &&
    (!defends('checkSmiSts') || ((picture.SMI_STS ^ GPI_STS_ONLY) & ~parameters.ignoredSmiSts) === 0) &&
    (!defends('checkAltGpSmiSts') || picture.ALT_GP_SMI_STS === 1 << parameters.gpi)
  );
};

/** Whether the BMC's signed time of the edge is recent enough; without an edge there is no signature. */
const inTime = (state: HyperSentry, tookUs: number, setting: HyperSentrySetting): boolean => {
  const age = ageUs(state, tookUs, setting);
  return !setting.defends('boundedLatency') || (age !== null && age <= setting.parameters.promptUs);
};

/** The firmware's setting of GPIO lockdown; nothing to check where the firmware did not set it. */
const findsLockdown = ({ chipset }: HyperSentry, setting: HyperSentrySetting): boolean =>
  !setting.defends('checkGle') ||
  !setting.defends('gpioLockdown') ||
  platformOf(setting).layout.name !== 'series6to9' ||
  fieldValue('GPIO_CNTL', chipset.GPIO_CNTL, 'GLE') === 1;

/**
 * Whether the handler accepts the SMI that it is in as a trigger, if it reads its clock so long after the
 * entry began.
 */
export const accepts = (state: HyperSentry, tookUs: number, setting: HyperSentrySetting): boolean =>
  passesSlide14(state, setting) && inTime(state, tookUs, setting) && findsLockdown(state, setting);

/**
 * Adds the time of handling to the verifier's clock and to that of the edge: an accepted SMI took a
 * measurement.
 */
const passInSmm = (draft: Draft<HyperSentry>, tookMs: number, setting: HyperSentrySetting): void => {
  const { ghost, handler, cores } = draft;
  if (handler.phase === 'accepted') passMs(draft, tookMs, setting);
  if (ghost.workSinceEdgeUs !== null)
    passUs(draft, handler.phase === 'accepted' ? lateWorkUs(setting) : ghost.ageUs! * cores.length, setting);
  ghost.ageUs = null;
};

/** Writes back the status bits that are set, so that they clear, and EOS, so that the next SMI can come. */
const acknowledge = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  const state = draft as HyperSentry;
  const base = handlerBase(state, setting);
  // The writes go to the device; the chipset keeps EOS clear.
  if (deviceAnswers(state, setting, base)) return;
  const platform = platformOf(setting);
  const at = (register: keyof typeof PM_OFFSETS): number => base + PM_OFFSETS[register];
  const status = readAsHandler(state, setting, 'SMI_STS');
  const pins = readAsHandler(state, setting, 'ALT_GP_SMI_STS');
  const enables = readAsHandler(state, setting, 'SMI_EN');
  writeIo(draft.chipset, platform, at('SMI_STS'), 4, status);
  writeIo(draft.chipset, platform, at('ALT_GP_SMI_STS'), 2, pins);
  writeIo(draft.chipset, platform, base + TCO1_STS_OFFSET, 2, 0xffff);
  writeRegister(draft.chipset, platform, 'TRSR', 0xf);
  writeRegister(draft.chipset, platform, 'USB_LEGKEY', draft.chipset.USB_LEGKEY);
  const enabled = (enables | 0b10) & ~setting.parameters.clearedSmiEn;
  writeIo(draft.chipset, platform, at('SMI_EN'), 4, enabled >>> 0);
};

/**
 * Restores GPIO lockdown. Software can lift it, but not unnoticed: that raises an SMI whose handler sets it
 * again (6 series datasheet). The handler does so in every SMI. It trusts neither the status of the unlocking
 * nor GLE itself: instructions in flight can clear the one and set the other. So it restores GPI_INV in every
 * SMI too, and lifts the lockdown for that.
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

/** Prepares the handler's ports (base, decoding, traps) as far as its defences go, and reads them. */
export const usePorts = (draft: Draft<HyperSentry>, setting: HyperSentrySetting): void => {
  disarmTraps(draft, setting);
  restoreDecode(draft, setting);
  touchPorts(draft, setting);
};

/** The actions of the SMI handler, with every core frozen in SMM. */
export const handlerActions: { readonly judge: TrustedAction; readonly finish: TrustedAction } = {
  judge: action({
    actor: 'handler',
    says: 'reads the registers of slide 14 and decides whether the BMC sent this SMI',
    // The hardware chooses the time of the entry. The model chooses it here, where it first matters.
    choose: (setting: HyperSentrySetting) => ({ tookUs: oneOf(entries(setting)) }),
    when: (state) => undecided(state) && outside(state) && frozen(state),
    then: (draft, { tookUs }, setting) => {
      usePorts(draft, setting);
      draft.handler.phase = accepts(draft, tookUs, setting) ? 'accepted' : 'rejected';
      draft.ghost.ageUs = ageUs(draft, tookUs, setting);
    },
  }),
  finish: action({
    actor: 'handler',
    says: 'measures if it accepted, clears the status, sets EOS, and every core leaves SMM',
    choose: ({ parameters }: HyperSentrySetting) => ({
      tookMs: oneOf(ends(parameters.measureLeastMs, parameters.measureMostMs)),
    }),
    when: (state, { tookMs }, { parameters }) =>
      state.handler.phase === 'accepted' ||
      (state.handler.phase === 'rejected' && tookMs === parameters.measureLeastMs),
    then: (draft, { tookMs }, setting) => {
      match(draft.handler.phase)
        .with('accepted', () => {
          draft.handler.output = isFound(draft.kernel) ? 'modified' : 'clean';
          draft.ghost.measuredAfterEdge = draft.ghost.workSinceEdgeUs !== null;
          draft.handler.outputSolicited = draft.verifier.phase === 'waiting';
        })
        .with('rejected', 'outside', () => {})
        .exhaustive();
      passInSmm(draft, tookMs, setting);
      draft.handler.phase = 'outside';
      for (const core of draft.cores) core.mode = 'host';
      relock(draft, setting);
      acknowledge(draft, setting);
      propagate(draft, setting);
    },
  }),
};
