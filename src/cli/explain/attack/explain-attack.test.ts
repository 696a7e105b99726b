import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (command: string, ...args: readonly string[]): Promise<Ended> =>
  runCli([command, ...args, '--config', configAt('door')], { cwd: place.path });

const PICKED = `DOOR-PICKED  2 steps, shortest: a lock that is not of steel is picked
  prepare  burglar picks the lock; quietly #1 (1)
  strike   burglar pushes the door (2)
  breaks   shut: The door is never open.
  needed   pick (1), push (2): in every attack, for without it a search of every state finds none

Defences that are off: with each of them on, alone
  steel  step 2 is not possible; no other attack works: every state searched

Why each step is there
  1  burglar picks the lock; quietly #1 [prepare]
     read by     guard of step 2: lock.picked
     without it  step 2 is not possible
     any attack  without any pick there is no attack: 1 state searched, all there are
  2  burglar pushes the door [strike]
     read by     the invariant: open
     without it  all other steps are possible, and break nothing
     any attack  without any push there is no attack: 2 states searched, all there are

What each step changes
   1  lock.picked  false → true
   2  open  shut → wide open
`;

describe.concurrent('underwatch explain --attack', () => {
  it('tells the attack on a claim: a story, what stops it, why each step is there, what changes', async () => {
    const { code, stdout } = await run('explain', '--attack', 'DOOR-PICKED');
    expect(stdout).toBe(PICKED);
    expect(code).toBe(0);
  });

  it('tells the same of an attack file, and as data', async () => {
    await run('verify', '--claim', 'DOOR-PICKED', '--out', 'found', '--quiet');
    const file = 'found/attacks/DOOR-PICKED.json';
    expect((await run('explain', file)).stdout).toBe(PICKED);
    const data = JSON.parse((await run('explain', file, '--json')).stdout) as { readonly why: unknown };
    expect(Object.keys(data).join(' ')).toBe('claim model invariant scenario kind attack why needs defences');
    expect(data.why).toEqual([
      {
        phase: 'prepare',
        readBy: [{ kind: 'guard', step: 2, fields: ['lock.picked'] }],
        left: { kind: 'refused', step: 2 },
      },
      {
        phase: 'strike',
        readBy: [{ kind: 'invariant', fields: ['open'] }],
        left: { kind: 'harmless' },
      },
    ]);
  });

  it.each([
    ['a claim without an attack', ['--attack', 'DOOR-STEEL'], ['UW392', 'holds, and no path']],
    ['no claim', ['--attack'], ['UW304', 'neither']],
    ['a space as well', ['--attack', '--space', 'DOOR-PICKED'], ['UW304', '--space beside it']],
    ['an option of the space', ['--attack', 'DOOR-PICKED', '--without', 'steel'], ['UW304', '--without']],
    ['a file that is not there', ['nowhere.json'], ['UW301', 'nowhere.json']],
  ])('%s: a code and no text', async (_what, args, says) => {
    const { code, stdout, stderr } = await run('explain', ...args);
    for (const words of says) expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
