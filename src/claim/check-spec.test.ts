import { describe, expect, it } from 'vitest';
import { findThreshold } from '../defence/threshold.ts';
import { systemOf } from '../model/index.ts';
import { door } from '../testing/models/door.ts';
import { suite } from './claim.ts';
import { crossCheck } from './cross-check/cross-check.ts';
import { runClaims } from './run/run.ts';

const CLAIM = { invariant: 'unnoticed', expect: 'holds', says: 'It is.', source: 'test' };
const SUITE = { id: 'S', says: 'of a door', model: door, claims: { C: CLAIM } };

/** Calls `suite` with parts that no compiler looked at. */
const written = (parts: object): unknown => suite({ ...SUITE, ...parts } as never);

const fault = (code: string, details: object): Error =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object }) as Error;

describe('a suite whose types nobody checked', () => {
  it.each([
    [{ expect: 'hold' }, 'expect', 'hold', 'a typing error for holds'],
    [{ expect: 'Violated' }, 'expect', 'Violated', 'a typing error for violated'],
    [{ expect: undefined }, 'expect', 'nothing', 'the field was left out'],
    [{ expect: 'constructor' }, 'expect', 'constructor', 'the field was left out'],
    [{ without: 'lock' }, 'without', 'lock', 'the field was left out'],
    [{ capabilities: [1] }, 'capabilities', '[ 1 ]', 'the field was left out'],
    [{ parameters: 3 }, 'parameters', '3', 'the field was left out'],
    [{ length: 1.5 }, 'length', '1.5', 'the field was left out'],
    [{ invariant: 7 }, 'invariant', '7', 'the field was left out'],
    [{ says: '' }, 'says', '', 'the field was left out'],
    [{ source: undefined }, 'source', 'nothing', 'the field was left out'],
    [{ limits: [] }, 'limits', '[]', 'the field was left out'],
    [{ parameters: new Map([['open', true]]) }, 'parameters', "Map(1) { 'open' => true }", 'of another kind'],
  ])('has claims of which %o is refused', (part, name, got, likely) => {
    expect(() => written({ claims: { C: { ...CLAIM, ...part } } })).toThrow(
      fault('UW101', {
        where: `suite S, claim C, ${name}`,
        got,
        likely: expect.stringContaining(likely) as string,
      }),
    );
  });

  it.each([
    [{ id: undefined }, 'a suite, id'],
    [{ model: undefined }, 'suite S, model'],
    [{ claims: undefined }, 'suite S, claims'],
    [{ claims: new Map([['C', CLAIM]]) }, 'suite S, claims'],
    [{ claims: { C: 'holds' } }, 'suite S, claim C'],
  ])('has parts of which %o is refused', (part, where) => {
    expect(() => written(part)).toThrow(fault('UW101', { where }));
  });

  it('has no claim that inherits a part: a copy of it would lack that', () => {
    const claim = Object.assign(Object.create({ without: ['lock'] }) as object, CLAIM);
    expect(() => written({ claims: { C: claim } })).toThrow(
      fault('UW303', { where: 'suite S, claim C, without' }),
    );
  });

  it('has no parts that nobody looks at', () => {
    expect(() => written({ claim: {} })).toThrow(
      fault('UW303', { where: 'suite S', likely: expect.stringContaining('for claims') as string }),
    );
    expect(() => written({ claims: { C: { ...CLAIM, expects: 'holds' } } })).toThrow(
      fault('UW303', { likely: expect.stringContaining('for expect') as string }),
    );
  });
});

describe('a run whose options nobody checked', () => {
  it.each([
    [{ engine: 'exhaustiv' }, 'a typing error for exhaustive'],
    [{ strategy: 'chain' }, 'levels, chaining, saturation'],
    [{ reduce: ['symmetri'] }, 'a typing error for symmetry'],
    [{ memory: { state: 'fingerprint' } }, 'a typing error for states'],
    [{ memory: { states: 'finger' } }, 'one of exact, fingerprint'],
    [{ random: { sed: 7 } }, 'a typing error for seed'],
    [{ limits: { maxState: 7 } }, 'a typing error for maxStates'],
    [{ probes: 7 }, 'a run of claims, options'],
    [{ threads: 2, memory: { states: 'fingerprint' } }, 'one thread, beside fingerprints'],
    [{ threads: 2, reduce: ['symmetry'] }, 'one thread, beside a reduction'],
    [{ threads: 2, checkpoint: { folder: '/none', resume: false } }, 'one thread, beside a checkpoint'],
    [{ threads: 2, engine: 'symbolic' }, 'one thread for the symbolic engine'],
    [{ threads: 2, engine: 'random' }, 'one thread for the random engine'],
  ])('is refused for %o', async (options, says) => {
    const { claims } = suite(SUITE as never);
    const run = runClaims(claims, options as never);
    await expect(run).rejects.toMatchObject({ code: 'UW202' });
    await expect(run).rejects.toThrow(says);
  });
});

describe('what rests on searches', () => {
  it('refuses names that it does not know', async () => {
    const system = systemOf(door, { without: [], capabilities: [], parameters: {} });
    await expect(crossCheck(system, { invariants: ['unnoticd'] })).rejects.toThrow('UW202');
    await expect(crossCheck(system, { maxState: 5 } as never)).rejects.toThrow('for maxStates');
    expect(() => findThreshold({} as never, { sample: 5 } as never)).toThrow('for samples');
    expect(() => findThreshold({} as never, { limits: { maxState: 5 } } as never)).toThrow('for maxStates');
  });
});
