import { afterEach, expect, test } from 'vitest';
import { systemOf } from '../model/index.ts';
import { smiGate } from '../testing/models/smi-gate.ts';
import { hearSignals, isSignalled } from './signal.ts';
import { exploreSymbolically } from './symbolic/explore.ts';

const forgets: (() => void)[] = [];
afterEach(() => {
  for (const forget of forgets.splice(0)) forget();
});

test('nothing is heard where nobody listens, and no more once that ended', () => {
  expect(isSignalled()).toBe(false);
  const forget = hearSignals(() => true);
  expect(isSignalled()).toBe(true);
  forget();
  expect(isSignalled()).toBe(false);
});

test.each([1, 10, 100])('a search with sets ends at look number %i where one is heard there', (at) => {
  const system = systemOf(smiGate);
  const whole = exploreSymbolically(system);
  let looks = 0;
  forgets.push(hearSignals(() => (looks += 1) >= at));
  const { bound, complete, states, verdicts } = exploreSymbolically(system);
  expect([bound, complete]).toEqual(['interrupted', false]);
  expect(states).toBeLessThanOrEqual(whole.states);
  for (const [id, { kind }] of Object.entries(verdicts)) {
    expect(['unresolved', whole.verdicts[id]!.kind]).toContain(kind);
  }
});
