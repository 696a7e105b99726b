import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fieldValue,
  formatRegister,
  intel,
  layouts,
  LOCKS,
  readRegister,
  REGISTER_NAMES,
  REGISTERS,
  sciSources,
  smiSources,
  type ChipsetPlatform,
  type ChipsetState,
  type RegisterName,
} from './index.ts';
import { apply, chipOf, operations, type Operation } from './testing/arbitraries.ts';

interface Step {
  readonly platform: ChipsetPlatform;
  readonly before: ChipsetState;
  readonly done: Operation;
  readonly next: ChipsetState;
}

/** A law over steps: `about` says which steps it speaks of. */
interface Law {
  readonly about: (step: Step) => boolean;
  readonly holds: (step: Step) => boolean;
}

const isSet = (chip: ChipsetState, register: RegisterName, field: string): boolean =>
  fieldValue(register, chip[register], field) === 1;
const active = (chip: ChipsetState): number => (chip.pins ^ chip.GPI_INV) & chip.GP_IO_SEL & 0xffff;
const read = ({ platform }: Step, chip: ChipsetState, name: RegisterName): number =>
  readRegister(chip, platform, name);
const isReset = ({ done }: Step): boolean => done.kind === 'reset';
const sends = ({ before, next }: Step): boolean => before.smi === 'idle' && next.smi === 'sent';

/** A write that stays inside one of the two status registers. */
const writesStatus = ({ done }: Step): boolean =>
  done.kind === 'register' &&
  (done.name === 'SMI_STS' || done.name === 'ALT_GP_SMI_STS') &&
  done.skip + done.width <= REGISTERS[done.name].widthBits / 8;

/** Whether the step may have written EOS; address maps move, so any write but a status write counts. */
const mayWriteEos = (step: Step): boolean =>
  ['register', 'io', 'config'].includes(step.done.kind) && !writesStatus(step);

// Software may lift GLE; the others are for good.
const PERMANENT = Object.values(LOCKS).filter(({ field }) => field !== 'GLE');
const GLE_COVERED: readonly RegisterName[] = ['GPIO_USE_SEL', 'GP_IO_SEL', 'GP_LVL'];

const unchanged = (
  { before, next }: Step,
  mask: (name: RegisterName) => number,
  ...names: readonly RegisterName[]
): boolean => names.every((name) => ((before[name] ^ next[name]) & mask(name)) === 0);

