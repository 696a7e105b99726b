import { describe, expect, test } from 'vitest';
import { certify } from '../attack/shortest.ts';
import { findThreshold } from '../defence/threshold.ts';
import { Fault, runnable, systemOf, type AnyModel } from '../model/index.ts';
import { impureModel } from '../model/purity/testing/impure.ts';
import { explore } from '../search/exhaustive/explore.ts';
import { searchRandomly } from '../search/random/campaign.ts';
import { learnAll } from '../search/learn-all.ts';
import { exploreSymbolically } from '../search/symbolic/explore.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { suite } from './claim.ts';
import { crossCheck } from './cross-check/cross-check.ts';
import { searchPlainly } from './cross-check/plain.ts';
import type { EngineName } from './engine/engine.ts';
import { runClaims } from './run/run.ts';

const put = (model: AnyModel): ReturnType<typeof systemOf> => systemOf(model, plainScenario);

const claimed =
  (engine: EngineName) =>
  async (model: AnyModel): Promise<void> => {
    const text = { says: 'it is so', source: 'test' };
    const { claims } = suite({
      id: 'odd',
      says: 'odd',
      model: runnable(model),
      claims: { A: { invariant: 'aim', expect: 'holds', ...text } },
    });
    const { results } = await runClaims(claims, { engine, random: { runs: 20 } });
    if (results[0]?.fault !== undefined) throw results[0].fault;
  };

const NONE = { initial: 0, steps: [] };

const ENTRIES: readonly (readonly [string, (model: AnyModel) => unknown])[] = [
  ['explore', (model) => explore(put(model))],
  ['explore of no invariant', (model) => explore(put(model), { invariants: [] })],
  ['exploreSymbolically', (model) => exploreSymbolically(put(model))],
  ['searchRandomly', (model) => searchRandomly(put(model), { seed: 1, runs: 20, maxDepth: 20 })],
  ['learnAll', (model) => learnAll(put(model))],
  ['certify', (model) => certify(put(model), 'aim', NONE).next()],
  [
    'findThreshold',
    (model) =>
      findThreshold({ model, scenario: plainScenario, invariant: 'aim', parameter: 'n', from: 1, to: 2 }),
  ],
  ['searchPlainly', (model) => searchPlainly(put(model), { invariants: ['aim'] })],
  ['crossCheck', (model) => crossCheck(put(model))],
  ['claims, exhaustive', claimed('exhaustive')],
  ['claims, symbolic', claimed('symbolic')],
  ['claims, random', claimed('random')],
  ['claims, auto', claimed('auto')],
];

const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
    return 'no fault';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.code;
  }
};

describe.each(ENTRIES)('%s refuses', (_entry, run) => {
  test.each([
    'a memo by a part of its input',
    'a variable that an action sets and a guard reads',
    'a variable that an action sets, read by within, given',
    'new Date',
    'crypto.randomUUID',
  ])('%s', async (name) => {
    expect(await codeOf(() => run(impureModel(name)))).toBe('UW104');
  });
});
