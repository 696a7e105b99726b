import { Ajv } from 'ajv';
import { schema as ctrfSchema } from 'ctrf';
import { parse as parseJunit } from 'junit2json';
import { beforeAll, describe, expect, it } from 'vitest';
import { crossCheck } from '../../claim/cross-check/cross-check.ts';
import { ENGINES, EXHAUSTIVE } from '../../claim/cross-check/engines.ts';
import { findThreshold, type ThresholdOptions } from '../../defence/threshold.ts';
import { systemOf } from '../../model/index.ts';
import { runStudy } from '../../statistics/study.ts';
import { ACTIVE } from '../../testing/hostile-text.ts';
import { faultOf } from '../../testing/fault-of.ts';
import { dam, rainStudy } from '../../testing/models/dam.ts';
import { door } from '../../testing/models/door.ts';
import { jsonText, outcomesReport } from '../document.ts';
import { needTellable, REPORT_FORMATS, type ReportFormat } from '../formats/formats.ts';
import type { Report, RunEntry } from '../report.ts';
import { parseReport } from '../schema/parse-report.ts';
import { sarifSchemaErrors } from '../testing/check-sarif.ts';
import { parseXml } from '../testing/xml.ts';
import { engineEntries, populationEntries, thresholdEntry } from './entries.ts';
import type { OutcomeEntry } from './outcome.ts';

const clocked = { startedAt: new Date(1_700_000_000_000), durationMs: 12.5 };

const reportOf = (command: RunEntry['command'], outcomes: readonly OutcomeEntry[]): Report =>
  outcomesReport(outcomes, {
    run: { command, engine: 'exhaustive', seed: 1, limits: {}, interrupted: false },
    clocked,
  });

const threshold = (options: ThresholdOptions = {}): Report => {
  const scenario = { without: [], capabilities: [], parameters: {} };
  const asked = { model: dam, scenario, invariant: 'dry', parameter: 'wall', from: 0, to: 20 };
  return reportOf('threshold', [thresholdEntry(findThreshold(asked, options), 'again')]);
};

const rain = (hostile = ''): Report => {
  const [seldom, often] = rainStudy.populations;
  const study = {
    ...rainStudy,
    id: `${rainStudy.id}${hostile}`,
    populations: [
      { ...seldom!, says: `${seldom!.says}${hostile}` },
      { ...often!, id: `${often!.id}${hostile}` },
    ],
  };
  const result = runStudy(study, { runs: 2000, seed: 5, confidence: 0.99, error: 0.01 });
  return reportOf('study', populationEntries(result, `again${hostile}`));
};

const engines = async (lies: boolean): Promise<Report> => {
  const liar = {
    ...EXHAUSTIVE,
    id: 'liar',
    run: async (...given: Parameters<typeof EXHAUSTIVE.run>) => ({
      ...(await EXHAUSTIVE.run(...given)),
      states: 9,
    }),
  };
  const system = systemOf(door, {
    parameters: { lock: true, alarm: true },
    without: ['steel'],
    capabilities: ['hands', 'pick'],
  });
  const checked = await crossCheck(system, { engines: lies ? [liar] : ENGINES.slice(0, 2), runs: 5 });
  return reportOf('cross-check', engineEntries(system, checked, 'again'));
};

let reports: { readonly [name: string]: Report };
beforeAll(async () => {
  reports = {
    found: threshold(),
    open: threshold({ limits: { maxStates: 3 } }),
    study: rain(),
    agree: await engines(false),
    lie: await engines(true),
  };
});

const formats = Object.keys(REPORT_FORMATS) as readonly ReportFormat[];
const tellable = formats.filter((format) => REPORT_FORMATS[format].ofClaims !== true);

