import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { schema as ctrfSchema } from 'ctrf';
import fc from 'fast-check';
import { parse as parseJunit } from 'junit2json';
import type { Log } from 'sarif';
import { beforeAll, describe, expect, it } from 'vitest';
import { runAudit } from '../../audit/run-audit.ts';
import { runClaims } from '../../claim/run/run.ts';
import { doorAuditor } from '../../testing/models/door-auditor.ts';
import { doorSuite, faultySuite, wrongSuite } from '../../testing/models/door.ts';
import { ACTIVE, hostileText } from '../../testing/hostile-text.ts';
import { auditReport, claimsReport } from '../document.ts';
import { platformEntry } from '../entries.ts';
import { markdownPages } from '../markdown/pages.ts';
import { summaryText } from '../markdown/summary.ts';
import type { ClaimEntry, Report } from '../report.ts';
import { reportSchema } from '../schema/schema.ts';
import { sourcesOf } from '../source/sources.ts';
import { sarifSchemaErrors, sarifTrouble } from '../testing/check-sarif.ts';
import { parseXml } from '../testing/xml.ts';
import { REPORT_FORMATS } from './formats.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const suites = [doorSuite, wrongSuite, faultySuite];
const clocked = { startedAt: new Date(1_700_000_000_000), durationMs: 1234.5 };
const how = { engine: 'exhaustive', seed: 1, limits: {} } as const;

let report: Report;
let boards: Report;

beforeAll(async () => {
  const run = await runClaims(suites.flatMap(({ claims }) => claims));
  report = claimsReport(run, {
    run: how,
    clocked,
    reproduce: ({ claim }) => `npx underwatch verify --claim ${claim.id}`,
    suites,
    sources: await sourcesOf(run, ROOT),
  });
  const oak = doorAuditor.read('oak', [{ path: 'door.log', text: 'door=oak\nend' }], { gpi: 0 });
  boards = auditReport([platformEntry(await runAudit(oak), 'again')], {
    run: { ...how, interrupted: false },
    clocked,
    durationsMs: { oak: 1 },
  });
});

const sarif = (of: Report): Log => JSON.parse(REPORT_FORMATS.sarif.text(of)) as Log;

const ctrfErrors = (text: string): readonly unknown[] => {
  const check = new Ajv({ strict: false, validateFormats: false }).compile(ctrfSchema);
  check(JSON.parse(text));
  return check.errors ?? [];
};

describe('JUnit XML', () => {
  it('is a test for each claim, that passes if it is as expected', async () => {
    const text = REPORT_FORMATS.junit.text(report);
    const root = parseXml(text);
    expect(root.attributes).toMatchObject({ tests: '10', failures: '2', errors: '1', skipped: '0' });
    expect(
      root.children.map(({ attributes, children }) => [
        attributes['name'],
        attributes['tests'],
        children.map((test) => test.children.map(({ name }) => name).join()).join(' '),
      ]),
    ).toEqual([
      ['door', '7', Array.from({ length: 7 }, () => 'system-out').join(' ')],
      ['wrong', '2', 'failure failure'],
      ['faulty', '1', 'error'],
    ]);
    const failure = root.children[1]?.children[0]?.children[0];
    expect(failure?.attributes).toEqual({
      message: 'expected that it holds; it is violated',
      type: 'NEW attack',
    });
    expect(failure?.text).toContain(' 1 burglar: pushes the door\nbreaks shut: The door is never open.\n');
    expect(failure?.text).toContain('repeat: npx underwatch verify --claim WRONG-SHUT');
    expect(await parseJunit(text)).toMatchObject({ tests: 10, failures: 2, errors: 1 });
  });

  it('is a test for each question about a board', () => {
    const [suite] = parseXml(REPORT_FORMATS.junit.text(boards)).children;
    expect(suite?.attributes['name']).toBe('oak');
    expect(suite?.children.length).toBe(boards.platforms?.[0]?.answers.length);
  });
});

