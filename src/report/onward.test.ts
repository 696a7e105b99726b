import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../claim/claim.ts';
import { runClaims } from '../claim/run/run.ts';
import { graph, walk } from '../testing/models/graph.ts';
import { attackFile, parseAttackFile, traceOf } from './attack-file.ts';
import { claimsReport, jsonText } from './document.ts';
import { markdownText } from './markdown/markdown.ts';
import type { Report } from './report.ts';
import { reportSchema } from './schema/schema.ts';

const said = { suite: 'graph', says: 'it does', source: 'test' } as const;

/** Makes a report of a graph that from 1 on goes round between 2 and 3, and from 4 goes nowhere. */
const reportOf = async (options: Parameters<typeof runClaims>[1] = {}): Promise<Report> => {
  const { model, scenario } = graph([[0, 1], [2], [3], [2, 4], []], {
    back: { kind: 'recovers', good: ({ at }) => at === 0 },
    end: { kind: 'no-deadlock' },
  });
  const claims: readonly Claim[] = [
    { ...said, id: 'BACK', invariant: 'back', model, scenario, expect: 'violated', length: 1 },
    { ...said, id: 'END', invariant: 'end', model, scenario, expect: 'violated', length: 4 },
  ];
  return claimsReport(await runClaims(claims, options), {
    run: { engine: options.engine ?? 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(0), durationMs: 1 },
    reproduce: () => 'again',
  });
};

const validate = (name: string, document: unknown): readonly unknown[] => {
  const path = fileURLToPath(new URL(`../../reports/schema/${name}.schema.json`, import.meta.url));
  const check = new Ajv2020({ strict: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(path, 'utf8')) as object,
  );
  check(document);
  return check.errors ?? [];
};

describe('an attack from which no way leads back', () => {
  it('is counted up to there, and the report says how it goes on', async () => {
    const report = await reportOf();
    const [back, end] = report.claims;
    expect(report.claims.map(({ asExpected }) => asExpected)).toEqual([true, true]);
    expect(back).toMatchObject({
      antecedents: 5,
      attack: { length: 1, shortest: true, steps: { length: 4 }, onward: { stem: 1, loopFrom: 2 } },
    });
    expect(end).toMatchObject({ antecedents: 1, attack: { length: 4, shortest: true } });
    expect(end?.attack).not.toHaveProperty('onward');
    const document: unknown = JSON.parse(jsonText(report));
    expect(validate('report-v1', document)).toEqual([]);
    expect(reportSchema.parse(document)).toEqual(document);
  });

  it('is told with a remark where the stem ends, and one where it begins again', async () => {
    const text = markdownText(await reportOf());
    expect(text).toContain(
      '| yes | [BACK](#back) | violated in 1 step to no return, shortest | 5 | all | it does |',
    );
    const story = text.slice(text.indexOf('Breaks `back`'), text.indexOf('Repeat:'));
    expect(story).toBe(
      [
        'Breaks `back`: back',
        '',
        '1. **walker** goes on (to 1)',
        '   - at: 0 → 1',
        '',
        '*from here no way leads back; it may go on like this:*',
        '',
        '2. **walker** goes on (to 2)',
        '   - at: 1 → 2',
        '3. **walker** goes on (to 3)',
        '   - at: 2 → 3',
        '4. **walker** goes on (to 2)',
        '   - at: 3 → 2',
        '',
        '*and steps 3 to 4 again, for ever*',
        '',
        '```mermaid',
        'sequenceDiagram',
        '  participant p0 as walker',
        '  participant p1 as at',
        '  p0->>p1: 1. goes on (to 1)',
        '  p0->>p1: 2. goes on (to 2)',
        '  loop for ever',
        '    p0->>p1: 3. goes on (to 3)',
        '    p0->>p1: 4. goes on (to 2)',
        '  end',
        '```',
        '',
        '',
      ].join('\n'),
    );
  });

  it('is a file that says so, and is read as it was written', async () => {
    const { model, scenario, invariant, attack } = (await reportOf()).claims[0]!;
    const file = attackFile(attack!, { claim: 'BACK', model, scenario, invariant, kind: 'attack' });
    const text = jsonText(file);
    expect(validate('attack-v1', JSON.parse(text))).toEqual([]);
    const read = parseAttackFile('back.json', text, { anyVersion: false });
    expect(traceOf(read)).toEqual({
      initial: 0,
      steps: walk(1, 2, 3, 2),
      onward: { stem: 1, loopFrom: 2 },
    });
  });

  it('is found at random, too, where all that can be reached from a state is looked at', async () => {
    const probed = await reportOf({ probeRuns: 20 });
    expect(probed.claims.map(({ random }) => random?.found)).toEqual([true, true]);
    const [back, end] = (await reportOf({ engine: 'random', random: { runs: 20 } })).claims;
    expect(back).toMatchObject({
      verdict: 'violated',
      attack: { length: 1, shortest: true },
      random: { found: true, shrunkLength: 1 },
    });
    expect(end).toMatchObject({ verdict: 'violated', attack: { length: 4, shortest: true } });
  });
});
