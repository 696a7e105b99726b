import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonical,
  checkModel,
  enabledIn,
  runnable,
  stepOf,
  systemOf,
  type AnyModel,
  type Instance,
  type State,
  type System,
} from 'underwatch/model';
import { intel, type ChipsetBehaviour } from './index.ts';
import { writeLanes } from './access/access.ts';
import { chipset } from './model.ts';
import { DEFAULT_SCOPE, INPUT_SCOPE, LOCK_SCOPE, TIMER_SCOPE } from './scope.ts';
import {
  fieldWriteValue,
  observed,
  type ChipsetParameters,
  type ChipsetSetting,
  type ChipsetSystem,
  type FieldWrite,
} from './system.ts';
import type { Draft } from 'immer';
import 'underwatch/vitest';

type InvariantName = keyof typeof chipset.invariants;
const ALL = Object.keys(chipset.invariants) as readonly InvariantName[];
/** The invariants that a walk decides; `recovers` takes a search. */
const NAMES = ALL.filter((id) => chipset.invariants[id].kind !== 'recovers');

const writes = (
  ...list: readonly (readonly [FieldWrite['register'], string, number])[]
): readonly FieldWrite[] => list.map(([register, field, value]) => ({ register, field, value }));

/** Small enough to be walked through in full here; the engines take on the default scope. */
const SMALL: ChipsetParameters = {
  ...DEFAULT_SCOPE,
  writes: writes(
    ['SMI_EN', 'GBL_SMI_EN', 0],
    ['SMI_EN', 'GBL_SMI_EN', 1],
    ['ALT_GP_SMI_STS', 'GPI0', 1],
    ['GPI_ROUT', 'GPI0', 1],
    ['GPI_ROUT', 'GPI0', 2],
    ['GEN_PMCON_1', 'SMI_LOCK', 0],
    ['GEN_PMCON_1', 'SMI_LOCK', 1],
  ),
  firmware: { ...DEFAULT_SCOPE.firmware, ALT_GP_SMI_EN: 1, GPE0_EN: 0x0001_0000, SMRAMC: 0x0a },
};

const SMRAM: ChipsetParameters = {
  ...SMALL,
  timers: ['tco'],
  writes: writes(
    ['SMRAMC', 'D_OPEN', 1],
    ['SMRAMC', 'D_CLS', 1],
    ['SMRAMC', 'D_LCK', 0],
    ['SMRAMC', 'D_LCK', 1],
  ),
  firmware: { ...SMALL.firmware, TCO1_CNT: 0x0800 },
};

const scenario = (parameters: ChipsetParameters): System =>
  systemOf(chipset, {
    without: [],
    capabilities: [],
    parameters: parameters as never,
  });

interface Findings {
  readonly violated: readonly string[];
  readonly vacuous: readonly string[];
  readonly states: number;
}

/** Looks at every reachable state and step, in the plainest way there is. */
const walk = (system: System, of: AnyModel = chipset): Findings => {
  const { invariants } = runnable(of);
  const violated = new Set<string>();
  const spoken = new Set<string>();
  const seen = new Map<string, State>(system.initial.map((state) => [canonical(state), state]));
  for (const state of seen.values()) {
    for (const [id, invariant] of Object.entries(invariants)) {
      if (invariant.kind !== 'always' || invariant.given?.(state, system.setting) === false) continue;
      spoken.add(id);
      if (!invariant.holds(state, system.setting)) violated.add(id);
    }
    for (const instance of enabledIn(system, state)) {
      const next = stepOf(system, state, instance);
      for (const [id, invariant] of Object.entries(invariants)) {
        if (invariant.kind !== 'never-step' || invariant.given?.(state, next, system.setting) === false)
          continue;
        spoken.add(id);
        if (invariant.bad(state, next, system.setting)) violated.add(id);
      }
      seen.set(canonical(next), next);
    }
  }
  return {
    violated: NAMES.filter((id) => violated.has(id)),
    vacuous: NAMES.filter((id) => !spoken.has(id)),
    states: seen.size,
  };
};

