import type { Invariant } from 'underwatch/model';
import { readRegister } from './access/access.ts';
import { LOCKS } from './registers/index.ts';
import type { ChipsetState, RegisterName } from './state.ts';
import { ROUTES, sciSources, smiSources } from './smi/status.ts';
import { held, platformOf, type ChipsetSetting, type ChipsetSystem } from './system.ts';

type ChipsetInvariant = Invariant<ChipsetSystem, ChipsetSetting>;

const STATUS: readonly RegisterName[] = ['SMI_STS', 'ALT_GP_SMI_STS'];
// GLE is left out: software may lift it, and an SMI tells.
const PERMANENT = [LOCKS.SMI_LOCK, LOCKS.TCO_LOCK, LOCKS.ACPI_BASE_LOCK, LOCKS.D_LCK, LOCKS.TSEGMB_LOCK];
const GPIS = Array.from({ length: 16 }, (_, gpi) => gpi);

const closed = (chip: ChipsetState): readonly (typeof PERMANENT)[number][] =>
  PERMANENT.filter(({ register, field }) => held(chip, register, field) === 1);
const isSet = (chip: ChipsetState, register: RegisterName, field: string): boolean =>
  held(chip, register, field) === 1;

// Written from the datasheet's formula, field by field, and not by the functions that the model runs on.
const asksSmi = (chip: ChipsetState, gpi: number): boolean =>
  isSet(chip, 'ALT_GP_SMI_STS', `GPI${gpi}`) &&
  isSet(chip, 'ALT_GP_SMI_EN', `GPI${gpi}`) &&
  held(chip, 'GPI_ROUT', `GPI${gpi}`) === ROUTES.smi;

const sentIn = (before: ChipsetSystem, after: ChipsetSystem): boolean =>
  after.last === 'eos' || after.last === 'reset'
    ? after.sent > 0
    : after.sent > before.sent || after.sent === 2;

const onlyGpisAsk = ({ chip }: ChipsetSystem): boolean =>
  chip.SMI_STS === 0 && (chip.PM1_STS & chip.PM1_EN) === 0 && held(chip, 'GPE0_STS', 'EVENTS') === 0;

/** The GPIs that latch in a step. */
const latchesIn = (before: ChipsetSystem, after: ChipsetSystem): number =>
  after.last === 'reset' ? 0 : after.chip.ALT_GP_SMI_STS & ~before.chip.ALT_GP_SMI_STS;

/** Invariants of latches, clears, summary bits and locks. */
export const REGISTER_INVARIANTS: {
  readonly [
    id in
      | 'I-W1C'
      | 'I-SUMMARY'
      | 'I-SUMMARY-GPE0'
      | 'I-INPUT'
      | 'I-LOCKMONO'
      | 'I-FROZEN'
      | 'I-DLCK'
      | 'I-OPENCLOSE'
  ]: ChipsetInvariant;
} = {
  'I-W1C': {
    kind: 'never-step',
    says: 'a software write to SMI_STS or ALT_GP_SMI_STS never turns a 0 into a 1',
    source: 'ich4 pch-code slides',
    given: (_before, after) => after.last === 'status',
    bad: (before, after, setting) =>
      STATUS.some((name) => {
        const read = (system: ChipsetSystem): number => readRegister(system.chip, platformOf(setting), name);
        return (read(after) & ~read(before)) !== 0;
      }),
  },
  'I-SUMMARY': {
    kind: 'always',
    says: 'SMI_STS bit 10 is 1 exactly if some GPI is latched, enabled and routed to SMI',
    source: 'ich4 boards',
    given: ({ chip }) => chip.ALT_GP_SMI_STS !== 0,
    holds: ({ chip }, setting) =>
      ((readRegister(chip, platformOf(setting), 'SMI_STS') & 0x400) !== 0) ===
      GPIS.some((gpi) => asksSmi(chip, gpi)),
  },
  'I-SUMMARY-GPE0': {
    kind: 'always',
    says: 'SMI_STS bit 9 is 1 exactly if one of the events 15:0 is set in GPE0_STS and enabled in GPE0_EN',
    source: 'ich4 boards',
    given: ({ chip }) => (chip.GPE0_STS & 0xffff) !== 0,
    holds: ({ chip }, setting) =>
      ((readRegister(chip, platformOf(setting), 'SMI_STS') & 0x200) !== 0) ===
      ((chip.GPE0_STS & chip.GPE0_EN & 0xffff) !== 0),
  },
  'I-INPUT': {
    kind: 'never-step',
    says: 'a GPI latches only while GP_IO_SEL makes it an input',
    source: 'pch6 boards',
    given: (before, after) => latchesIn(before, after) !== 0,
    bad: (before, after) => (latchesIn(before, after) & ~after.chip.GP_IO_SEL) !== 0,
  },
  'I-LOCKMONO': {
    kind: 'never-step',
    says: 'SMI_LOCK, TCO_LOCK, ACPI_BASE_LOCK, D_LCK and TSEGMB.LOCK go from 1 to 0 only by a platform reset',
    source: 'cb qemu chipsec 3200',
    given: (before, after) => after.last !== 'reset' && closed(before.chip).length > 0,
    bad: (before, after) =>
      closed(before.chip).some(({ register, field }) => !isSet(after.chip, register, field)),
  },
  'I-FROZEN': {
    kind: 'never-step',
    says: 'while SMI_LOCK is 1 GBL_SMI_EN does not change, while TCO_LOCK is 1 TCO_EN does not',
    source: 'qemu chipsec lpt-h',
    given: ({ chip }, after) =>
      after.last !== 'reset' &&
      (isSet(chip, 'GEN_PMCON_1', 'SMI_LOCK') || isSet(chip, 'TCO1_CNT', 'TCO_LOCK')),
    bad: (before, after) => {
      const changes = (field: string): boolean =>
        held(before.chip, 'SMI_EN', field) !== held(after.chip, 'SMI_EN', field);
      return (
        (isSet(before.chip, 'GEN_PMCON_1', 'SMI_LOCK') && changes('GBL_SMI_EN')) ||
        (isSet(before.chip, 'TCO1_CNT', 'TCO_LOCK') && changes('TCO_EN'))
      );
    },
  },
  'I-DLCK': {
    kind: 'always',
    says: 'locked SMRAM is closed: D_LCK=1 implies D_OPEN=0',
    source: '3200 5000P qemu',
    given: ({ chip }) => isSet(chip, 'SMRAMC', 'D_LCK'),
    holds: ({ chip }) => !isSet(chip, 'SMRAMC', 'D_OPEN'),
  },
  'I-OPENCLOSE': {
    kind: 'always',
    says: 'D_OPEN and D_CLS are never both 1; software that sets both leaves the defined behaviour',
    source: '3200',
    given: ({ chip }) => isSet(chip, 'SMRAMC', 'D_OPEN'),
    holds: ({ chip }) => !isSet(chip, 'SMRAMC', 'D_CLS'),
  },
};

