import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchRandomly } from './campaign.ts';
import { replayRandom } from './replay.ts';
import { haystack, lock, mail, toys, toySystem } from './testing/toys.ts';

describe('a replay', () => {
  test('makes the run that the campaign found', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...toys),
        fc.integer(),
        fc.integer({ min: 5, max: 50 }),
        (model, seed, maxDepth) => {
          const system = toySystem(model);
          const runs = 40;
          const { findings, verdicts } = searchRandomly(system, { seed, runs, maxDepth });
          for (const [invariant, { path }] of Object.entries(findings)) {
            const trace = replayRandom(system, { invariant, seed, path, maxDepth, runs });
            const verdict = verdicts[invariant]!;
            if (verdict.kind === 'violated') expect(trace).toEqual(verdict.trace);
            else expect(verdict).toEqual({ kind: 'holds', witness: trace });
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test('of a late run makes the runs before it, too', () => {
    const system = toySystem(haystack);
    const options = { seed: 1, runs: 100_000, maxDepth: 2 };
    const { findings, verdicts } = searchRandomly(system, options);
    const { path } = findings['hidden']!;
    const trace = replayRandom(system, { ...options, invariant: 'hidden', path });
    expect(verdicts['hidden']).toEqual({ kind: 'violated', trace, shortest: false });
  });

  const options = { invariant: 'closed', seed: 1, runs: 10, maxDepth: 30 };
  test.each(['', 'x', '1:', ':1', '-1', '1.5', '10', '999999999999999999'])(
    'of path "%s" is refused',
    (path) => {
      expect(() => replayRandom(toySystem(lock), { ...options, path })).toThrow(
        expect.objectContaining({ code: 'UW202' }),
      );
    },
  );

  test('of an invariant that is not there is refused', () => {
    expect(() => replayRandom(toySystem(mail), { ...options, path: '0' })).toThrow(
      expect.objectContaining({ code: 'UW202' }),
    );
  });

  test.each(['0:0', '0:99999', '0:99999:0', '0:0:0:0:0'])(
    'of a path that leads nowhere says so: %s',
    (path) => {
      expect(() => replayRandom(toySystem(lock), { ...options, path })).toThrow(
        expect.objectContaining({ code: 'UW503' }),
      );
    },
  );
});