describe('the chipset as a system', () => {
  it('is a complete model', () => {
    expect(() => checkModel(chipset)).not.toThrow();
  });

  it('keeps its laws on the way of GPI 0, in every state', () => {
    expect(walk(scenario(SMALL))).toEqual({
      violated: [],
      vacuous: ['I-SUMMARY-GPE0', 'I-DLCK', 'I-OPENCLOSE'],
      states: 706,
    });
  });

  it('keeps SMRAM closed once locked; D_OPEN with D_CLS is up to software', () => {
    const found = walk(scenario(SMRAM));
    expect(found.violated).toEqual(['I-OPENCLOSE']);
    expect(found.vacuous).not.toContain('I-DLCK');
  });

  it.each([
    ['default', DEFAULT_SCOPE],
    ['locks', LOCK_SCOPE],
    ['input', INPUT_SCOPE],
  ] as const)('keeps its laws on random walks through the %s scope', (_name, parameters) => {
    const system = scenario(parameters);
    const { invariants } = chipset;
    const setting = system.setting as unknown as ChipsetSetting;
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 20, maxLength: 60 }), (picks) => {
        let state = system.initial[0]!;
        for (const pick of picks) {
          const enabled: readonly Instance[] = enabledIn(system, state);
          const next = stepOf(system, state, enabled[pick % enabled.length]!);
          const [before, now] = [state, next] as unknown as readonly [ChipsetSystem, ChipsetSystem];
          for (const id of NAMES.filter((name) => name !== 'I-OPENCLOSE')) {
            const invariant = invariants[id];
            if (
              invariant.kind === 'always' &&
              invariant.given?.(now, setting) !== false &&
              !invariant.holds(now, setting)
            )
              throw new Error(id);
            if (
              invariant.kind === 'never-step' &&
              invariant.given?.(before, now, setting) !== false &&
              invariant.bad(before, now, setting)
            )
              throw new Error(id);
          }
          state = next;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('every invariant catches a defect', () => {
  const defects: readonly (readonly [InvariantName, string, ChipsetParameters, Partial<ChipsetBehaviour>])[] =
    [
      ['I-W1C', 'status registers store what is written', SMALL, { smiStsIsW1c: false }],
      ['I-SUMMARY', 'SMI_STS has no summaries', SMALL, { smiStsLatches: false }],
      ['I-SUMMARY-GPE0', 'SMI_STS has no summaries', INPUT_SCOPE, { smiStsLatches: false }],
      [
        'I-LOCKMONO',
        'SMI_LOCK can be cleared',
        SMALL,
        { deviations: { GEN_PMCON_1: { kind: 'stored', mask: 0xffff, unlocked: true } } },
      ],
      ['I-FROZEN', 'SMI_LOCK freezes nothing', SMALL, { smiLockFreezesGbl: false }],
      ['I-DLCK', 'D_LCK leaves D_OPEN', SMRAM, { dLckClearsDOpen: false }],
      ['I-DLCK', 'D_LCK freezes nothing', SMRAM, { dLckFreezes: false }],
      ['I-EOS', 'an SMI leaves EOS set', SMALL, { eosClearedBySmi: false }],
      ['I-PENDING-ONCE', 'EOS gates nothing', SMALL, { eosGatesSmi: false }],
      ['I-NOEN', 'GBL_SMI_EN gates nothing', SMALL, { gblGatesSmi: false }],
      ['I-ROUTEX', 'a GPI raises an SCI whatever its route', SMALL, { gpiSciNeedsRoute: false }],
    ];

  it.each(defects)('%s: %s', (id, _says, parameters, overrides) => {
    expect(walk(scenario({ ...parameters, overrides })).violated).toContain(id);
  });

  it('I-PENDING: a write that opens a gate is not followed by a look at what waits', () => {
    const forgetful = {
      ...chipset,
      actions: {
        ...chipset.actions,
        write: {
          ...chipset.actions.write,
          then: (system: Draft<ChipsetSystem>, { write }: { readonly write: FieldWrite }) =>
            observed(system, 'other', (chip) => {
              const platform = {
                behaviour: intel,
                layout: { name: 'series6to9', says: '', gpioBlockBytes: 128, mch: 'D0:F0' },
              } as const;
              writeLanes(chip, platform, write.register, [fieldWriteValue(chip, write, 0), 0xffff_ffff]);
            }),
        },
      },
    };
    const model = forgetful as unknown as AnyModel;
    const system = systemOf(model, { without: [], capabilities: [], parameters: SMALL as never });
    expect(walk(system, model).violated).toContain('I-PENDING');
  });

  it('I-INPUT: a pin latches whatever its direction', () => {
    const drive = {
      ...chipset.actions.drive,
      then: (system: Draft<ChipsetSystem>, { gpi }: { readonly gpi: number }) => {
        system.chip.ALT_GP_SMI_STS |= 1 << gpi;
        system.last = 'other';
      },
    };
    const model = { ...chipset, actions: { ...chipset.actions, drive } } as unknown as AnyModel;
    const within = { without: [], capabilities: [], parameters: INPUT_SCOPE as never };
    expect(systemOf(chipset, within)).toUphold('I-INPUT');
    expect(systemOf(model, within)).toViolate('I-INPUT', { length: 2 });
  });

  it('I-REVIVE: a reset that leaves the registers as they are', () => {
    const idle = { ...chipset.actions.reset, then: () => {} };
    const model = { ...chipset, actions: { ...chipset.actions, reset: idle } } as unknown as AnyModel;
    const within = { without: [], capabilities: [], parameters: SMALL as never };
    expect(systemOf(chipset, within)).toUphold('I-REVIVE');
    expect(systemOf(model, within)).toViolate('I-REVIVE', { length: 2 });
  });

  it('I-SWTMR: a timer that nobody started is over all the same', () => {
    const elapse = {
      ...chipset.actions.elapse,
      then: (system: Draft<ChipsetSystem>) =>
        observed(system, 'other', (chip) => {
          chip.SMI_STS |= 1 << 6;
        }),
    };
    const model = { ...chipset, actions: { ...chipset.actions, elapse } } as unknown as AnyModel;
    const within = { without: [], capabilities: [], parameters: TIMER_SCOPE as never };
    expect(systemOf(model, within)).toViolate('I-SWTMR', { length: 1 });
  });

  it('leaves none out', () => {
    const elsewhere = ['I-PENDING', 'I-OPENCLOSE', 'I-REVIVE', 'I-SWTMR', 'I-INPUT'];
    const caught = new Set<string>([...defects.map(([id]) => id), ...elsewhere]);
    expect(ALL.filter((id) => !caught.has(id))).toEqual([]);
  });
});

describe('traces of the chipset', () => {
  it('read as an expert would write them', () => {
    const { step, value } = chipset.present!;
    const state = chipset.initial({ parameters: DEFAULT_SCOPE, defends: () => true }) as ChipsetSystem;
    const setting = { parameters: DEFAULT_SCOPE, defends: () => true };
    const write = { register: 'SMI_EN', field: 'GBL_SMI_EN', value: 0 };
    expect(step!('write', { write }, state, setting)).toBe('OUT SMI_EN, GBL_SMI_EN := 0');
    expect(step!('drive', { gpi: 0, high: true }, state, setting)).toBe('pin GPI0 := 1');
    expect(step!('take', {}, state, setting)).toBeUndefined();
    expect(value!('chip.SMRAMC', 0x1a)).toBe('1ah C_BASE_SEG=2 G_SMRAME D_LCK');
    expect(value!('sent', 1)).toBeUndefined();
  });
});
