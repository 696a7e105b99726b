import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../audit/run-audit.ts';
import { runClaims } from '../../claim/run/run.ts';
import { Fault } from '../../model/index.ts';
import { doorAuditor } from '../../testing/models/door-auditor.ts';
import { doorSuite, faultySuite, wrongSuite } from '../../testing/models/door.ts';
import { attackFile } from '../attack-file.ts';
import { auditReport, claimsReport, jsonText } from '../document.ts';
import { failedPlatformEntry, platformEntry } from '../entries.ts';
import { jsonSchemas } from '../json-schema.ts';
import type { Report } from '../report.ts';
import { reportSchema } from './schema.ts';

const published = (name: string): string =>
  fileURLToPath(new URL(`../../../reports/schema/${name}.schema.json`, import.meta.url));

const validate = (name: string, document: unknown): readonly unknown[] => {
  const check = new Ajv2020({ strict: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(published(name), 'utf8')) as object,
  );
  check(document);
  return check.errors ?? [];
};

const clocked = { startedAt: new Date(0), durationMs: 1.5 };
const run = { engine: 'exhaustive', seed: 1, limits: {} } as const;

const verifyReport = async (): Promise<Report> =>
  claimsReport(await runClaims([...doorSuite.claims, ...wrongSuite.claims, ...faultySuite.claims]), {
    run: { ...run, probeRuns: 0 },
    clocked,
    reproduce: ({ claim }) => `again ${claim.id}`,
  });

const read = (text: string): ReturnType<typeof doorAuditor.read> =>
  doorAuditor.read('oak', [{ path: 'door.log', text }], { gpi: 0 });

const boardsReport = async (): Promise<Report> => {
  const revolving = read('door=revolving\nend');
  const { subject } = revolving;
  if (!(subject instanceof Fault)) throw new TypeError('a revolving door cannot be searched');
  return auditReport(
    [
      platformEntry(await runAudit(read('door=oak\nend')), 'again'),
      failedPlatformEntry('revolving', subject, revolving),
      failedPlatformEntry('unreadable', subject),
    ],
    { run: { ...run, interrupted: false }, clocked, durationsMs: { oak: 1 } },
  );
};

describe('the published JSON Schemas', () => {
  it.each(Object.keys(jsonSchemas))('%s is what the schema in the code says (UPDATE=1 writes it)', (name) => {
    const text = jsonSchemas[name]!();
    if (process.env['UPDATE'] !== undefined) writeFileSync(published(name), text);
    expect(readFileSync(published(name), 'utf8')).toBe(text);
  });

  it('take the reports that runs leave, with every kind of entry', async () => {
    for (const report of [await verifyReport(), await boardsReport()]) {
      const document: unknown = JSON.parse(jsonText(report));
      expect(validate('report-v1', document)).toEqual([]);
      expect(reportSchema.parse(document)).toEqual(document);
    }
  });

  it('take attack files', async () => {
    const { claims } = await verifyReport();
    const { id, attack, model, scenario, invariant } = claims.find((claim) => claim.id === 'DOOR-PICKED')!;
    const file = attackFile(attack!, { claim: id, model, scenario, invariant, kind: 'attack' });
    expect(validate('attack-v1', JSON.parse(jsonText(file)))).toEqual([]);
  });

  it('refuse what they do not know', async () => {
    const report = await verifyReport();
    expect(validate('report-v1', { ...report, extra: 1 })).not.toEqual([]);
    expect(validate('report-v1', { ...report, schemaVersion: 2 })).not.toEqual([]);
    const [claim, ...rest] = report.claims;
    expect(
      validate('report-v1', { ...report, claims: [{ ...claim, verdict: 'passed' }, ...rest] }),
    ).not.toEqual([]);
  });
});
