import { describe, expect, it } from 'vitest';
import type { AnswerEntry, PlatformEntry, Report } from '../report.ts';
import { baselineOf, changesSince } from './baseline.ts';

const answer = (id: string, verdict: AnswerEntry['verdict'], length?: number): AnswerEntry => ({
  id,
  invariant: 'I',
  says: id,
  source: 'x',
  verdict,
  decidedBy: ['lock'],
  brokenWhen: [],
  states: 1,
  transitions: 1,
  complete: true,
  ...(length === undefined ? {} : { attack: { length, shortest: true, cost: 0, initial: 0, steps: [] } }),
  closedBy: [],
  notClosedBy: [],
  undecidedBy: [],
  closedTogether: [],
  reproduce: 'x',
});

const board = (name: string, entry: Partial<PlatformEntry>): PlatformEntry => ({
  name,
  registers: [],
  locks: [],
  unknown: [],
  findings: [],
  settings: [],
  plans: [],
  answers: [],
  ...entry,
});

const lock = (state: PlatformEntry['locks'][number]['state']): PlatformEntry['locks'][number] => ({
  name: 'SMI_LOCK',
  state,
  says: 'x',
  readFrom: 'x',
});

const kinds = (before: Partial<PlatformEntry>, now: Partial<PlatformEntry>): readonly string[] =>
  changesSince([board('old', before)], [board('new', now)]).map(({ id, kind }) => `${id} ${kind}`);

describe('an audit against an earlier one', () => {
  it('of the same has no changes', () => {
    const same = { answers: [answer('Q', 'violated', 4)], locks: [lock('clear')] };
    expect(kinds(same, same)).toEqual([]);
  });

  it.each<readonly [AnswerEntry, AnswerEntry, readonly string[]]>([
    [answer('Q', 'holds'), answer('Q', 'violated', 4), ['Q worse']],
    [answer('Q', 'holds'), answer('Q', 'unresolved'), ['Q worse']],
    [answer('Q', 'holds'), answer('Q', 'depends', 4), ['Q worse']],
    [answer('Q', 'depends', 4), answer('Q', 'violated', 4), ['Q worse']],
    [answer('Q', 'violated', 10), answer('Q', 'violated', 4), ['Q worse']],
    [answer('Q', 'violated', 4), answer('Q', 'violated', 10), ['Q better']],
    [answer('Q', 'violated', 4), answer('Q', 'holds'), ['Q better']],
    // No answer is no good answer.
    [answer('Q', 'violated', 4), answer('Q', 'unresolved'), ['Q other']],
    [answer('P', 'holds'), answer('Q', 'holds'), ['P worse']],
    [answer('P', 'holds'), answer('Q', 'violated', 4), ['Q worse', 'P worse']],
  ])('case %#', (before, now, expected) => {
    expect(kinds({ answers: [before] }, { answers: [now] })).toEqual(expected);
  });

  it('says which lock came or went, and which finding', () => {
    expect(kinds({ locks: [lock('set')] }, { locks: [lock('clear')] })).toEqual(['SMI_LOCK worse']);
    expect(kinds({ locks: [lock('set')] }, { locks: [lock('unknown')] })).toEqual(['SMI_LOCK worse']);
    expect(kinds({ locks: [lock('clear')] }, { locks: [lock('set')] })).toEqual(['SMI_LOCK better']);
    expect(kinds({ locks: [lock('clear')] }, { locks: [lock('unknown')] })).toEqual(['SMI_LOCK other']);
    const finding = (id: string, severity: 'good' | 'bad') => ({ id, says: id, severity, evidence: [] });
    expect(kinds({ findings: [finding('S-BLE', 'good')] }, { findings: [finding('S-BLE', 'bad')] })).toEqual([
      'S-BLE worse',
    ]);
    expect(kinds({}, { findings: [finding('NOTE-1', 'bad')] })).toEqual([]);
  });

  it('compares boards of one name, and takes what is bad of others for new', () => {
    const bad = { answers: [answer('Q', 'violated', 4)] };
    const changes = changesSince([board('a', bad), board('b', {})], [board('a', bad), board('c', bad)]);
    expect(changes).toEqual([
      { board: 'c', id: 'Q', kind: 'worse', before: 'not there', now: 'violated in 4 steps, shortest' },
    ]);
  });
});

describe('a baseline', () => {
  const report = (command: 'verify' | 'audit'): Report => ({
    schemaVersion: 1,
    tool: { name: 'underwatch', version: '0' },
    run: { command, engine: 'exhaustive', seed: 1, limits: {}, interrupted: false },
    claims: [],
    searches: [],
    ...(command === 'audit' ? { platforms: [board('a', {})] } : {}),
    timing: { startedAt: '', durationMs: 0, items: {} },
  });

  it('is a report of an audit', () => {
    expect(baselineOf('a.json', report('audit')).map(({ name }) => name)).toEqual(['a']);
    expect(() => baselineOf('a.json', report('verify'))).toThrow('UW370');
  });
});