describe('SARIF', () => {
  it('is as its published schema wants it, also what is found on boards, and what is since an earlier report', () => {
    const earlier = { ...report, claims: report.claims.slice(1) };
    const since = JSON.parse(REPORT_FORMATS.sarif.text(report, { earlier })) as Log;
    for (const log of [sarif(report), sarif(boards), since]) expect(sarifSchemaErrors(log)).toEqual([]);
    const [run] = sarif(report).runs;
    const wrong = [
      { ...sarif(report), version: '2.0.0' },
      { ...sarif(report), runs: [{ ...run, tool: {} }] },
      { ...sarif(report), runs: [{ ...run, results: [{ level: 'fatal', message: { text: 'x' } }] }] },
    ];
    for (const log of wrong) expect(sarifSchemaErrors(log)).not.toEqual([]);
  });

  it('leads an attack through the guards and effects of the source', () => {
    const log = sarif(report);
    expect(sarifTrouble(log)).toEqual([]);
    const results = log.runs[0]?.results ?? [];
    expect(results.map(({ level, properties }) => [properties?.['claim'], level])).toEqual([
      ['DOOR-OPEN', 'note'],
      ['DOOR-PICKED', 'note'],
      ['WRONG-SHUT', 'error'],
      ['WRONG-LENGTH', 'error'],
      ['FAULTY', 'error'],
    ]);
    const lines = readFileSync(`${ROOT}src/testing/models/door.ts`, 'utf8').split('\n');
    const steps = results[3]?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(
      steps.map(({ location, nestingLevel, state }) => [
        location?.physicalLocation?.artifactLocation?.uri,
        lines[(location?.physicalLocation?.region?.startLine ?? 0) - 1]?.trim().slice(0, 12),
        nestingLevel,
        Object.keys(state ?? {}),
      ]),
    ).toEqual([
      ['src/testing/models/door.ts', 'when: (state', 1, []],
      ['src/testing/models/door.ts', 'then: (draft', 0, ['lock.picked']],
      ['src/testing/models/door.ts', 'when: (state', 1, []],
      ['src/testing/models/door.ts', 'then: (draft', 0, ['open']],
    ]);
    expect(results[0]?.suppressions?.[0]?.justification).toBe('suite door expects this attack');
    expect(results[2]?.suppressions).toBe(undefined);
  });

  it('says what has become of each result since an earlier report, also since its baseline', () => {
    const statesSince = (earlier: Report): readonly unknown[] => {
      const log = JSON.parse(REPORT_FORMATS.sarif.text(report, { earlier })) as Log;
      expect(sarifTrouble(log)).toEqual([]);
      const results = log.runs[0]?.results ?? [];
      return results.map(({ baselineState, properties }) => [properties?.['claim'], baselineState]);
    };
    const same = ['DOOR-OPEN', 'DOOR-PICKED', 'WRONG-SHUT', 'WRONG-LENGTH', 'FAULTY'].map((id) => [
      id,
      'unchanged',
    ]);
    expect(statesSince(report)).toEqual(same);
    expect(statesSince(JSON.parse(REPORT_FORMATS.baseline.text(report)) as Report)).toEqual(same);
    const [first, ...others] = report.claims.filter(({ attack }) => attack !== undefined);
    const earlier = {
      ...report,
      claims: [
        { ...first!, attack: { ...first!.attack!, length: 7 } },
        { ...first!, id: 'GONE' },
        ...others.filter(({ id }) => id !== 'WRONG-SHUT'),
      ],
    };
    expect(statesSince(earlier)).toEqual([
      ['DOOR-OPEN', 'updated'],
      ['DOOR-PICKED', 'unchanged'],
      ['WRONG-SHUT', 'new'],
      ['WRONG-LENGTH', 'unchanged'],
      ['FAULTY', 'new'],
      ['GONE', 'absent'],
    ]);
  });

  it('has fingerprints that stay while the source moves, and change with the attack', () => {
    const prints = (of: Report) => sarif(of).runs[0]?.results?.map((one) => one.partialFingerprints);
    expect(prints({ ...report, sources: {} })).toEqual(prints(report));
    const other = report.claims.map((entry) =>
      entry.attack === undefined
        ? entry
        : { ...entry, attack: { ...entry.attack, steps: entry.attack.steps.slice(0, 1) } },
    );
    const moved = prints({ ...report, claims: other })?.[1];
    expect(moved?.['underwatch/claim/v1']).toBe(prints(report)?.[1]?.['underwatch/claim/v1']);
    expect(moved?.['underwatch/attack/v1']).not.toBe(prints(report)?.[1]?.['underwatch/attack/v1']);
  });

  it('tells what is found on a board', () => {
    const log = sarif(boards);
    expect(sarifTrouble(log)).toEqual([]);
    expect(log.runs[0]?.results?.map(({ ruleId }) => ruleId)).toContain('audit/Q-OPEN');
  });
});

