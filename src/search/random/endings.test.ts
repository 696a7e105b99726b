import { describe, expect, test } from 'vitest';
import { graph, walk, type At } from '../../testing/models/graph.ts';
import { searchRandomly } from './campaign.ts';
import { replayRandom } from './replay.ts';

const options = { seed: 3, runs: 40, maxDepth: 10 } as const;
const zero = ({ at }: At): boolean => at === 0;

describe('where nothing can happen any more', () => {
  // Stuck in 3, and in 5, where that is right.
  const system = graph([[1, 4], [0, 2], [3, 1], [], [4, 5], []], {
    goesOn: { kind: 'no-deadlock', mayEnd: ({ at }) => at === 5 },
    ends: { kind: 'no-deadlock', mayEnd: ({ at }) => at >= 3 },
  });

  test('is found by runs that end there, shrunk, and found again', () => {
    const { verdicts, findings, antecedents } = searchRandomly(system, options);
    const trace = { initial: 0, steps: walk(1, 2, 3) };
    expect(verdicts).toEqual({
      goesOn: { kind: 'violated', trace, shortest: false },
      ends: { kind: 'unresolved', bound: 'runs' },
    });
    const { seed, path } = findings['goesOn']!;
    expect(replayRandom(system, { ...options, invariant: 'goesOn', seed, path })).toEqual(trace);
    // Every run that ended where it may counts, and none that ran out of depth.
    expect(antecedents['ends']).toBeGreaterThan(10);
    expect(antecedents['ends']).toBeLessThanOrEqual(options.runs);
  });

  test('is not what a run ends in that ran out of depth', () => {
    const ring = graph([[1], [0]], { goesOn: { kind: 'no-deadlock' } });
    expect(searchRandomly(ring, options)).toMatchObject({
      verdicts: { goesOn: { kind: 'unresolved', bound: 'runs' } },
      antecedents: { goesOn: 0 },
      warnings: [],
    });
  });
});

describe('whether a way leads back', () => {
  const claims = {
    back: { kind: 'recovers', good: zero },
    asked: { kind: 'recovers', given: ({ at }: At) => at === 9, good: zero },
  } as const;
  const trap = graph([[0, 1], [1]], claims);

  test('is found where all that can be reached from a state was looked at, and found again', () => {
    const { verdicts, findings, failureProbabilityAtMost, warnings } = searchRandomly(trap, options);
    const trace = { initial: 0, steps: walk(1) };
    expect(verdicts).toEqual({
      back: { kind: 'violated', trace, shortest: false },
      asked: { kind: 'unresolved', bound: 'runs' },
    });
    const { seed, path } = findings['back']!;
    expect(replayRandom(trap, { ...options, invariant: 'back', seed, path })).toEqual(trace);
    // The probability of a run coming there says nothing of what is reached from there.
    expect(failureProbabilityAtMost).toEqual({});
    expect(warnings).toEqual([
      expect.stringMatching(/^invariant asked had nothing to say in \d+ states visited$/),
      'invariant asked speaks of all that can be reached: that it holds no run tells, an exhaustive search does',
    ]);
  });

  test('is not broken where one way out of many leads back, however long', () => {
    const ring = Array.from({ length: 40 }, (_, at) => [(at + 1) % 40, at]);
    const { verdicts, findings } = searchRandomly(graph(ring, claims), options);
    expect(verdicts['back']).toEqual({ kind: 'unresolved', bound: 'runs' });
    expect(findings).toEqual({});
  });
});
