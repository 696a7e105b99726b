import pc from 'picocolors';
import { beforeAll, describe, expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { doorSuite, faultySuite, wrongSuite } from '../../testing/models/door.ts';
import { metaOf } from '../meta.ts';
import { reportText, type Screen, type ReportedClaim } from './text.ts';

const plain: Screen = { paint: pc.createColors(false), drawsUnicode: true };
let claims: readonly ReportedClaim[];

beforeAll(async () => {
  const suites = [doorSuite, wrongSuite, faultySuite];
  const { results } = await runClaims(suites.flatMap((suite) => suite.claims));
  claims = results.map((result) => ({
    ...metaOf(result, { file: undefined, name: result.claim.id }),
    replay: `again ${result.claim.id}`,
  }));
});

describe('what the reporter tells', () => {
  it('is a line a suite, then what is known, then what nobody expected, as stories', () => {
    const lines = reportText(claims, 'unexpected', plain).split('\n');
    expect(lines[0]).toMatch(/^underwatch {2}10 claims: 1 fault, 2 NEW attacks, /);
    expect(lines.slice(1, 4).map((line) => line.slice(0, 12))).toEqual([
      '  ? door  1 ',
      '  ✗ wrong  2',
      '  ! faulty  ',
    ]);
    expect(lines).toContain('  ◆ DOOR-PICKED  again DOOR-PICKED');
    expect(lines.join('\n')).toContain(
      [
        '✗ NEW attack  WRONG-SHUT  1 step, no shorter one exists',
        '  expected that it holds; it is violated',
        '   1  burglar     pushes the door',
        '  breaks  shut: The door is never open.',
      ].join('\n'),
    );
    expect(lines).toContain('  replay  again WRONG-SHUT');
    expect(lines).toContain('  repeat  again FAULTY');
    expect(lines.filter((line) => line.includes('picks the lock')).length).toBe(1);
  });

  it('is every attack as a story, where that is asked for', () => {
    const text = reportText(claims, 'all', plain);
    expect(text).toContain(
      '◆ known attack  DOOR-PICKED  2 steps, no shorter one exists\n   1  burglar     picks the lock',
    );
    expect(text).not.toContain('Known attacks');
  });

  it('counts a search once that several claims share, and says what earlier runs found', () => {
    const [first] = claims;
    const twice = [first!, { ...first!, recalled: true }];
    const states = first!.claim.states.toLocaleString('en-US');
    expect(reportText(twice, 'unexpected', plain)).toContain(
      `  ${states} states, 1 of 2 found by an earlier run\n`,
    );
  });

  it('names no more than twenty of the attacks that are known', () => {
    const known = claims.find(({ claim }) => claim.id === 'DOOR-OPEN')!;
    const text = reportText(
      Array.from({ length: 25 }, () => known),
      'unexpected',
      plain,
    );
    expect(text.split('again DOOR-OPEN').length - 1).toBe(20);
    expect(text).toContain("  and 5 more: the option attacks: 'all' tells each of them\n");
  });

  it('shows what a text would do to a terminal, and is ASCII where nothing else is drawn', () => {
    const [first] = claims;
    const hostile = {
      ...first!,
      claim: { ...first!.claim, id: 'a\u001B[31m', suite: 'b\u0007', asExpected: false },
    };
    const text = reportText([hostile], 'unexpected', { ...plain, drawsUnicode: false });
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain(String.raw`a\u001b[31m`);
  });
});
