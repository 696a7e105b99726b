import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../report/schema/schema.ts';
import { createWorkplace } from '../testing/workplace.ts';
import { runCli } from './testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

/** Three suites; the model of the second throws where no model is expected to run any code. */
const CONFIG = `
import { defineConfig, defineModel, suite } from 'underwatch';
const modelOf = (id, invariant) => defineModel({
  id, says: 'counts', defences: {}, capabilities: {}, parameters: {}, initial: () => ({ n: 0 }),
  actions: { go: { actor: 'user', says: 'adds', when: (s) => s.n < 9, then: (d) => { d.n += 1; } } },
  invariants: { low: invariant },
});
const low = { kind: 'always', says: 'stays low', source: 'test', holds: (s) => s.n < 10 };
const trap = { ...low, get kind() { throw new RangeError('nobody reads me'); } };
const suiteOf = (id, invariant) => suite({
  id, says: 'counts', model: modelOf(id, invariant),
  claims: { [id.toUpperCase()]: { invariant: 'low', expect: 'holds', says: 'stays low', source: 'test' } },
});
export default defineConfig({ suites: [suiteOf('one', low), suiteOf('two', trap), suiteOf('three', low)] });
`;

describe('an error that nobody expects', () => {
  it('costs the claims of the model that met it; the others are decided, and the report is written', async () => {
    place.write('underwatch.config.mjs', CONFIG);
    const { code, stderr, stdout } = await runCli(['verify', '--out', 'out'], { cwd: place.path });
    expect(code).toBe(3);
    expect(stderr).toContain('underwatch has a bug');
    expect(stderr).toContain('RangeError: nobody reads me');
    expect(stdout).toContain('UW330');
    const report = reportSchema.parse(JSON.parse(readFileSync(join(place.path, 'out/report.json'), 'utf8')));
    expect(report.claims.map(({ id, verdict, error }) => [id, verdict, error?.code, error?.got])).toEqual([
      ['ONE', 'holds', undefined, undefined],
      ['TWO', 'unresolved', 'UW330', 'RangeError: nobody reads me'],
      ['THREE', 'holds', undefined, undefined],
    ]);
  });
});
