import { expect, test } from 'vitest';
import { systemOf } from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import type { Limits } from '../../search/result.ts';
import { automatically, type Searching } from './auto.ts';
import { searchWith } from './engine.ts';
import type { EngineResult } from './searching.ts';

const searched = (parameters: object, limits: Limits = {}): Promise<EngineResult> =>
  searchWith('auto', systemOf(smiGate, { ...plainScenario, parameters: { ...parameters } }), {
    invariants: ['never-fooled'],
    limits,
    threads: 1,
    random: { runs: 10 },
    listening: {},
  });

test('few states are looked at one by one', async () => {
  const { figures, result } = await searched({ cores: 1, pending: 1, nonces: 1 });
  expect(result).toMatchObject({ engine: 'exhaustive', complete: true, states: 12_360 });
  expect(figures.because).toEqual(['exhaustive: decided within 100,000 states']);
});

test('many that have much in common are sets', async () => {
  const { figures, result } = await searched({ cores: 8, pending: 3, nonces: 7 });
  expect(result).toMatchObject({ engine: 'symbolic', complete: true, states: 5_337_595_711 });
  expect(figures.because).toEqual([
    'exhaustive: maxStates after 100,000 states',
    'symbolic: decided; the states have enough in common',
  ]);
});

test('where sets run into their limit, states are looked at one by one after all', async () => {
  const system = systemOf(smiGate, plainScenario);
  const options = { invariants: ['never-fooled'], limits: {}, threads: 1, random: {}, listening: {} };
  const engine =
    (name: 'exhaustive' | 'random' | 'symbolic', limits: Limits): Searching =>
    (of, asked) =>
      searchWith(name, of, { ...asked, limits: { ...asked.limits, ...limits } });
  const { figures, result } = await automatically(system, options, {
    exhaustive: engine('exhaustive', {}),
    symbolic: engine('symbolic', { memoryLimitMb: 1 }),
    random: engine('random', {}),
  });
  expect(result).toMatchObject({ engine: 'exhaustive', complete: true, states: 236_865 });
  expect(figures.because).toEqual([
    'exhaustive: maxStates after 100,000 states',
    'symbolic: memoryLimitMb; the states have too little in common',
    'exhaustive: decided',
  ]);
});

test('what nothing decides is unresolved, and every attempt is told', async () => {
  const parameters = { cores: 2, pending: 2, nonces: 2 };
  const { figures, result } = await searched(parameters, { memoryLimitMb: 40 });
  expect(result.verdicts).toEqual({ 'never-fooled': { kind: 'unresolved', bound: 'memoryLimitMb' } });
  expect(figures.because?.slice(1)).toEqual([
    'symbolic: memoryLimitMb; the states have too little in common',
    'exhaustive: memoryLimitMb',
    'random: for what is still open',
  ]);
});

test('states that a limit keeps few are not looked at as sets', async () => {
  const parameters = { cores: 2, pending: 2, nonces: 2 };
  const { figures, result } = await searched(parameters, { maxStates: 1000 });
  expect(result.verdicts).toEqual({ 'never-fooled': { kind: 'unresolved', bound: 'maxStates' } });
  expect(figures.because).toEqual([
    'exhaustive: maxStates after 1,000 states',
    'random: for what is still open',
  ]);
});
