import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../report/schema/schema.ts';
import { configAt, runCli } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const verify = (config: string, ...args: readonly string[]): ReturnType<typeof runCli> =>
  runCli(['verify', '--config', configAt(config), ...args], { cwd: place.path });

const withoutTiming = (text: string): string => {
  const { timing, ...rest } = reportSchema.parse(JSON.parse(text));
  expect(Object.keys(timing.items)).not.toHaveLength(0);
  return JSON.stringify(rest);
};

describe.concurrent('underwatch verify', () => {
  it('exits with 0 when every claim is as expected, and prints the claims and the attacks', async () => {
    const { code, stdout, stderr } = await verify('door', '--out', 'all');
    // A slow machine has time to say how far it is.
    expect(stderr.replaceAll(/^searching .*\n/gm, '')).toBe('');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => /^ {2}[✓✗◆∅?]/.test(line))).toEqual([
      '  ◆  DOOR-OPEN    violated             1 step       2',
      '  ◆  DOOR-PICKED  violated            2 steps       3',
      '  ✓  DOOR-STEEL   holds                             1',
      '  ✓  DOOR-OPENS   holds                             2  witness in 1 step',
      '  ∅  DOOR-BELL    vacuous                           2',
      '  ✓  DOOR-QUIET   violated                          2  no witness',
      '  ?  DOOR-SHORT   unresolved                        2  maxDepth',
    ]);
    expect(stdout).toContain('  1  burglar  picks the lock; quietly #1\n  2  burglar  pushes the door\n');
    expect(stdout).toContain(
      '\n  scope    without steel; capabilities hands, pick; lock = true; exhaustive search\n',
    );
    expect(stdout).toContain('7 claims: all as expected (2 hold, 3 violated, 1 unresolved, 1 vacuous)');
    expect(stdout.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it('exits with 1 on an unexpected verdict or length, and prints the command that repeats it', async () => {
    const { code, stdout } = await verify('wrong', 'wrong', '--out', 'wrong', '--quiet');
    expect(code).toBe(1);
    expect(stdout).toContain('expected that it holds; it is violated');
    expect(stdout).toContain('expected a shortest attack of 3 steps; one has 2');
    const command = /npx underwatch (verify --claim WRONG-SHUT .*)/.exec(stdout)?.[1] ?? '';
    const again = await runCli([...command.split(' '), '--out', 'again'], { cwd: place.path });
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('WRONG-SHUT');
  });

  it('exits with 2 on a faulty model, names the place, and decides the other claims', async () => {
    const { code, stdout, stderr } = await verify('faulty', '--out', 'faulty');
    expect(code).toBe(2);
    expect(stdout).toContain('UW106 an action or invariant threw: model faulty, action go, then');
    expect(stdout).toContain('RangeError: no further');
    expect(stdout).toContain('✓  DOOR-STEEL   holds');
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
  });

  it('tells a fault that several claims met once', async () => {
    const twice = place.write(
      'twice.config.ts',
      `import { faultySuite } from '${fileURLToPath(new URL('../../testing/models/door.ts', import.meta.url))}';
      const [claim] = faultySuite.claims;
      export default { suites: [{ ...faultySuite, claims: [claim, { ...claim, id: 'FAULTY-TOO' }] }] };`,
    );
    const { stdout } = await runCli(['verify', '--config', twice, '--out', 'twice', '--quiet'], {
      cwd: place.path,
    });
    expect(stdout).toContain('  ! FAULTY, FAULTY-TOO (2 claims)\n');
    expect(stdout.match(/RangeError: no further/g)).toHaveLength(1);
  });

  it('says with --verbose in which scope each claim was decided', async () => {
    const { stdout } = await verify('door', 'DOOR-STEEL', '--out', 'scope', '--verbose');
    expect(stdout).toContain(
      '       scope  every defence on; capabilities hands, pick (idle here: hands); lock = true; exhaustive\n' +
        '              search\n',
    );
  });

  it('says that there is no configuration, and what is verified then', async () => {
    const bare = createWorkplace();
    const says =
      /there is no underwatch\.config\.ts in this folder: verified are the \d+ claims that are built in/;
    // All of them take a minute: it is enough to hear what they are.
    const { code, stdout, stderr } = await runCli(['verify', '--max-states', '1', '--quiet'], {
      cwd: bare.path,
      onStderr: (child, text) => void (says.test(text) && child.kill('SIGINT')),
    });
    bare.remove();
    expect(stderr).toMatch(says);
    expect(stdout.replaceAll('\n', ' ')).toMatch(says);
    expect(code).toBe(130);
  });

  it('names a field that makes the space endless, on the terminal and in the report', async () => {
    const { code, stdout } = await verify('log', '--out', 'log', '--max-states', '3000');
    const warning =
      'BOOK-SHORT: field log has taken 1,854 values in 3,000 states: it is compared as one value';
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`note ${warning}`);
    expect(readFileSync(join(place.path, 'log/report.md'), 'utf8')).toContain(`\n- ${warning}`);
    expect(code).toBe(0);
  });

  it('prints one JSON document, equal for equal seeds but for its timing', async () => {
    const [first, second] = await Promise.all([
      verify('door', '--out', 'one', '--json', '--seed', '7'),
      verify('door', '--out', 'two', '--json', '--seed', '7'),
    ]);
    expect(first.stderr).toBe('');
    expect(withoutTiming(first.stdout)).toBe(withoutTiming(second.stdout));
    expect(readFileSync(join(place.path, 'one/report.json'), 'utf8')).toBe(first.stdout);
  });

  it('tells everything that is known of a claim', async () => {
    const { stdout } = await verify('door', '--out', 'json', '--json', '--claim', 'DOOR-PICKED');
    expect(reportSchema.parse(JSON.parse(stdout)).claims).toEqual([
      {
        id: 'DOOR-PICKED',
        suite: 'door',
        model: 'door',
        invariant: 'shut',
        scenario: { without: ['steel'], capabilities: ['hands', 'pick'], parameters: { lock: true } },
        scope: 'without steel; capabilities hands, pick; lock = true',
        says: 'a lock that is not of steel is picked',
        source: 'experience',
        invariantSays: 'The door is never open.',
        expected: 'violated',
        expectedLength: 2,
        verdict: 'violated',
        asExpected: true,
        states: 3,
        transitions: 2,
        complete: false,
        antecedents: 3,
        attack: {
          length: 2,
          shortest: true,
          cost: 2,
          initial: 0,
          steps: [
            {
              action: 'pick',
              actor: 'burglar',
              text: 'picks the lock; quietly #1',
              choices: {},
              changes: [{ field: 'lock.picked', before: 'false', after: 'true' }],
            },
            {
              action: 'push',
              actor: 'burglar',
              text: 'pushes the door',
              choices: {},
              changes: [{ field: 'open', before: 'shut', after: 'wide open' }],
            },
          ],
        },
        reproduce: `npx underwatch verify --claim DOOR-PICKED --config ${configAt('door')}`,
        stops: [
          {
            defence: 'steel',
            says: 'the lock cannot be picked',
            partsAt: 1,
            refusedAt: 2,
            text: 'picks the lock; quietly #1',
          },
        ],
      },
    ]);
  });

  it('measures random search against the attacks it knows', async () => {
    const { stdout } = await verify('door', '--out', 'probe', '--probe-runs', '50', '--seed', '3');
    expect(stdout).toMatch(/^ {2}◆ {2}DOOR-PICKED {2}violated +2 steps +3 {2}in \d+ steps: \d+ → 2$/m);
    expect(stdout).toMatch(/^ {2}random {3}found after \d+ steps?, length \d+, shrunk to 2; shortest 2$/m);
  });

  it('searches at random, says what that cannot rule out, and repeats a finding', async () => {
    const first = await verify('door', '--engine', 'random', '--runs', '40', '--out', 'random');
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^ {2}\? {2}DOOR-STEEL +unresolved +722 {2}10 fresh runs: p ≤ 0\.26$/m);
    expect(first.stdout).toMatch(/^ {2}◆ {2}DOOR-PICKED +violated +2 steps/m);
    expect(first.stdout).toContain('DOOR-PICKED  2 steps, no shorter one exists');
    const command = /npx underwatch (verify --claim DOOR-PICKED .*--path .*)/.exec(first.stdout)?.[1] ?? '';
    const again = await runCli([...command.split(' '), '--json', '--out', 'repeated'], { cwd: place.path });
    expect(again.code).toBe(0);
    expect(reportSchema.parse(JSON.parse(again.stdout))).toMatchObject({
      claims: [
        { id: 'DOOR-PICKED', verdict: 'violated', attack: { length: 2 }, random: { runs: 1, steps: 2 } },
      ],
      searches: [{ transitions: 2 }],
    });
  });

  it('looks at sets of states, or at what suits the model, and says what it was', async () => {
    const sets = await verify('door', '--engine', 'symbolic', '--json', '--out', 'sets');
    expect(sets.code).toBe(0);
    const report = reportSchema.parse(JSON.parse(sets.stdout));
    expect(report.run.engine).toBe('symbolic');
    expect(report.searches[0]).toMatchObject({ engine: 'symbolic', nodes: 6 });
    expect(report.claims[0]?.reproduce).toContain('--engine symbolic');
    const chosen = await verify('door', '--engine', 'auto', '--json', '--out', 'chosen');
    expect(chosen.code).toBe(0);
    expect(reportSchema.parse(JSON.parse(chosen.stdout)).searches[0]).toMatchObject({
      engine: 'exhaustive',
      because: ['exhaustive: decided within 100,000 states'],
    });
  });

  it('runs only the suites and claims that are named', async () => {
    const { code, stdout } = await verify(
      'wrong',
      'door',
      '--claim',
      'DOOR-STEEL',
      'DOOR-BELL',
      '--out',
      'some',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('2 claims: all as expected (1 holds, 1 vacuous)');
  });

  it('takes models, claims and patterns for what they are, and keeps the report of all claims apart', async () => {
    const at = (path: string): boolean => existsSync(join(place.path, 'reports/latest', path));
    const some = await verify('door', 'door-steel', '--claim', 'DOOR-*', '--quiet');
    expect(some.code).toBe(0);
    expect(some.stdout).toContain('1 claim: all as expected (1 holds)');
    expect([at('verify-selection/report.json'), at('verify')]).toEqual([true, false]);
    const like = await verify('door', '--claim', 'DOOR-O*', 'door-quie?', '--quiet', '--out', 'like');
    expect(like.stdout).toContain('3 claims: all as expected (1 holds, 2 violated)');
    const all = await verify('door', '--quiet');
    expect(all.stdout).toContain('report: reports/latest/verify/report.md');
    expect(at('verify/attacks/DOOR-PICKED.json')).toBe(true);
  });

  it('keeps to limits and names the one that was hit', async () => {
    const { code, stdout } = await verify(
      'door',
      '--claim',
      'DOOR-STEEL',
      'DOOR-PICKED',
      '--max-depth',
      '1',
      '--out',
      'limit',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('expected that it is violated; it is unresolved (maxDepth)');
    expect(stdout).toContain('--claim DOOR-PICKED --max-depth 1');
  });

  it('says on what a verdict rests whose states were told apart by fingerprints', async () => {
    const { code, stdout } = await verify('door', '--states', 'fingerprint', '--out', 'prints');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}✓ {2}DOOR-STEEL +holds +1 {2}missed: p ≤ 5\.4e-20$/m);
    expect(stdout).toContain(
      'DOOR-PICKED  2 steps, no shorter one exists (by fingerprints: a state was missed with probability 3.3e-19 at most)',
    );
    expect(stdout).toContain(
      'states told apart by fingerprints: a state was missed with probability 8.7e-19 at most',
    );
    const report = reportSchema.parse(
      JSON.parse(readFileSync(join(place.path, 'prints/report.json'), 'utf8')),
    );
    expect(report.run.states).toBe('fingerprint');
    expect(report.claims.map(({ missedAtMost = 1 }) => missedAtMost < 1e-18)).not.toContain(false);
    expect(report.searches.map(({ missedAtMost = 1 }) => missedAtMost < 1e-18)).not.toContain(false);
    expect(report.claims[2]!.reproduce).toContain(' --states fingerprint ');
    expect(readFileSync(join(place.path, 'prints/report.md'), 'utf8')).toContain(
      '| DOOR-STEEL | holds (by fingerprints: a state was missed with probability 5.4e-20 at most) |',
    );
    const linkless = await verify('door', '--no-parents', '--out', 'linkless', '--json');
    const plain = await verify('door', '--out', 'linked', '--json');
    expect(withoutTiming(linkless.stdout)).toBe(withoutTiming(plain.stdout));
    const both = await verify('door', '--no-parents', '--states', 'fingerprint');
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('UW304')]);
  });

  it('searches less where that is asked for and possible, and says how', async () => {
    const { code, stdout } = await verify(
      'gate',
      'gate',
      '--claim',
      'GATE-OPEN',
      'GATE-SMALL',
      '--reduce',
      'symmetry',
      'partial-order',
      '--out',
      'reduced',
      '--verbose',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}◆ {2}GATE-OPEN +violated +≤ \d+ steps/m);
    expect(stdout).toMatch(/^ {2}✓ {2}GATE-SMALL +holds +156,286$/m);
    expect(stdout).toContain('GATE-SMALL: reduced by symmetry of cores, held against the model in ');
    expect(stdout).toContain('in 2 searches (reduced: symmetry in 2, partial-order in 2)');
    const report = reportSchema.parse(
      JSON.parse(readFileSync(join(place.path, 'reduced/report.json'), 'utf8')),
    );
    expect(report.run.reduce).toEqual(['symmetry', 'partial-order']);
    expect(report.searches[1]?.reduced).toEqual([
      { kind: 'symmetry', exchanged: ['cores'], checked: 3086 },
      { kind: 'partial-order', reduced: 19_488 },
    ]);
    expect(report.claims[0]?.attack?.shortest).toBe(false);
    expect(report.claims[0]?.reproduce).toContain(' --reduce symmetry partial-order');
    expect(readFileSync(join(place.path, 'reduced/report.md'), 'utf8')).toContain(
      '- GATE-SMALL: reduced by symmetry of cores',
    );
  });

  it('does not reduce what could not be decided then, and says so', async () => {
    const { code, stdout } = await verify(
      'door',
      '--reduce',
      'symmetry',
      'partial-order',
      '--out',
      'whole',
      '--verbose',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('not reduced by symmetry: model door declares nothing interchangeable');
    expect(stdout).toContain('DOOR-PICKED: not reduced by partial order: no state allows it');
    expect(stdout).toMatch(/^ {2}◆ {2}DOOR-PICKED +violated +2 steps/m);
  });

  it('leaves the report, its story and each attack in a file of its own', async () => {
    await verify('door', '--out', 'files');
    const files = [
      'report.json',
      'report.md',
      'attacks/DOOR-OPEN.json',
      'attacks/DOOR-PICKED.json',
      'witnesses/DOOR-OPENS.json',
    ];
    expect(files.filter((file) => !existsSync(join(place.path, 'files', file)))).toEqual([]);
  });

  it('survives a reader that leaves, and still writes its report', async () => {
    const { code, stderr } = await runCli(['verify', '--config', configAt('door'), '--out', 'gone'], {
      cwd: place.path,
      closesStdout: true,
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(existsSync(join(place.path, 'gone/report.json'))).toBe(true);
  });

  it.each([
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [{}, false],
  ])('with %o paints: %s', async (env, paints) => {
    const { stdout } = await runCli(['list', '--suites', '--config', configAt('door')], {
      cwd: place.path,
      env,
    });
    expect(stdout.includes('\u001B[')).toBe(paints);
  });
});
