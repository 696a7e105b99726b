import {
  checkModel,
  checkPurity,
  enabledIn,
  stepOf,
  systemOf,
  type State,
  type System,
} from 'underwatch/model';
import 'underwatch/vitest';
import { describe, expect, test } from 'vitest';
import { smram } from './model.ts';

const scenario = { without: [], capabilities: [], parameters: {} };

const happens = (system: System, state: State, ...keys: readonly string[]): State =>
  keys.reduce((at, key) => {
    const instance = enabledIn(system, at).find((one) => one.key === key);
    expect(instance, key).toBeDefined();
    return stepOf(system, at, instance!);
  }, state);

describe('the model', () => {
  test('is complete and pure', () => {
    checkModel(smram);
    const parameters = { writes: [{ register: 'SMRAMC', field: 'D_OPEN', value: 1 }] };
    checkPurity(
      systemOf(smram, {
        without: ['dLck', 'smrr', 'bootScriptInSmram'],
        capabilities: Object.keys(smram.capabilities),
        parameters,
      }),
      48,
    );
  });

  test('without an adversary nothing happens: the machine is as the firmware left it', () => {
    const system = systemOf(smram, scenario);
    expect(system).toReach({ states: 1, transitions: 0 });
    expect(system.initial[0]).toMatchObject({
      // D_LCK, G_SMRAME, C_BASE_SEG: what coreboot sets, too.
      chipset: { SMRAMC: 0x1a, TSEGMB: 0x0040_0001 },
      cores: [
        { smbase: 'SMRAM', smrrValid: true },
        { smbase: 'SMRAM', smrrValid: true },
      ],
    });
  });

  test('an SMI goes through the handler and back, on one core in five states', () => {
    const system = systemOf(smram, { ...scenario, capabilities: ['smi'], parameters: { cores: 1 } });
    expect(system).toReach({ states: 5, transitions: 5 });
  });
});

describe('an SMI that is honest', () => {
  const system = systemOf(smram, { ...scenario, capabilities: ['smi'] });
  const served = happens(
    system,
    system.initial[0]!,
    'raise {"request":"nothing"}',
    'fetch {"core":0}',
    'fetch {"core":1}',
    'loadData {"core":0}',
    'loadData {"core":1}',
    'serve',
  );

  test('brings the lines of the handler into the caches', () => {
    expect(served).toMatchObject({
      cores: [
        { line: 'genuine', runs: 'done' },
        { line: 'genuine', runs: 'done' },
      ],
    });
  });

  test('leaves everything as it was', () => {
    expect(happens(system, served, 'leave')).toEqual(system.initial[0]);
  });
});

test('resume sets the locks again', () => {
  const system = systemOf(smram, { ...scenario, capabilities: ['sleep'] });
  expect(happens(system, system.initial[0]!, 'suspend', 'resume')).toEqual(system.initial[0]);
});
