import { describe, expect, it } from 'vitest';
import { systemOf, type Scenario } from '../../model/index.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { statesOf } from '../../search/trace.ts';
import { vault, type Touch } from '../../testing/models/vault.ts';
import { shrinkCase } from './shrink.ts';

const touch = (thing: Touch['thing'], value: boolean) => ({
  action: 'touch',
  choice: { touch: { thing, value } },
});
const both = (thing: Touch['thing']): readonly Touch[] => [
  { thing, value: false },
  { thing, value: true },
];
const pull = { action: 'pull', choice: {} };

const scenario: Scenario = {
  without: ['alarm'],
  capabilities: ['eyes', 'hands'],
  parameters: { touches: [...both('upper'), ...both('lower'), ...both('lamp'), ...both('paint')] },
};
const steps = [
  touch('lamp', true),
  { action: 'look', choice: { left: true } },
  touch('paint', true),
  touch('upper', false),
  touch('upper', true),
  touch('lower', false),
  touch('upper', false),
  pull,
  touch('lamp', false),
];
const needed: Scenario = {
  without: [],
  capabilities: ['hands'],
  parameters: {
    touches: [
      { thing: 'upper', value: false },
      { thing: 'lower', value: false },
    ],
  },
};

describe('shrinkCase', () => {
  const small = shrinkCase(vault, 'shut', { scenario, trace: { initial: 0, steps } });

  it('leaves the steps, the capability and the elements of lists that an attack needs', () => {
    expect(small.scenario).toEqual(needed);
    expect(small.trace).toEqual({
      initial: 0,
      steps: [touch('lower', false), touch('upper', false), pull],
    });
  });

  it('leaves an attack on the same invariant', () => {
    const system = systemOf(vault, small.scenario);
    expect(violatesOrWitnesses(system, 'shut', statesOf(system, small.trace))).toBe(true);
  });

  it('changes nothing of what is small', () => {
    expect(shrinkCase(vault, 'shut', small)).toEqual(small);
  });

  it('keeps a defence that is off where the attack rests on it', () => {
    const opened = { ...scenario, without: ['alarm', 'door'] };
    expect(shrinkCase(vault, 'shut', { scenario: opened, trace: { initial: 0, steps } })).toEqual({
      scenario: { without: ['door'], capabilities: [], parameters: { touches: [] } },
      trace: { initial: 0, steps: [] },
    });
  });

  it('throws where the trace does not run', () => {
    expect(() => shrinkCase(vault, 'shut', { scenario, trace: { initial: 0, steps: [pull] } })).toThrow(
      /UW503/,
    );
  });
});
