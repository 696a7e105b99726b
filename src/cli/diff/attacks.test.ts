import { afterAll, describe, expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { attackFile } from '../../report/attack-file.ts';
import { jsonText } from '../../report/document.ts';
import { doorSuite } from '../../testing/models/door.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { main } from '../program.ts';
import { quietTerminal } from '../testing/fuzz/quiet-terminal.ts';
import { configAt } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

/** Writes the attack on a claim into a file. */
const written = async (id: string, model = 'door'): Promise<string> => {
  const claim = doorSuite.claims.find((one) => one.id === id)!;
  const { results } = await runClaims([claim]);
  const { invariant, scenario } = claim;
  const of = { claim: id, model, scenario, invariant, kind: 'attack' } as const;
  return place.write(`${id}-${model}.json`, jsonText(attackFile(results[0]!.attack!, of)));
};

const diff = async (...args: readonly string[]) => {
  const terminal = quietTerminal();
  const code = await main(['diff', ...args, '--config', configAt('door')], terminal);
  return { code, ...terminal.read() };
};

describe('underwatch diff of two attacks', () => {
  it('says where they part, what refuses each in the scenario of the other, and what differs', async () => {
    const { code, out } = await diff(await written('DOOR-OPEN'), await written('DOOR-PICKED'));
    expect(out).toBe(`old                         DOOR-OPEN, 1 step
new                         DOOR-PICKED, 2 steps
alike                       no step
step 1                      old: burglar pushes the door
                            new: burglar picks the lock; quietly #1
old in the scenario of new  the guard of step 1 (burglar pushes the door) refuses
new in the scenario of old  there is no step 1 (burglar picks the lock; quietly #1)
initial states differ       lock.set false → true
`);
    expect(code).toBe(0);
  });

  it('says the same as data', async () => {
    const files = [await written('DOOR-OPEN'), await written('DOOR-PICKED')];
    expect(JSON.parse((await diff(...files, '--json')).out)).toMatchObject({
      old: 'DOOR-OPEN',
      new: 'DOOR-PICKED',
      alike: 0,
      beforeInAfter: { kind: 'refused', step: 1, guard: true },
      afterInBefore: { kind: 'refused', step: 1 },
    });
  });

  it('does not compare attacks on different models', async () => {
    const { code, err } = await diff(await written('DOOR-OPEN'), await written('DOOR-OPEN', 'gate'));
    expect(err).toContain('UW393');
    expect(code).toBe(2);
  });

  it('does not compare an attack with a report', async () => {
    const { code, err } = await diff(await written('DOOR-OPEN'), place.write('report.json', '{"claims":[]}'));
    expect(err).toContain('UW380');
    expect(code).toBe(2);
  });
});
