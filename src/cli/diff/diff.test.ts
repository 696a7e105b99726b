import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { claimsReport, jsonText } from '../../report/document.ts';
import { baselineOf } from '../../report/formats/baseline.ts';
import type { ClaimEntry, Report } from '../../report/report.ts';
import { doorSuite, wrongSuite } from '../../testing/models/door.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { main } from '../program.ts';
import { quietTerminal } from '../testing/fuzz/quiet-terminal.ts';

const place = createWorkplace();
afterAll(place.remove);

let before: Report;
beforeAll(async () => {
  before = claimsReport(await runClaims([...doorSuite.claims, ...wrongSuite.claims]), {
    run: { engine: 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(0), durationMs: 1 },
    reproduce: ({ claim }) => `again ${claim.id}`,
  });
});

const changed = (id: string, change: (entry: ClaimEntry) => Partial<ClaimEntry>): Report => ({
  ...before,
  claims: before.claims.map((entry) => (entry.id === id ? { ...entry, ...change(entry) } : entry)),
});

const without = (entry: ClaimEntry): ClaimEntry => {
  const { attack: _, ...rest } = entry;
  return rest;
};

const diff = async (from: Report, to: Report, ...args: readonly string[]) => {
  const terminal = quietTerminal();
  const files = [place.write('from.json', jsonText(from)), place.write('to.json', jsonText(to))];
  const code = await main(['diff', ...files, ...args], terminal);
  return { code, ...terminal.read() };
};

/** Exit codes under each policy. */
const codes = async (from: Report, to: Report): Promise<readonly number[]> => {
  const all: number[] = [];
  for (const policy of ['new-attack', 'shorter', 'any']) {
    all.push((await diff(from, to, '--fail-on', policy)).code);
  }
  return all;
};

describe('underwatch diff', () => {
  it('finds nothing between a report and itself, or its baseline', async () => {
    expect(await codes(before, before)).toEqual([0, 0, 0]);
    expect(await codes(baselineOf(before), before)).toEqual([0, 0, 0]);
    expect((await diff(before, before)).out).toBe('9 claims: no difference\n');
    const small = jsonText(baselineOf(before));
    expect(small).not.toContain('pushes the door');
    expect(small.length).toBeLessThan(jsonText(before).length);
  });

  it('fails on an attack that was not there', async () => {
    const healthy: Report = {
      ...before,
      claims: before.claims.map((entry) =>
        entry.id === 'DOOR-OPEN' ? { ...without(entry), verdict: 'holds' } : entry,
      ),
    };
    expect(await codes(healthy, before)).toEqual([1, 1, 1]);
    const { out, code } = await diff(healthy, before, '--fail-on', 'new-attack');
    expect(code).toBe(1);
    expect(out).toBe(
      'NEW attack  DOOR-OPEN  holds → violated in 1 step\n\n9 claims: 1 difference\nfails: 1 by --fail-on new-attack\n',
    );
    // The other way round it is gone.
    expect(await codes(before, healthy)).toEqual([0, 0, 1]);
    expect((await diff(before, healthy)).out).toMatch(/^attack gone {2}DOOR-OPEN /);
  });

  it('tells attacks that are shorter or longer', async () => {
    const longer = changed('DOOR-PICKED', ({ attack }) => ({ attack: { ...attack!, length: 3 } }));
    expect(await codes(longer, before)).toEqual([0, 1, 1]);
    expect(await codes(before, longer)).toEqual([0, 0, 1]);
    expect((await diff(longer, before)).out).toContain(
      'shorter attack  DOOR-PICKED  violated in 3 steps → violated in 2 steps',
    );
  });

  it('tells claims that came or went, and among them attacks that nobody expects', async () => {
    const doors: Report = { ...before, claims: before.claims.filter(({ suite }) => suite === 'door') };
    expect(await codes(before, doors)).toEqual([0, 0, 1]);
    expect((await diff(before, doors)).out).toContain('claim gone  WRONG-SHUT');
    expect((await diff(doors, before, '--fail-on', 'new-attack')).code).toBe(1);
    const few: Report = { ...before, claims: doors.claims.slice(1) };
    expect(await codes(few, doors)).toEqual([0, 0, 1]);
    expect((await diff(few, doors)).out).toContain('new claim  DOOR-OPEN  not there → violated in 1 step');
  });

  it('tells other verdicts and scopes, and counts what has other states alone', async () => {
    const open = changed('DOOR-STEEL', () => ({ verdict: 'unresolved' }));
    expect(await codes(before, open)).toEqual([0, 0, 1]);
    const scope = changed('DOOR-STEEL', () => ({ scope: 'elsewhere \u001b[2J' }));
    expect(await codes(before, scope)).toEqual([0, 0, 1]);
    expect((await diff(before, scope)).out).not.toContain('\u001b');
    const states = changed('DOOR-STEEL', () => ({ states: 12 }));
    expect(await codes(before, states)).toEqual([0, 0, 0]);
    expect((await diff(before, states)).out).toBe(
      '9 claims: no difference; 1 with another number of states alone\n',
    );
    const { out } = await diff(before, states, '--json');
    expect(JSON.parse(out)).toEqual({
      differences: [{ kind: 'states', id: 'DOOR-STEEL', before: '1 state', after: '12 states' }],
    });
  });

  it('tells what is no report by code', async () => {
    const terminal = quietTerminal();
    const code = await main(['diff', place.write('a.json', '{}'), place.write('b.json', '{}')], terminal);
    expect([code, terminal.read().err.slice(0, 5)]).toEqual([2, 'UW380']);
  });
});