/**
 * Invariants of how SMIs are sent. I-LATCH1, at most one SMI latched in a processor, belongs to the
 * processor.
 */
export const DELIVERY_INVARIANTS: {
  readonly [
    id in 'I-EOS' | 'I-PENDING' | 'I-PENDING-ONCE' | 'I-NOEN' | 'I-ROUTEX' | 'I-SWTMR' | 'I-REVIVE'
  ]: ChipsetInvariant;
} = {
  'I-EOS': {
    kind: 'always',
    says: 'once an SMI is sent EOS is 0 until software sets it, and no second one is sent before',
    source: 'pch500 pch6',
    given: ({ sent }) => sent > 0,
    holds: ({ chip, sent }) => sent === 1 && !isSet(chip, 'SMI_EN', 'EOS'),
  },
  'I-PENDING': {
    kind: 'always',
    says: 'an enabled source is never left waiting while GBL_SMI_EN and EOS are 1: its SMI has been sent',
    source: 'pch500 pch6',
    given: ({ chip }, setting) =>
      isSet(chip, 'SMI_EN', 'GBL_SMI_EN') && smiSources(chip, platformOf(setting)).length > 0,
    // Before the first SMI EOS may be 0 although nobody was sent anything: its reset value is disputed.
    holds: ({ chip, sent }) => !isSet(chip, 'SMI_EN', 'EOS') && (sent > 0 || chip.firstSmi),
  },
  'I-PENDING-ONCE': {
    kind: 'never-step',
    says: 'a waiting source gets one SMI for each time that software sets EOS, and no more',
    source: 'pch500 pch6',
    given: sentIn,
    bad: (before, after) =>
      after.last !== 'eos' &&
      after.last !== 'reset' &&
      !before.chip.firstSmi &&
      !isSet(before.chip, 'SMI_EN', 'EOS'),
  },
  'I-NOEN': {
    kind: 'never-step',
    says: 'a GPI raises no SMI unless it is routed to SMI, enabled in ALT_GP_SMI_EN, and GBL_SMI_EN is 1',
    source: 'pch6 cb',
    given: (before, after) => sentIn(before, after) && onlyGpisAsk(after),
    bad: (_before, { chip }) =>
      !isSet(chip, 'SMI_EN', 'GBL_SMI_EN') || !GPIS.some((gpi) => asksSmi(chip, gpi)),
  },
  'I-ROUTEX': {
    kind: 'always',
    says: 'a GPI is never a source of SMI and of SCI at one time',
    source: 'pch6',
    given: ({ chip }) =>
      (chip.ALT_GP_SMI_STS & chip.ALT_GP_SMI_EN & (chip.GPE0_STS >>> 16) & (chip.GPE0_EN >>> 16)) !== 0,
    holds: ({ chip }, setting) => {
      const platform = platformOf(setting);
      const scis = sciSources(chip, platform);
      return !smiSources(chip, platform).some((name) => /^GPI\d+$/.test(name) && scis.includes(name));
    },
  },
  'I-SWTMR': {
    kind: 'never-step',
    says: 'a software SMI timer that does not run sets no status',
    source: 'pch6 ich10: the timer starts when SWSMI_TMR_EN is set, and setting its status it is over',
    given: ({ chip }) => chip.swTimer === 'stopped',
    bad: (before, after) =>
      !isSet(before.chip, 'SMI_STS', 'SWSMI_TMR_STS') && isSet(after.chip, 'SMI_STS', 'SWSMI_TMR_STS'),
  },
  'I-REVIVE': {
    kind: 'recovers',
    says: 'whatever has been written, an SMI can still be sent again',
    source: 'pch6 cb',
    good: ({ chip }) => chip.smi === 'sent',
  },
};
