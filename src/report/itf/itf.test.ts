import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attackOf } from '../../attack/attack.ts';
import { systemOf, type System, type Value } from '../../model/index.ts';
import { explore } from '../../search/exhaustive/explore.ts';
import { statesOf } from '../../search/trace.ts';
import { door } from '../../testing/models/door.ts';
import { graph } from '../../testing/models/graph.ts';
import { attackFile } from '../attack-file.ts';
import { itfTrace, itfValue, type ItfTrace, type ItfValue } from './itf.ts';

/** An expression, as ADR 15 defines it. */
const expression: z.ZodType<ItfValue> = z.lazy(() =>
  z.union([
    z.boolean(),
    z.string(),
    z.array(expression),
    z.strictObject({ '#bigint': z.string().regex(/^-?\d+$/) }),
    z.strictObject({ '#unserializable': z.string() }),
    z.record(z.string().regex(/^[^#]/), expression),
  ]),
);

const meta = z.record(z.string(), z.unknown());

/**
 * A trace, as ADR 15 defines it: each state has a value for each variable, and a loop begins at one of them.
 */
const published = z
  .strictObject({
    '#meta': meta.optional(),
    params: z.array(z.string()).optional(),
    vars: z.array(z.string()),
    states: z.array(z.object({ '#meta': meta.optional() }).catchall(expression)).min(1),
    loop: z.number().int().min(0).optional(),
  })
  .refine(({ vars, states }) =>
    states.every(
      (state) =>
        Object.keys(state)
          .filter((name) => name !== '#meta')
          .join() === vars.join(),
    ),
  )
  .refine(({ loop = 0, states }) => loop < states.length);

/** Evaluates an expression as a reader of the format does. */
const read = (value: ItfValue): unknown => {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: ItfValue) => read(item));
  if ('#bigint' in value) return Number(value['#bigint']);
  if ('#unserializable' in value) return JSON.parse(value['#unserializable'] as string) as unknown;
  return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, read(item)]));
};

const traceOf = (system: System, invariant: string): ItfTrace => {
  const verdict = explore(system, { invariants: [invariant] }).verdicts[invariant];
  if (verdict?.kind !== 'violated' || verdict.trace === undefined) throw new Error('there is no attack');
  const { model, scenario } = system;
  const attack = attackOf(system, verdict.trace, verdict.shortest);
  const of = { claim: 'CLAIM', model: model.id, scenario, invariant, kind: 'attack' } as const;
  return itfTrace(attackFile(attack, of), model, attack, statesOf(system, verdict.trace));
};

describe('the Informal Trace Format', () => {
  it('has the states of an attack, and with each the step that led there', () => {
    const scenario = { without: ['steel'], capabilities: ['hands', 'pick'], parameters: { lock: true } };
    const trace = traceOf(systemOf(door, scenario), 'shut');
    expect(published.safeParse(JSON.parse(JSON.stringify(trace))).error).toBe(undefined);
    expect(trace['#meta']).toMatchObject({ format: 'ITF', source: 'door', status: 'violation' });
    expect(trace.states.map((state) => (state['#meta'] as { action?: string }).action)).toEqual([
      undefined,
      'pick',
      'push',
    ]);
    expect(trace.states.at(-1)).toMatchObject({ open: true });
  });

  it('says where a way that never leads back goes round', () => {
    const trap = graph([[0, 1], [2], [1]], { back: { kind: 'recovers', good: ({ at }) => at === 0 } });
    const trace = traceOf(trap, 'back');
    expect(published.safeParse(trace).error).toBe(undefined);
    expect(trace.states.map((state) => state['at'])).toEqual(
      ['0', '1', '2'].map((at) => ({ '#bigint': at })),
    );
    expect(trace.loop).toBe(1);
  });

  it('is held against a definition that refuses', () => {
    const wrong = [
      { vars: ['a'], states: [{ b: true }] },
      { vars: ['a'], states: [{ a: 1.5 }] },
      { vars: ['a'], states: [{ a: { '#bigint': '1.5' } }] },
      { vars: [], states: [{}], loop: 1 },
    ];
    for (const one of wrong) expect(published.safeParse(one).success).toBe(false);
  });

  it('loses nothing of a value', () => {
    const field = fc.stringMatching(/^[a-z]{1,5}$/);
    const { value } = fc.letrec<{ readonly value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constant(null),
        fc.boolean(),
        fc.string(),
        fc.maxSafeInteger(),
        fc.array(tie('value')),
        fc.dictionary(field, tie('value'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (one) => {
        const written = itfValue(one);
        expect(expression.safeParse(written).error).toBe(undefined);
        expect(read(written)).toEqual(one);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(itfValue({ '#meta': 1 })).toEqual({ '_#meta': { '#bigint': '1' } });
  });
});
