import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { instrumented, MARKS, sitesOf } from './instrument.ts';
import { mutantsOf } from './generate.ts';
import { changeOf, mutated, nameOf, rankOf } from './mutant.ts';
import { sampled, subjectsOf, trialsFor } from './plan.ts';
import { scoreOf, type Outcome } from './result.ts';
import { createWorlds } from './world.ts';

const GATE = `
type Bit = 0 | 1;
export const opens = (state: { mode: Bit; bits: number }, late: boolean): boolean => {
  if (late) return false;
  return state.mode === 1 && (state.bits & ~0x0f) >= 16;
};
export const gate = { says: 'opens ' + 1, then: (draft: { mode: number }) => { draft.mode = 0; } };
`;

const changes = (text: string): readonly string[] =>
  mutantsOf('gate.ts', text).map((mutant) => changeOf(text, mutant));

describe('mutants of a text', () => {
  it('are these', () => {
    expect(changes(GATE)).toEqual([
      'late -> true',
      'late -> false',
      'late -> !(late)',
      'false -> true',
      'state.mode === 1 && (state.bits & ~0x0f) >= 16 -> state.mode === 1',
      'state.mode === 1 && (state.bits & ~0x0f) >= 16 -> (state.bits & ~0x0f) >= 16',
      '=== -> !==',
      '1 -> 2',
      '1 -> 0',
      '& -> |',
      '~0x0f -> 0x0f',
      '0x0f -> 0x10',
      '0x0f -> 0xe',
      '>= -> >',
      '>= -> <',
      '16 -> 17',
      '16 -> 15',
      'draft.mode = 0; -> ;',
      '0 -> 1',
    ]);
  });

  it('leave alone what is thrown, what is only told, types and names', () => {
    expect(changes("export const stepText = (n: number): string => (n > 1 ? 'a' : 'b');")).toEqual([]);
    expect(changes('export const f = (): never => { throw new RangeError(String(1 + 1)); };')).toEqual([]);
    expect(changes("export const names: { readonly [n: number]: string } = { 0: 'none' };")).toEqual([]);
  });

  it('have names of their own, and a sample does not change when others come', () => {
    const mutants = mutantsOf('gate.ts', GATE);
    expect(new Set(mutants.map(nameOf)).size).toBe(mutants.length);
    const some = sampled(mutants, 5, 7);
    expect(some).toHaveLength(5);
    expect(
      sampled(
        mutants.filter((one) => some.includes(one) || one.line < 5),
        5,
        7,
      ),
    ).toEqual(some);
    expect(sampled(mutants, 5, 8)).not.toEqual(some);
    expect(rankOf(1, 'a')).not.toBe(rankOf(1, 'b'));
  });
});

describe('an instrumented text', () => {
  it('marks what ran, and means the same', () => {
    const marks = new Uint8Array(64);
    Object.assign(globalThis, { [MARKS]: marks });
    const sites = sitesOf(mutantsOf('gate.ts', GATE)).map((site, mark) => ({ ...site, mark }));
    const folder = mkdtempSync(join(tmpdir(), 'underwatch-mutants-'));
    writeFileSync(join(folder, 'gate.ts'), GATE);
    const worlds = createWorlds(folder, {});
    const { opens } = worlds.withTexts(new Map([['gate.ts', instrumented(GATE, sites)]])).load('gate.ts') as {
      readonly opens: (state: object, late: boolean) => boolean;
    };
    const ran = (): readonly string[] =>
      sites.filter(({ mark }) => marks[mark] === 1).map(({ start, end }) => GATE.slice(start, end));
    expect(opens({ mode: 0, bits: 0 }, true)).toBe(false);
    expect(ran()).toEqual(['late', 'false']);
    expect(opens({ mode: 0, bits: 16 }, false)).toBe(false);
    expect(ran()).not.toContain('16');
    expect(opens({ mode: 1, bits: 16 }, false)).toBe(true);
    expect(ran()).toContain('16');
    rmSync(folder, { recursive: true });
  });
});

describe('worlds', () => {
  const root = mkdtempSync(join(tmpdir(), 'underwatch-mutants-'));
  afterAll(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'models'));
  writeFileSync(join(root, 'models/limit.ts'), 'export const limit: number = 3;');
  writeFileSync(join(root, 'models/other.ts'), 'export const other: object = {};');
  const both = "import { limit } from './limit.ts';\nexport { other } from './other.ts';\n";
  writeFileSync(join(root, 'models/model.ts'), `${both}export const twice: number = 2 * limit;`);
  const worlds = createWorlds(root, {});

  it('differ in what depends on the change, and share the rest', () => {
    const text = worlds.textOf('models/limit.ts');
    const changed = worlds.withTexts(
      new Map([['models/limit.ts', mutated(text, mutantsOf('models/limit.ts', text)[0]!)]]),
    );
    expect(changed.load('models/model.ts')['twice']).toBe(8);
    expect(worlds.original.load('models/model.ts')['twice']).toBe(6);
    expect(changed.load('models/model.ts')['other']).toBe(worlds.original.load('models/other.ts')['other']);
  });

  it('know what a module needs; the folders of that are scored', () => {
    const closures = { 'models/model.ts': worlds.closureOf('models/model.ts') };
    expect(subjectsOf('models', closures)).toEqual([
      { model: '', files: ['models/limit.ts', 'models/model.ts', 'models/other.ts'] },
    ]);
  });
});

describe('a plan', () => {
  const [mutant] = mutantsOf('gate.ts', GATE);
  const site = `${mutant!.site.start}-${mutant!.site.end}`;
  const search = (claim: string, transitions: number, ran: readonly string[]) => ({
    search: { module: 'suite.ts', suite: 'gate', claims: [claim] },
    footprint: { states: 10, transitions, ran: { 'gate.ts': ran }, kind: 'decided' as const },
  });

  it('takes the searches that run the changed code, the cheapest first, within its budget', () => {
    const known = [search('LARGE', 9000, [site]), search('SMALL', 50, [site]), search('ELSEWHERE', 5, [])];
    const plan = (budget: number): readonly string[] =>
      trialsFor(mutant!, known, { 'suite.ts': ['gate.ts'] }, budget).flatMap(({ claims }) => claims);
    expect(plan(100_000)).toEqual(['SMALL', 'LARGE']);
    expect(plan(2000)).toEqual(['SMALL']);
  });
});

describe('a score', () => {
  it('counts what was noticed among what could be', () => {
    const mutants = mutantsOf('gate.ts', GATE).slice(0, 4);
    const fates: readonly Outcome[] = [
      { kind: 'killed', by: 'gate SMALL', because: 'it is violated' },
      { kind: 'survived', searches: 2 },
      { kind: 'unreached' },
      { kind: 'hung', by: 'gate SMALL' },
    ];
    const outcomes = mutants.map((mutant, index) => ({ mutant, outcome: fates[index]! }));
    const known = {
      file: 'gate.ts',
      line: 'if (late) return false;',
      change: 'late -> false',
      kind: 'equivalent',
      why: 'nobody is late',
    } as const;
    const score = scoreOf('gate', 1, 19, outcomes, () => GATE, [known]);
    expect(score).toMatchObject({
      tried: 4,
      killed: 1,
      hung: 1,
      survived: 2,
      equivalent: 1,
      scorePercent: 66.6,
    });
    expect(score.survivors.map(({ kind, why, outcome }) => [kind, why, outcome])).toEqual([
      ['equivalent', 'nobody is late', 'survived'],
      ['unexplained', '', 'unreached'],
    ]);
  });
});
