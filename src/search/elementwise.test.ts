import { expect, test } from 'vitest';
import { systemOf } from '../model/index.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { smiGate } from '../testing/models/smi-gate.ts';
import { checkElementwise } from './elementwise.ts';
import { explore } from './exhaustive/explore.ts';

const system = systemOf(smiGate, { ...plainScenario, parameters: { cores: 2 } });
const found = explore(system, { limits: { maxStates: 2000 } });
const [claim] = Object.keys(found.verdicts);
const whole = { ...found, complete: true, verdicts: { [claim!]: { kind: 'holds' } } } as const;
const { bound: _, ...unbounded } = whole;

test('searches that agree are let through, and what a limit ended is not held against anything', () => {
  expect(() => checkElementwise(system, unbounded, unbounded)).not.toThrow();
  expect(() => checkElementwise(system, found, { ...unbounded, states: 1 })).not.toThrow();
});

test('a verdict that a limit kept one of them from is held against nothing', () => {
  const open = {
    ...unbounded,
    verdicts: { [claim!]: { kind: 'unresolved', bound: 'timeLimitMs' } },
  } as const;
  expect(() => checkElementwise(system, unbounded, open)).not.toThrow();
  expect(() => checkElementwise(system, open, unbounded)).not.toThrow();
  expect(() => checkElementwise(system, unbounded, { ...open, states: unbounded.states + 1 })).toThrow(
    /UW701/,
  );
});

test.each([
  ['a state more', { ...unbounded, states: unbounded.states + 1 }],
  ['a step less', { ...unbounded, transitions: unbounded.transitions - 1 }],
  ['another verdict', { ...unbounded, verdicts: { [claim!]: { kind: 'vacuous' } } }],
] as const)('searches that differ are no result: %s', (__, other) => {
  expect(() => checkElementwise(system, unbounded, other)).toThrow(/UW701/);
});
