import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli(['scope', ...args, '--config', configAt('vault')], { cwd: place.path });

describe.concurrent('underwatch scope', () => {
  it('says first whether the scope hides something, then what, with the attack, and what does not matter', async () => {
    const { code, stdout } = await run('V-NAMED');
    expect(stdout).toBe(`✗ V-NAMED  holds, 2 states; 1 thing outside its scope, and not named, changes it
  ✗ touches lower: violated in 3 steps, 5 states
  1  burglar  sets something (touch {"thing":"upper","value":false})
  2  burglar  sets something (touch {"thing":"lower","value":false})
  3  burglar  pulls at the door
  · touches door: violated in 1 step, 3 states
      left out: whoever opens the door opens it
  irrelevant by proof, together and in any combination (2): touches lamp, touches paint
  tried, the same, 2 states at most (3): rusty = true, capability eyes, defence alarm off
  rests on (1): defence door off
  not tried: hinges, a number, and the model declares no values (\`accepts\`); \`underwatch threshold\` looks for
    one
`);
    expect(code).toBe(1);
  });

  it('ends with 0 where nothing changes the verdict but what the claim names', async () => {
    const { code, stdout } = await run('V-NO-BOLT');
    expect(stdout).toContain(
      '✓ V-NO-BOLT  holds, 1 state; nothing outside its scope that was tried changes it, but the 1 that it\n',
    );
    expect(code).toBe(0);
  });

  it('finds with --pairs what only two together do, and tells it as data, twice the same', async () => {
    const [first, again] = await Promise.all([
      run('V-NO-BOLT', '--pairs', '--json'),
      run('V-NO-BOLT', '--pairs', '--json'),
    ]);
    expect(first.code).toBe(1);
    expect(first.stdout).toBe(again.stdout);
    const { claims } = JSON.parse(first.stdout) as {
      readonly claims: readonly [
        {
          readonly id: string;
          readonly pairs: readonly { readonly outcome: string; readonly parts: unknown }[];
        },
      ];
    };
    expect(claims[0].id).toBe('V-NO-BOLT');
    expect(claims[0].pairs.filter(({ outcome }) => outcome === 'changes').map(({ parts }) => parts)).toEqual([
      ['touches upper', 'touches lower'],
    ]);
  });

  it('ends with 1 where a limit left something undecided, or a claim names something in vain', async () => {
    const [limited, stale] = await Promise.all([run('V-NO-BOLT', '--max-states', '1'), run('V-STALE')]);
    expect(limited.stdout).toContain('undecided: ');
    expect(limited.code).toBe(1);
    expect(stale.stdout).toContain('1 named in vain:');
    expect(stale.code).toBe(1);
  });

  it('refuses what is no claim, and a limit that is none', async () => {
    const [unknown, none, limited] = await Promise.all([
      run('V-GAB'),
      run(),
      run('V-GAP', '--max-states', '0'),
    ]);
    expect(unknown.stderr).toMatch(/^UW305 .*\n[^]*V-GAP/);
    expect(none.stderr).toContain('UW304');
    expect(limited.stderr).toContain('--max-states');
    expect([unknown.code, none.code, limited.code]).toEqual([2, 2, 2]);
  });
});
