import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { claimsReport, jsonText } from '../../report/document.ts';
import { REPORT_FORMATS } from '../../report/formats/formats.ts';
import type { Report } from '../../report/report.ts';
import { doorSuite, wrongSuite } from '../../testing/models/door.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { main } from '../program.ts';
import { quietTerminal } from '../testing/fuzz/quiet-terminal.ts';
import { tellGithub } from '../verify/github.ts';

const place = createWorkplace();
afterAll(place.remove);

let stored: Report;
let file: string;

beforeAll(async () => {
  const suites = [doorSuite, wrongSuite];
  const run = await runClaims(suites.flatMap(({ claims }) => claims));
  stored = claimsReport(run, {
    run: { engine: 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(0), durationMs: 1 },
    reproduce: ({ claim }) => `again ${claim.id}`,
    suites,
  });
  file = place.write('report.json', jsonText(stored));
});

const report = async (...args: readonly string[]) => {
  const terminal = quietTerminal();
  const code = await main(['report', ...args], terminal);
  return { code, ...terminal.read() };
};

describe('underwatch report', () => {
  it.each(Object.keys(REPORT_FORMATS))('turns a stored report into %s', async (format) => {
    const expected = REPORT_FORMATS[format as keyof typeof REPORT_FORMATS].text(stored);
    const printed = await report(file, '--format', format);
    expect(printed).toEqual({ code: 0, out: expected, err: '' });
    const out = join(place.path, 'made/by', format);
    const written = await report(file, '--format', format, '--out', out);
    expect(written).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(out, 'utf8')).toBe(expected);
  });

  it('compares with an earlier report where the format can say so, and refuses elsewhere', async () => {
    const compared = await report(file, '--format', 'sarif', '--baseline', file);
    expect(compared).toEqual({
      code: 0,
      out: REPORT_FORMATS.sarif.text(stored, { earlier: stored }),
      err: '',
    });
    expect(compared.out).toContain('"baselineState": "unchanged"');
    const refused = await report(file, '--format', 'junit', '--baseline', file);
    expect([refused.code, refused.out, refused.err.slice(0, 5)]).toEqual([2, '', 'UW304']);
    const missing = await report(file, '--format', 'sarif', '--baseline', `${file}.gone`);
    expect([missing.code, missing.out]).toEqual([2, '']);
  });

  it('loses nothing of a report', async () => {
    expect((await report(file, '--format', 'json')).out).toBe(readFileSync(file, 'utf8'));
  });

  const bad = (text: string): Promise<{ readonly code: number; readonly err: string }> =>
    report(place.write('bad.json', text), '--format', 'junit');

  it('tells a file that is no report, or of another version, by code', async () => {
    const text = jsonText(stored);
    const other = JSON.stringify({ ...stored, schemaVersion: 2 });
    const more = JSON.stringify({ ...stored, more: 1 });
    const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
    const named = text.replace('"schemaVersion"', '"__proto__": {}, "schemaVersion"');
    for (const [wrong, code] of [
      [text.slice(0, text.length / 2), 'UW380'],
      ['', 'UW380'],
      ['null', 'UW380'],
      ['[]', 'UW380'],
      ['no JSON \u001b[2J', 'UW380'],
      [more, 'UW380'],
      [text.replace('"holds"', '"hold"'), 'UW380'],
      [other, 'UW381'],
      [text.replace('"schemaVersion": 1', '"schemaVersion": "\\u001b[2J"'), 'UW381'],
      [deep, 'UW324'],
      [named, 'UW325'],
    ] as const) {
      const { code: exit, err } = await bad(wrong);
      expect([exit, err.slice(0, 5)]).toEqual([2, code]);
      expect(err).not.toContain('\u001b');
      expect(err).toContain('next');
    }
  });

  it('tells what cannot be read or written by code', async () => {
    mkdirSync(join(place.path, 'folder'));
    const folder = join(place.path, 'folder');
    expect((await report(join(place.path, 'none.json'), '--format', 'junit')).err).toMatch(/^UW301 /);
    expect((await report(file, '--format', 'junit', '--out', folder)).err).toMatch(/^UW382 /);
    expect(await report(file)).toMatchObject({ code: 2 });
    expect(await report(file, '--format', 'pdf')).toMatchObject({ code: 2 });
  });
});

describe('in a job of GitHub', () => {
  const told = (env: { readonly [name: string]: string }): string => {
    const terminal = quietTerminal();
    tellGithub(stored, terminal, env);
    return terminal.read().err;
  };

  it('annotates, and adds to the summary of the step', () => {
    const summary = place.write('summary', 'before\n');
    expect(told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary })).toBe(
      REPORT_FORMATS.github.text(stored),
    );
    expect(readFileSync(summary, 'utf8')).toBe(`before\n${REPORT_FORMATS.summary.text(stored)}\n`);
  });

  it('leaves a summary that is full as it is, and says nothing elsewhere', () => {
    const summary = place.write('full', 'x'.repeat(2 ** 20));
    expect(told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary })).toContain('has no room');
    expect(readFileSync(summary, 'utf8').length).toBe(2 ** 20);
    expect(told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: place.path })).toContain('cannot be written');
    writeFileSync(summary, '');
    expect(told({ GITHUB_STEP_SUMMARY: summary })).toBe('');
    expect(readFileSync(summary, 'utf8')).toBe('');
  });
});
