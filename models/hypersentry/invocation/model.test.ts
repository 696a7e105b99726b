import { describe, expect, test } from 'vitest';
import {
  checkModel,
  checkPurity,
  enabledIn,
  stepOf,
  systemOf,
  type State,
  type System,
} from 'underwatch/model';
import { formatRegister, readRegister } from '../../platform/chipset/index.ts';
import { hypersentry } from './model.ts';
import { platformOf } from './platform.ts';
import { scopeOf } from './scope.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

const scenario = {
  without: ['boundedLatency', 'gpiGateLock'],
  capabilities: [],
  parameters: { kernel: 'genuine' },
};
const honest = systemOf(hypersentry, scenario);

/** The only path when nobody attacks: state after state until nothing can happen any more. */
const onlyPath = (system: System): readonly { readonly text: string; readonly state: HyperSentry }[] => {
  const path: { text: string; state: HyperSentry }[] = [];
  let state: State = system.initial[0]!;
  for (let instances = enabledIn(system, state); instances.length > 0; instances = enabledIn(system, state)) {
    expect(instances, 'an honest run on one core leaves nothing to chance').toHaveLength(1);
    const instance = instances[0]!;
    const text = system.model.present!.step!(instance.action, instance.choice, state, system.setting)!;
    state = stepOf(system, state, instance);
    path.push({ text: `${instance.actor}: ${text}`, state: state as unknown as HyperSentry });
  }
  return path;
};

describe('the model', () => {
  test('is complete and pure', () => {
    checkModel(hypersentry);
    const scope = scopeOf(0, 1);
    checkPurity(
      systemOf(hypersentry, {
        without: ['boundedLatency', 'acpiBaseLock', 'rereadBase', 'bmcRefusesInBand'],
        capabilities: Object.keys(hypersentry.capabilities),
        parameters: {
          cores: 2,
          otherGpis: [1],
          timers: ['periodic', 'software', 'tco'],
          writes: Object.values(scope).flat() as never,
        },
      }),
      24,
    );
  });

  test('an unknown field in a scope is named', () => {
    const wrong = { register: 'SMI_EN', field: 'GBL_SMI_ENABLE', value: 0 };
    const system = systemOf(hypersentry, {
      ...scenario,
      capabilities: ['ports'],
      parameters: { writes: [wrong] },
    });
    expect(() => enabledIn(system, system.initial[0]!)).toThrow(expect.objectContaining({ code: 'UW105' }));
  });
});

describe('an honest run', () => {
  test('is the picture of slides 7 and 14', () => {
    expect(onlyPath(honest).map(({ text }) => text)).toEqual([
      'verifier: asks for a measurement, over the management network',
      'bmc: pulses the GPI for the verifier: the edge',
      'hardware: core 0 enters SMM',
      'handler: all cores frozen; GBL_SMI_EN = 1, GPI_ROUT.GPI0 = 01b, ALT_GP_SMI_EN.GPI0 = 1, SMI_STS = 00000400h, ALT_GP_SMI_STS = 0001h: accepts',
      'handler: measures: clean; clears the status, sets EOS, RSM',
      'verifier: draws the signed output: clean',
    ]);
  });

  test('shows the golden values: SMI_EN 2033h before (N14), the genuine picture at the check (N16)', () => {
    const setting = honest.setting as HyperSentrySetting;
    const { chipset: before } = honest.initial[0] as unknown as HyperSentry;
    expect(formatRegister('SMI_EN', before.SMI_EN)).toBe('0000_2033h');
    const { chipset } = onlyPath(honest)[3]!.state;
    expect(formatRegister('SMI_STS', readRegister(chipset, platformOf(setting), 'SMI_STS'))).toBe(
      '0000_0400h',
    );
    expect(formatRegister('ALT_GP_SMI_STS', chipset.ALT_GP_SMI_STS)).toBe('0001h');
    expect(chipset.ALT_GP_SMI_EN & 1).toBe(1);
    expect(chipset.GPI_ROUT & 0b11).toBe(0b01);
    expect(formatRegister('SMI_EN', chipset.SMI_EN, 'bits')).toBe(
      '0000_2031h GBL_SMI_EN SLP_SMI_EN APMC_EN TCO_EN',
    );
  });

  test('leaves the chipset ready for the next SMI', () => {
    const end = onlyPath(honest).at(-1)!.state;
    const { chipset } = honest.initial[0] as unknown as HyperSentry;
    expect(end.chipset).toEqual({ ...chipset, GPE0_STS: 1 << 16 });
    expect(end.verifier.phase).toBe('accepted');
  });
});
