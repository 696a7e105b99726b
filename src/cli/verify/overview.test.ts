import { beforeAll, describe, expect, it } from 'vitest';
import pc from 'picocolors';
import type { Suite } from '../../claim/claim.ts';
import { runClaims } from '../../claim/run/run.ts';
import { claimsReport } from '../../report/document.ts';
import type { Report } from '../../report/report.ts';
import { doorSuite, faultySuite, wrongSuite } from '../../testing/models/door.ts';
import { drawsUnicode } from '../../report/status/draws-unicode.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { quietTerminal } from '../testing/fuzz/quiet-terminal.ts';
import { verifyText } from './verify-text.ts';

const copyOf = (suite: Suite, id: string): Suite => ({
  id,
  says: `${suite.says}: a sentence that is far too long for one line of a terminal of eighty columns, or of more`,
  claims: suite.claims.map((claim) => ({ ...claim, id: `${id}-${claim.id}`, suite: id })),
});

const [first] = doorSuite.claims;
const steel = doorSuite.claims.filter(({ id }) => id === 'DOOR-STEEL');
const suites: readonly Suite[] = [
  ...['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'].map((id) => copyOf(doorSuite, id)),
  { id: 'steel', says: 'nothing but a proof', claims: steel },
  // Another length is known, and it was to hold; it was to take longer than it does, and was to be safe.
  copyOf(wrongSuite, 'eta'),
  {
    id: 'gone',
    says: 'an attack that is gone',
    claims: [{ ...steel[0]!, id: 'GONE', suite: 'gone', expect: 'violated' }],
  },
  copyOf(faultySuite, 'theta'),
  {
    id: 'broken',
    says: 'a broken proof',
    claims: [{ ...doorSuite.claims[4]!, id: 'BROKEN', suite: 'broken', expect: 'holds' }],
  },
];

let report: Report;

beforeAll(async () => {
  const run = await runClaims(suites.flatMap(({ claims }) => claims));
  report = claimsReport(run, {
    run: { engine: 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(0), durationMs: 1000 },
    reproduce: ({ claim }) => `npx underwatch verify --claim ${claim.id}`,
  });
});

const told = (terminal: Partial<Terminal> = {}, verbose = false): string =>
  verifyText({ suites, report, folder: 'out', verbose, quiet: false }, { ...quietTerminal(), ...terminal });

describe('many claims', () => {
  it('are a line a suite, each status with a mark of its own', () => {
    expect(first?.id).toBe('DOOR-OPEN');
    const lines = told({ width: 80 }).split('\n');
    expect(lines.slice(0, 13)).toEqual([
      '   suite    proved  attacks  shortest',
      '?  alpha         3        2    1 step  1 unresolved, 1 vacuous; what a burglar…',
      '?  beta          3        2    1 step  1 unresolved, 1 vacuous; what a burglar…',
      '?  gamma         3        2    1 step  1 unresolved, 1 vacuous; what a burglar…',
      '?  delta         3        2    1 step  1 unresolved, 1 vacuous; what a burglar…',
      '?  epsilon       3        2    1 step  1 unresolved, 1 vacuous; what a burglar…',
      '?  zeta          3        2    1 step  1 unresolved, 1 vacuous; what a burglar…',
      '✓  steel         1                     nothing but a proof',
      '✗  eta                    2    1 step  2 NEW attacks; what is not so: a sentenc…',
      '△  gone                                1 changed; an attack that is gone',
      '!  theta                               1 fault; a model with a mistake: a sente…',
      '▼  broken                              1 broken proof; a broken proof',
      '',
    ]);
    expect(lines).toContain(
      '✓ 19 proved   ◆ 12 known attacks   ∅ 6 vacuous   ? 6 unresolved   △ 1 changed   ▼ 1 broken proof   ✗ 2 NEW attacks   ! 1 fault',
    );
  });

  it('tell what is new in full, and nothing else', () => {
    const text = told();
    expect(text).toContain('✗ NEW attack  eta-WRONG-SHUT  1 step, no shorter one exists\n');
    expect(text).toContain('  1  burglar  pushes the door\n');
    expect(text).not.toMatch(/^alpha-DOOR-OPEN/m);
    expect(text).toContain('▼ BROKEN\n      broken proof: ');
    expect(text).toContain('UW106 an action or invariant threw');
    expect(text).toContain('next: ');
    expect(told({}, true)).toContain('alpha-DOOR-OPEN');
  });

  it('stay within the columns of the terminal, but for commands and paths', () => {
    for (const width of [80, 120]) {
      const wide = told({ width }).split('\n').slice(0, 13);
      expect(wide.filter((line) => line.length > width)).toEqual([]);
      expect(Math.max(...wide.map((line) => line.length))).toBeGreaterThan(width - 10);
    }
  });

  it('are told in ASCII where nothing else is drawn', () => {
    const text = told({ drawsUnicode: false });
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toMatch(/^X {2}eta /m);
    expect(text).toMatch(/^\? {2}alpha .*\.\.\.$/m);
    expect(told({}, true)).toContain('shut → wide open');
    expect(told({ drawsUnicode: false }, true)).toContain('shut -> wide open');
  });

  it('have a colour for each status', () => {
    const paint = pc.createColors(true);
    const line =
      told({ paint })
        .split('\n')
        .find((one) => one.includes('NEW attacks   ')) ?? '';
    const colors = line
      .split('   ')
      .map((part) => part.slice(0, part.lastIndexOf('m', part.search(/[✓◆∅?△▼✗!]/))));
    expect(new Set(colors).size).toBe(8);
  });
});

describe('what a terminal draws', () => {
  it.each([
    [{}, true],
    [{ LANG: 'C.UTF-8' }, true],
    [{ LANG: 'en_US.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{ LC_ALL: 'POSIX', LANG: 'C.UTF-8' }, false],
    [{ LC_ALL: '', LANG: 'de_DE.ISO-8859-1' }, false],
    [{ TERM: 'dumb' }, false],
    [{ TERM: 'linux', LANG: 'C.UTF-8' }, false],
  ])('in %o is more than ASCII: %s', (env, expected) => {
    expect(drawsUnicode(env)).toBe(expected);
  });
});
