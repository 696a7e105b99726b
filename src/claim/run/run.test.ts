import { describe, expect, it } from 'vitest';
import { door, doorSuite, faultySuite, longSuite } from '../../testing/models/door.ts';
import { waiting } from '../../testing/models/waiting.ts';
import type { Claim } from '../claim.ts';
import { runClaims } from './run.ts';

const ids = (claims: readonly Claim[]): readonly string[] => claims.map(({ id }) => id);

describe('runClaims', () => {
  it('decides every claim, in the order given, with one search for each scenario and set of limits', async () => {
    const { results, searches, interrupted } = await runClaims(doorSuite.claims);
    expect(results.map(({ claim, verdict, states }) => [claim.id, verdict, states])).toEqual([
      ['DOOR-OPEN', 'violated', 2],
      ['DOOR-PICKED', 'violated', 3],
      ['DOOR-STEEL', 'holds', 1],
      ['DOOR-OPENS', 'holds', 2],
      ['DOOR-BELL', 'vacuous', 2],
      ['DOOR-QUIET', 'violated', 2],
      ['DOOR-SHORT', 'unresolved', 2],
    ]);
    expect(searches.map(({ claims }) => claims)).toEqual([
      ['DOOR-OPEN', 'DOOR-OPENS'],
      ['DOOR-PICKED'],
      ['DOOR-STEEL'],
      ['DOOR-BELL', 'DOOR-QUIET'],
      ['DOOR-SHORT'],
    ]);
    expect(results.every(({ asExpected }) => asExpected)).toBe(true);
    expect(interrupted).toBe(false);
  });

  it('gives the same for any order and selection of the claims but for the states of shared searches', async () => {
    const told = async (claims: readonly Claim[]): Promise<ReadonlyMap<string, unknown>> => {
      const { results } = await runClaims(claims);
      return new Map(
        results.map(({ claim, verdict, attack, witness }) => [claim.id, { verdict, attack, witness }]),
      );
    };
    const forward = await told(doorSuite.claims);
    const backward = await told(doorSuite.claims.toReversed());
    expect([...backward.keys()]).toEqual(ids(doorSuite.claims).toReversed());
    for (const [id, result] of forward) expect(backward.get(id)).toEqual(result);
    for (const claim of doorSuite.claims)
      expect((await told([claim])).get(claim.id)).toEqual(forward.get(claim.id));
  });

  it('records a fault for the claims of its search, and decides the others', async () => {
    const misnamed: Claim = { ...doorSuite.claims[0]!, id: 'MISNAMED', invariant: 'shutt' };
    const misplaced: Claim = {
      ...doorSuite.claims[2]!,
      id: 'MISPLACED',
      scenario: { without: ['iron'], capabilities: [], parameters: {} },
    };
    const { results } = await runClaims([misnamed, ...faultySuite.claims, misplaced, ...doorSuite.claims]);
    expect(results.map(({ claim, fault, asExpected }) => [claim.id, fault?.code, asExpected])).toEqual([
      ['MISNAMED', 'UW105', false],
      ['FAULTY', 'UW106', false],
      ['MISPLACED', 'UW105', false],
      ...ids(doorSuite.claims).map((id) => [id, undefined, true]),
    ]);
  });

  it('keeps models apart that have one id', async () => {
    const twin = {
      ...door,
      invariants: { ...door.invariants, shut: { ...door.invariants.shut, holds: () => true } },
    };
    const original = doorSuite.claims[0]!;
    const { results } = await runClaims([original, { ...original, model: twin }]);
    expect(results.map(({ verdict }) => verdict)).toEqual(['violated', 'holds']);
  });

  it('ends at a signal, keeps what was decided, and leaves the rest unresolved', async () => {
    const controller = new AbortController();
    const claims = [...doorSuite.claims.slice(0, 1), ...longSuite.claims, ...doorSuite.claims.slice(2, 3)];
    const { results, interrupted } = await runClaims(claims, {
      signal: controller.signal,
      onProgress: ({ search }) => {
        if (search.states > 10_000) controller.abort();
      },
    });
    expect(interrupted).toBe(true);
    expect(results.map(({ claim, verdict, bound }) => [claim.id, verdict, bound])).toEqual([
      ['DOOR-OPEN', 'violated', undefined],
      ['SAFE-MOVES', 'violated', undefined],
      ['SAFE-CLOSED', 'unresolved', 'interrupted'],
      ['DOOR-STEEL', 'unresolved', 'interrupted'],
    ]);
  });

  it('measures random search against the attacks, and leaves the verdicts as they are', async () => {
    const plain = await runClaims(doorSuite.claims);
    const probed = await runClaims(doorSuite.claims, { probeRuns: 100, random: { seed: 5 } });
    const again = await runClaims(doorSuite.claims, { probeRuns: 100, random: { seed: 5 } });
    const told = ({ results }: typeof plain): readonly unknown[] =>
      results.map(({ claim, verdict, attack, states, random }) => [
        claim.id,
        verdict,
        attack,
        states,
        random,
      ]);
    expect(told(probed)).toEqual(told(again));
    const blank = { random: undefined, durationMs: 0 };
    expect(probed.results.map((result) => ({ ...result, ...blank }))).toEqual(
      plain.results.map((result) => ({ ...result, ...blank })),
    );
    expect(
      probed.results.flatMap(({ claim, random }) =>
        random ? [[claim.id, random.found, random.shrunkLength]] : [],
      ),
    ).toEqual([
      ['DOOR-OPEN', true, 1],
      ['DOOR-PICKED', true, 2],
    ]);
  });

  it('says how often random search tried in vain, and what that rules out', async () => {
    const { results } = await runClaims(
      doorSuite.claims.filter(({ id }) => id === 'DOOR-STEEL'),
      {
        engine: 'random',
        random: { runs: 236 },
      },
    );
    expect(results).toMatchObject([
      {
        verdict: 'unresolved',
        bound: 'runs',
        complete: false,
        asExpected: true,
        random: { found: false, runs: 236, freshRuns: 59 },
      },
    ]);
    // 0.95 ** 59 is just below 5 %.
    expect(results[0]!.random?.failureProbabilityAtMost).toBeCloseTo(1 - 0.05 ** (1 / 59), 12);
  });

  it.each(['exhaustive', 'symbolic', 'random', 'auto'] as const)(
    'refuses a limit that there is not, with the %s engine, and decides the other claims',
    async (engine) => {
      const [first, ...others] = doorSuite.claims;
      const limits = { maxState: 5 } as object;
      const { results } = await runClaims([{ ...first!, limits }, ...others], { engine });
      expect(results.map(({ fault }) => fault?.code)).toEqual(['UW202', ...others.map(() => undefined)]);
    },
  );

  it('says what cannot happen for want of a capability, and nothing where all is given', async () => {
    const [first] = doorSuite.claims;
    const given = (...capabilities: readonly string[]): Claim => ({
      ...first!,
      id: `with ${capabilities.join()}`,
      scenario: { without: ['steel'], capabilities, parameters: { lock: true } },
    });
    const { results } = await runClaims([given(), given('pick'), given('hands'), given('hands', 'pick')]);
    expect(results.map(({ note }) => note)).toEqual([
      'nothing can happen: action `pick` needs `pick`, action `push` needs `hands`, which the claim does not give',
      'cannot happen here: action `push` needs `hands`, which the claim does not give',
      'nothing can happen: action `pick` needs `pick`, which the claim does not give',
      undefined,
    ]);
  });

  it("puts the limits of a run before a claim's own", async () => {
    const short = doorSuite.claims.filter(({ id }) => id === 'DOOR-SHORT');
    const { results } = await runClaims(short, { limits: { maxDepth: 5 } });
    expect(results.map(({ verdict, complete }) => [verdict, complete])).toEqual([['holds', true]]);
  });

  it('reduces the searches that can decide their claims all the same, and warns of the others', async () => {
    const claimOf = (invariant: string, maxDepth: number): Claim => ({
      id: invariant,
      suite: 'waiting',
      model: waiting,
      invariant,
      scenario: { without: [], capabilities: [], parameters: {} },
      expect: 'holds',
      says: 'of people who wait',
      source: 'test',
      limits: { maxDepth },
    });
    const claims = [claimOf('short', 4), claimOf('fair', 5)];
    const { searches } = await runClaims(claims, { reduce: ['partial-order', 'symmetry'] });
    const unlike = 'not reduced by symmetry: model waiting declares nothing interchangeable';
    expect(searches.map(({ reduced, warnings }) => [reduced?.map(({ kind }) => kind), warnings])).toEqual([
      [['partial-order'], [unlike]],
      [undefined, ['not reduced by partial-order, which cannot decide fair', unlike]],
    ]);
  });
});