const LAWS: { readonly [name: string]: Law } = {
  'I-W1C: a write to a status register sets nothing': {
    about: writesStatus,
    holds: (step) =>
      (['SMI_STS', 'ALT_GP_SMI_STS'] as const).every(
        (name) => (read(step, step.next, name) & ~read(step, step.before, name)) === 0,
      ),
  },
  'I-SUMMARY: SMI_STS bit 10 is the OR over GPIs of latched, enabled and routed': {
    about: () => true,
    holds: (step) => {
      const { ALT_GP_SMI_STS: sts, ALT_GP_SMI_EN: en, GPI_ROUT: rout } = step.next;
      const gpis = Array.from({ length: 16 }, (_, gpi) => gpi);
      const asked = gpis.some((gpi) => ((sts & en) >>> gpi) % 2 === 1 && (rout >>> (2 * gpi)) % 4 === 1);
      return asked === ((read(step, step.next, 'SMI_STS') >>> 10) % 2 === 1);
    },
  },
  'I-LOCKMONO: a closed lock stays closed until a reset': {
    about: (step) =>
      !isReset(step) && PERMANENT.some(({ register, field }) => isSet(step.before, register, field)),
    holds: ({ before, next }) =>
      PERMANENT.every(
        ({ register, field }) => !isSet(before, register, field) || isSet(next, register, field),
      ),
  },
  'a reset opens every lock': {
    about: isReset,
    holds: ({ next }) => Object.values(LOCKS).every(({ register, field }) => !isSet(next, register, field)),
  },
  'I-FROZEN: SMI_LOCK holds GBL_SMI_EN': {
    about: (step) => !isReset(step) && isSet(step.before, 'GEN_PMCON_1', 'SMI_LOCK'),
    holds: (step) => unchanged(step, () => 0x0001, 'SMI_EN'),
  },
  'I-FROZEN: TCO_LOCK holds TCO_EN': {
    about: (step) => !isReset(step) && isSet(step.before, 'TCO1_CNT', 'TCO_LOCK'),
    holds: (step) => unchanged(step, () => 0x2000, 'SMI_EN'),
  },
  'ACPI_BASE_LOCK holds PMBASE': {
    about: (step) => !isReset(step) && isSet(step.before, 'GEN_PMCON_LOCK', 'ACPI_BASE_LOCK'),
    holds: (step) => unchanged(step, () => -1, 'PMBASE'),
  },
  'GLE holds the GPIO registers': {
    about: (step) =>
      !isReset(step) && isSet(step.before, 'GPIO_CNTL', 'GLE') && isSet(step.next, 'GPIO_CNTL', 'GLE'),
    holds: (step) => unchanged(step, () => -1, ...GLE_COVERED),
  },
  'D_LCK holds all of SMRAMC but D_CLS': {
    about: (step) => !isReset(step) && isSet(step.before, 'SMRAMC', 'D_LCK'),
    holds: (step) => unchanged(step, () => 0xdf, 'SMRAMC'),
  },
  'TSEGMB.LOCK holds TSEGMB': {
    about: (step) => !isReset(step) && isSet(step.before, 'TSEGMB', 'LOCK'),
    holds: (step) => unchanged(step, () => -1, 'TSEGMB'),
  },
  'I-DLCK: nothing opens locked SMRAM': {
    // A start with both set is one that no write makes.
    about: ({ before, next }) =>
      isSet(next, 'SMRAMC', 'D_LCK') &&
      !(isSet(before, 'SMRAMC', 'D_LCK') && isSet(before, 'SMRAMC', 'D_OPEN')),
    holds: ({ next }) => !isSet(next, 'SMRAMC', 'D_OPEN'),
  },
  'I-EOS: a message leaves EOS cleared': {
    about: sends,
    holds: ({ next }) => !isSet(next, 'SMI_EN', 'EOS') && !next.firstSmi,
  },
  'I-EOS: no second message unless EOS is set': {
    about: (step) =>
      !isSet(step.before, 'SMI_EN', 'EOS') && !step.before.firstSmi && !mayWriteEos(step) && !isReset(step),
    holds: (step) => !sends(step),
  },
  'I-PENDING: no source is left waiting while the gates are open': {
    about: ({ platform, next }) => smiSources(next, platform).length > 0,
    holds: ({ next }) => !(isSet(next, 'SMI_EN', 'GBL_SMI_EN') && isSet(next, 'SMI_EN', 'EOS')),
  },
  'a message has a source, and GBL_SMI_EN': {
    about: sends,
    holds: ({ platform, next }) =>
      smiSources(next, platform).length > 0 && isSet(next, 'SMI_EN', 'GBL_SMI_EN'),
  },
  'I-ROUTEX: no GPI asks for an SMI and an SCI': {
    about: (step) => smiSources(step.next, step.platform).some((name) => /^GPI\d+$/.test(name)),
    holds: ({ platform, next }) => {
      const scis = sciSources(next, platform);
      return smiSources(next, platform).every((name) => !/^GPI\d+$/.test(name) || !scis.includes(name));
    },
  },
  'active inputs are latched in both status registers': {
    about: ({ next }) => active(next) !== 0,
    holds: ({ next }) =>
      (active(next) & ~next.ALT_GP_SMI_STS) === 0 && (active(next) & ~(next.GPE0_STS >>> 16)) === 0,
  },
  'a pin latches by being active, and by nothing else': {
    about: (step) => !writesStatus(step) && !isReset(step),
    holds: ({ before, next }) => (next.ALT_GP_SMI_STS & ~before.ALT_GP_SMI_STS & ~active(next)) === 0,
  },
  'registers keep to their widths': {
    about: () => true,
    holds: ({ next }) =>
      REGISTER_NAMES.every(
        (name) =>
          Number.isInteger(next[name]) && next[name] >= 0 && next[name] < 2 ** REGISTERS[name].widthBits,
      ),
  },
};

describe.each(['ich9', 'series6to9', 'esb2-5000p'] as const)(
  'over any sequence of accesses, pins, timers and resets, on %s',
  (layout) => {
    const platform: ChipsetPlatform = { behaviour: intel, layout: layouts[layout] };
    // A law cannot mention a register that a generation lacks.
    const lacks = (name: string): boolean => layout !== 'series6to9' && /GLE|TSEGMB/.test(name);

    it.each(Object.entries(LAWS).filter(([name]) => !lacks(name)))('%s', (_name, { about, holds }) => {
      let spokenOf = 0;
      fc.assert(
        fc.property(chipOf(platform), operations, (start, sequence) => {
          let before = start;
          for (const done of sequence) {
            const next = apply(before, platform, done);
            const step = { platform, before, done, next };
            if (about(step)) {
              spokenOf += 1;
              if (!holds(step)) throw new Error(describeStep(step));
            }
            before = next;
          }
        }),
        { numRuns: 150 },
      );
      expect(spokenOf).toBeGreaterThan(20);
    });
  },
);

const describeStep = ({ before, done, next }: Step): string => {
  const changes = REGISTER_NAMES.filter((name) => before[name] !== next[name]).map(
    (name) => `${name} ${formatRegister(name, before[name])} -> ${formatRegister(name, next[name])}`,
  );
  return [JSON.stringify(done), `smi ${before.smi} -> ${next.smi}`, ...changes].join('\n');
};
