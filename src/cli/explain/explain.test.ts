import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['explain', ...args, '--config', configAt('door')], { cwd: place.path });

describe.concurrent('underwatch explain', () => {
  it('says of a claim what it is, in which scope, which others are like it, and how to run it', async () => {
    const { code, stdout, stderr } = await run('door-picked');
    expect(stderr).toBe('');
    const config = configAt('door');
    expect(stdout).toBe(`DOOR-PICKED  a lock that is not of steel is picked
  expected  violated in 2 steps
  source    experience
  suite     door: what a burglar can do
  model     door: a door with a lock and an alarm
  asks      shut (always): The door is never open.
  scope     without steel; capabilities hands, pick; lock = true
  defences that are off
    steel  the lock cannot be picked
  what the adversary can do
    hands  can push
    pick   has a pick
  parameters that are not the model's own
    lock  true; its own: false
  the same question in another scope
    DOOR-STEEL  holds  steel on
  how to run it
    npx underwatch verify DOOR-PICKED --verbose --config ${config}
    npx underwatch explain --space DOOR-PICKED --config ${config}
    npx underwatch cross-check DOOR-PICKED --config ${config}
`);
    expect(code).toBe(0);
  });

  it('says of a part of a model what it is, and to which claims it makes a difference', async () => {
    const { code, stdout } = await run('steel');
    expect(stdout).toBe(`steel  defence of model door
  the lock cannot be picked
  claims with it off
    DOOR-PICKED  violated in 2 steps  a lock that is not of steel is picked
    DOOR-SHORT   unresolved           one step is too short a look
`);
    expect(code).toBe(0);
  });

  it('says of a model what it has, and where its state space is shown', async () => {
    const { stdout } = await run('door');
    expect(stdout).toContain('door  a door with a lock and an alarm\n  invariants\n    shut ');
    expect(stdout).toContain(`  its state space  npx underwatch explain --space door --config `);
  });
});

describe.concurrent('underwatch explain --space', () => {
  it('shows what is read and written, what never changes and what never happens', async () => {
    const { code, stdout, stderr } = await run('door', '--space');
    expect(stderr).toBe('');
    expect(stdout)
      .toBe(`door  defences off: none; capabilities: hands, pick; parameters: as the model has them
  3 states, 2 transitions, depth 2: all that can be reached
  learned by 16 runs of the model's functions, kept in 13 nodes of tries
  a state is 2 bits in 1 word

Fields
  field        values  bits  group  values
  lock.set          1     0         false
  lock.picked       1     0         false
  alarm.on          1     0         true
  alarm.rings       2     1      0  false true
  open              2     1      1  false true
  groups are looked up together  0: word 0, 1 bit from 0; 1: word 0, 1 bit from 1

Actions
  action  no.  instances  possible  effective  effects  runs  nodes
  pick      1          1         0          0        0     1      1
  push      2          1         1          1        1     2      2
  ring      3          1         1          1        1     3      3

Reads and writes  R read, W written, X both; actions by number
               1 2 3
  lock.set     R R ·
  lock.picked  · · ·
  alarm.on     · · R
  alarm.rings  · · X
  open         · X R

Invariants
  invariant  kind       runs  reads
  shut       always        2  open
  unnoticed  always        2  alarm.on, open
  opens      sometimes     2  open
  bell       always        2  alarm.rings, open
  quiet      sometimes     2  alarm.rings

Notes
  read by nobody  lock.picked
  never possible  pick
`);
    expect(code).toBe(0);
  });

  it('takes the scenario of a claim, and writes JSON of a stable shape', async () => {
    const { code, stdout, stderr } = await run('--claim', 'DOOR-PICKED', '--space', '--json');
    expect(stderr).toBe('');
    const data = JSON.parse(stdout) as { readonly [name: string]: unknown };
    expect(Object.keys(data).join(' ')).toBe(
      'model scenario states transitions depth complete warnings bytes threads userRuns trieNodes bitsPerState ' +
        'wordsPerState fields groups actions invariants unread neverPossible fused',
    );
    expect(data).toMatchObject({ model: 'door', states: 4, complete: true, unread: [], neverPossible: [] });
    expect((data['fields'] as readonly unknown[])[1]).toEqual({
      path: 'lock.picked',
      values: 2,
      examples: [false, true],
      whole: false,
      bits: 1,
      group: 0,
    });
    expect((data['groups'] as readonly unknown[])[0]).toEqual({
      word: 0,
      shift: 0,
      bits: 1,
      fields: ['lock.picked'],
    });
    expect((data['actions'] as readonly unknown[])[0]).toEqual({
      id: 'pick',
      actor: 'burglar',
      instances: 1,
      enabled: 1,
      effective: 1,
      reads: ['lock.set', 'lock.picked'],
      writes: ['lock.picked'],
      userRuns: 2,
      trieNodes: 2,
      effects: 1,
    });
    expect((data['invariants'] as readonly unknown[])[1]).toEqual({
      id: 'unnoticed',
      kind: 'always',
      reads: ['alarm.on', 'open'],
      userRuns: 2,
      trieNodes: 2,
    });
    expect(code).toBe(0);
  });

  it('says that a limit ended the search', async () => {
    const { code, stdout } = await run('door', '--space', '--max-depth', '1');
    expect(stdout).toContain('  2 states, 1 transition, depth 1: seen so far\n');
    expect(stdout).toContain('  The limit maxDepth ended the search: all of this is what was seen so far.\n');
    expect(stdout).toContain('\n  read by nobody so far  ');
    expect(stdout).toContain('\n  never possible so far  pick, ring\n');
    expect(code).toBe(0);
  });

  it('explains itself', async () => {
    const { code, stdout } = await run('--help');
    expect(stdout).toContain('Examples:\n  underwatch explain H-DEFER ');
    expect(code).toBe(0);
  });

  it.each([
    ['what to explain is not said', [], ['UW304', 'what to explain', '--space']],
    [
      'what to explain is said twice',
      ['shut', '--claim', 'DOOR-OPEN'],
      ['UW304', 'shut and --claim DOOR-OPEN'],
    ],
    ['nothing of that name', ['DOOR-OPNE'], ['UW305', 'claim DOOR-OPEN, claim DOOR-OPENS']],
    [
      'an option of the space without it',
      ['door', '--max-states', '5'],
      ['UW304', '--max-states', '--space'],
    ],
    ['a scenario beside a claim', ['--space', 'DOOR-OPEN', '--set', 'lock=true'], ['UW304', '--set']],
    ['no model', ['--space'], ['UW603', 'one of door, or a claim', 'none']],
    ['a model that does not exist', ['window', '--space'], ['UW603', 'window']],
    ['a limit of nothing', ['door', '--space', '--max-states', '0'], ['UW201', '--max-states']],
  ])('%s: a code and no text', async (_what, args, says) => {
    const { code, stdout, stderr } = await run(...args);
    for (const words of says) expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