describe('CTRF', () => {
  it('is as its published schema wants it', () => {
    for (const of of [report, boards]) expect(ctrfErrors(REPORT_FORMATS.ctrf.text(of))).toEqual([]);
    const { summary } = (JSON.parse(REPORT_FORMATS.ctrf.text(report)) as { results: { summary: object } })
      .results;
    expect(summary).toMatchObject({ tests: 10, passed: 7, failed: 3, skipped: 0 });
  });

  it('is held against a schema that refuses', () => {
    expect(ctrfErrors(REPORT_FORMATS.ctrf.text(report).replace('"passed": 7', '"passed": "7"'))).not.toEqual(
      [],
    );
  });
});

describe('annotations', () => {
  it('name the line of the model, and are as many as GitHub shows', () => {
    const lines = REPORT_FORMATS.github.text(report).trimEnd().split('\n');
    expect(lines.length).toBe(3);
    expect(lines[0]).toMatch(
      /^::error file=src\/testing\/models\/door\.ts,line=\d+,title=WRONG-SHUT%3A NEW attack::expected that it holds/,
    );
    const many = { ...report, claims: Array.from({ length: 20 }, () => report.claims[7]!) };
    const told = REPORT_FORMATS.github.text(many).trimEnd().split('\n');
    expect([told.length, told.at(-1)]).toEqual([
      10,
      '::error title=more::11 claims more not as expected: see the summary',
    ]);
  });
});

const withText = (entry: ClaimEntry, text: string): ClaimEntry => ({
  ...entry,
  id: text,
  suite: text,
  says: text,
  source: text,
  invariant: text,
  model: text,
  invariantSays: text,
  scope: text,
  reproduce: text,
  ...(entry.unexpectedBecause === undefined ? {} : { unexpectedBecause: text }),
  ...(entry.attack === undefined
    ? {}
    : {
        attack: {
          ...entry.attack,
          steps: entry.attack.steps.map((step) => ({
            ...step,
            action: text,
            actor: text,
            text,
            changes: [{ field: text, before: text, after: text }],
          })),
        },
      }),
});

const spoiled = (text: string): Report => ({
  ...report,
  tool: { name: text, version: text },
  claims: [withText(report.claims[1]!, text), withText(report.claims[7]!, `${text}2`)],
  sources: {
    [text]: {
      actions: { [text]: { guard: { file: text, line: 0 } } },
      invariants: { [text]: { file: `x${text}`, line: 3 } },
    },
  },
  timing: { ...report.timing, startedAt: text },
});

describe('text that anyone may have written', () => {
  it('stays text in every format', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const of = spoiled(text);
        for (const { text: turn } of Object.values(REPORT_FORMATS)) {
          expect(turn(of).replaceAll('\n', '')).not.toMatch(ACTIVE);
        }
        const [first] = parseXml(REPORT_FORMATS.junit.text(of)).children;
        expect(first?.children[0]?.children[0]?.name).toBe('system-out');
        expect(sarifTrouble(sarif(of)).filter((one) => !one.startsWith('not within'))).toEqual([]);
        expect(sarifSchemaErrors(sarif(of))).toEqual([]);
        expect(ctrfErrors(REPORT_FORMATS.ctrf.text(of))).toEqual([]);
        expect(REPORT_FORMATS.github.text(of).trimEnd().split('\n').length).toBe(1);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('is cut where it is too long for its reader', () => {
    const long = spoiled(`${'x'.repeat(30_000)}</a>`);
    const many = {
      ...long,
      claims: Array.from({ length: 30 }, (_, at) => ({ ...long.claims[1]!, id: `C${at}` })),
    };
    expect(summaryText(many).length).toBeLessThan(65_536);
    expect(summaryText(many)).toContain('more not as expected');
    const pages = markdownPages(many, 'report.md');
    expect(pages.length).toBeGreaterThan(2);
    for (const [, text] of pages) expect(Buffer.byteLength(text)).toBeLessThan(100_000);
    expect(Buffer.byteLength(REPORT_FORMATS.github.text(many))).toBeLessThan(100_000);
  });
});

it('pages have every claim, once, and the index leads to them', () => {
  const claims = Array.from({ length: 300 }, (_, at) => ({
    ...report.claims[at % 2]!,
    id: `C${at}`,
    suite: at < 200 ? 'one' : 'two/../..',
  }));
  const pages = markdownPages(reportSchema.parse({ ...report, claims }), 'report.md');
  const index = pages.at(-1)?.[1] ?? '';
  const others = pages.slice(0, -1);
  for (const { id } of claims) {
    expect(others.filter(([, text]) => text.includes(`### ${id}\n`)).length).toBe(1);
  }
  for (const [path] of others) {
    expect(path).toMatch(/^suites\/[\w.-]+(?:~\d+)?\.md$/);
    expect(index).toContain(`](${path})`);
  }
});