describe('a report of what is no claim', () => {
  it('is read again as it was written', () => {
    for (const report of Object.values(reports))
      expect(parseReport('it', jsonText(report))).toEqual(JSON.parse(jsonText(report)));
  });

  it('is a JUnit test for each thing: failed where it is not as claimed, skipped where it is open', async () => {
    const told = await Promise.all(
      Object.entries(reports).map(async ([name, report]) => {
        const text = REPORT_FORMATS.junit.text(report);
        const { errors, failures, tests } = (await parseJunit(text)) ?? {};
        const [suite] = parseXml(text).children;
        return [name, suite?.attributes['name'], tests, failures, errors, suite?.attributes['skipped']];
      }),
    );
    expect(told).toEqual([
      ['found', 'dam', 1, 0, 0, '0'],
      ['open', 'dam', 1, 0, 0, '1'],
      ['study', 'rain', 2, 1, 0, '0'],
      ['agree', 'door', 3, 0, 0, '0'],
      ['lie', 'door', 2, 1, 0, '0'],
    ]);
    const [suite] = parseXml(REPORT_FORMATS.junit.text(reports['lie']!)).children;
    expect(suite?.children[1]?.children[0]?.attributes).toEqual({
      message: 'states: 9; exhaustive says 4',
      type: 'outcome',
    });
  });

  it('is a document of the Common Test Report Format', () => {
    const check = new Ajv({ strict: false, validateFormats: false }).compile(ctrfSchema);
    const statuses = Object.values(reports).map((report) => {
      const document = JSON.parse(REPORT_FORMATS.ctrf.text(report)) as {
        readonly results: { readonly tests: readonly { readonly status: string }[] };
      };
      check(document);
      expect(check.errors).toBeNull();
      return document.results.tests.map(({ status }) => status).join();
    });
    expect(statuses).toEqual(['passed', 'skipped', 'passed,failed', 'passed,passed,passed', 'passed,failed']);
  });

  it('is a SARIF log of what is not as claimed, or open', () => {
    const levels = Object.values(reports).map((report) => {
      const log = JSON.parse(REPORT_FORMATS.sarif.text(report)) as {
        readonly runs: readonly { readonly results: readonly { readonly level: string }[] }[];
      };
      expect(sarifSchemaErrors(log)).toEqual([]);
      return log.runs[0]?.results.map(({ level }) => level).join();
    });
    expect(levels).toEqual(['', 'warning', 'error', '', 'error']);
    const earlier = reports['lie']!;
    expect(REPORT_FORMATS.sarif.text(earlier, { earlier })).toContain('"baselineState": "unchanged"');
  });

  it('is an annotation for each thing that is not as claimed', () => {
    expect(REPORT_FORMATS.github.text(reports['found']!)).toBe('');
    expect(REPORT_FORMATS.github.text(reports['lie']!)).toMatch(
      /^::error title=door%2C liar%3A not as claimed::.*%0Astates: 9; exhaustive says 4%0Arepeat: again\n$/,
    );
  });

  it('is a table in Markdown, and all of it in full', () => {
    expect(REPORT_FORMATS.summary.text(reports['found']!)).toBe(`## Underwatch threshold

**1 outcome.**

| of | what | result | found |
| --- | --- | --- | --- |
| dam | dry by wall | as claimed | wall 6 violated in 7 steps, 7 holds |
`);
    const full = REPORT_FORMATS.markdown.text(reports['study']!);
    expect(full).toContain('**2 outcomes, 1 not as claimed.**');
    expect(full).toContain('## rain: RAIN-OFTEN');
    expect(full).toContain('313 of 2,000 runs: 13.62 % to 17.85 % (99 % confidence)');
    expect(REPORT_FORMATS.summary.text(reports['open']!)).toContain(
      '| dam | dry by wall | open | wall not decided: at 2 unresolved: maxStates |',
    );
  });

  it('cannot be told by a page, or be the baseline of claims', () => {
    expect(formats.filter((format) => !tellable.includes(format))).toEqual(['html', 'baseline']);
    const { code, details } = faultOf(() => needTellable('it', reports['study']!, 'html'));
    expect([code, details.got]).toEqual(['UW453', 'a report of study']);
    for (const format of tellable) needTellable('it', reports['study']!, format);
  });

  it('lets no text of a study act on what shows it', async () => {
    const report = rain('\u001B[2J</testcase>|`<script>\u202e::error::%0A\n::error::x');
    for (const format of tellable) {
      const text = REPORT_FORMATS[format].text(report);
      expect(text.replaceAll('\n', ' '), format).not.toMatch(ACTIVE);
      if (format !== 'github') expect(text, format).not.toMatch(/^::/m);
    }
    expect(REPORT_FORMATS.markdown.text(report)).not.toMatch(/^[^`]*<script>/m);
    expect(REPORT_FORMATS.github.text(report).match(/^::error /gm)).toHaveLength(1);
    expect((await parseJunit(REPORT_FORMATS.junit.text(report)))?.tests).toBe(2);
  });
});
