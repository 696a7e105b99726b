import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { doorSuite, faultySuite, wrongSuite } from '../../testing/models/door.ts';
import { ACTIVE, hostileText } from '../../testing/hostile-text.ts';
import { claimsReport } from '../document.ts';
import type { Report } from '../report.ts';
import { pageData } from './page-data.ts';
import { pageText } from './page.ts';

const suites = [doorSuite, wrongSuite, faultySuite];

let report: Report;

beforeAll(async () => {
  const run = await runClaims(suites.flatMap(({ claims }) => claims));
  report = claimsReport(run, {
    run: { engine: 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(1_700_000_000_000), durationMs: 1234.5 },
    reproduce: ({ claim }) => `npx underwatch verify --claim ${claim.id}`,
    suites,
  });
});

const DATA = /<script type="application\/json" id="data">(.*?)<\/script>/su;
/** The models of these suites are not built in. */
const absent = { kind: 'absent', because: 'none of these' } as const;
const dataIn = (page: string): unknown => JSON.parse(DATA.exec(page)?.[1] ?? '') as unknown;
/** All of the page but its data. */
const frameOf = (page: string): string => page.replace(DATA, '');

describe('the page of a report', () => {
  it('has the data of the report, each step of its attacks once', () => {
    const data = pageData(report, absent);
    expect(dataIn(pageText(report, absent))).toEqual(JSON.parse(JSON.stringify(data)));
    expect(data.claims.map(({ id }) => id)).toEqual(report.claims.map(({ id }) => id));
    expect(new Set(data.steps.map((step) => JSON.stringify(step))).size).toBe(data.steps.length);
    const told = data.claims.map(({ attack }) => attack?.steps.map((number) => data.steps[number]?.text));
    expect(told).toEqual(report.claims.map(({ attack }) => attack?.steps.map(({ text }) => text)));
  });

  it('says of each claim how it stands', () => {
    const stands = Object.fromEntries(pageData(report, absent).claims.map(({ id, status }) => [id, status]));
    expect(stands).toMatchObject({
      'DOOR-OPEN': 'known-attack',
      'DOOR-STEEL': 'proof',
      'WRONG-SHUT': 'new-attack',
    });
  });

  it('lets nothing run but its own script and style, and asks no network', () => {
    const page = pageText(report);
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const inside = (tag: string): readonly string[] =>
      [...page.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gsu'))].map(([, text = '']) => text);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    expect(inside('script')).toHaveLength(1);
    expect(inside('style')).toHaveLength(1);
    expect(policy).toBe(
      `default-src 'none'; script-src ${inside('script').map(hash).join()}; style-src ${inside('style').map(hash).join()}; ` +
        "connect-src 'none'; img-src data:; base-uri 'none'; form-action 'none'",
    );
    expect(frameOf(page)).not.toMatch(/\b(?:src|href)="(?!data:,")/);
  });

  it('lets the models run that are given with it, once they are asked for, and no other script', () => {
    const script = 'if (1 < 2) globalThis.x = "</script><!-- <script>";';
    const page = pageText(report, { kind: 'here', script });
    const hash = createHash('sha256').update(script).digest('base64');
    const [, written = ''] =
      /<script type="application\/json" id="models">(.*?)<\/script>/su.exec(page) ?? [];
    expect(JSON.parse(written)).toBe(script);
    expect(written).not.toMatch(/[<>&]/);
    expect(/script-src 'sha256-[^']+' '(sha256-[^']+)';/.exec(page)?.[1]).toBe(`sha256-${hash}`);
    expect(pageText(report)).toContain('id="models">null</script>');
  });

  it('is text of the report alone: the same twice', () => {
    expect(pageText(structuredClone(report))).toBe(pageText(report));
  });

  it('has no text of a report but as data, and none on which a browser acts', () => {
    const frame = frameOf(pageText(report));
    fc.assert(
      fc.property(hostileText, (text) => {
        const claims = report.claims.map((claim) => ({ ...claim, says: text, source: `</script>${text}` }));
        const page = pageText({ ...report, claims });
        expect(frameOf(page)).toBe(frame);
        const [, written = ''] = DATA.exec(page) ?? [];
        expect(written).not.toMatch(/[<>&]/);
        expect(written).not.toMatch(ACTIVE);
      }),
      { numRuns: 60 },
    );
  });
});
