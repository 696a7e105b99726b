import { pathViolatesOrWitnesses } from '../../../../search/trace.ts';
import { enabledIn, stepOf, systemOf, canonical, type State } from '../../../../model/index.ts';
import type { AttackFile } from '../../../../report/attack-file.ts';
import { door } from '../../../../testing/models/door.ts';
import type { Workplace } from '../../../../testing/workplace.ts';
import { configAt } from '../../run-cli.ts';
import { oneOf } from '../chance.ts';
import { command } from '../command.ts';
import { mutateJson } from '../mutate-json.ts';
import { must, type Subject } from '../subject.ts';

/** Whether a file says what is true of the door, by its functions alone. */
const isTrue = ({ scenario, initial, steps, invariant }: AttackFile): boolean => {
  const system = systemOf(door, scenario);
  let state = system.initial[initial];
  if (state === undefined) return false;
  const states: State[] = [state];
  for (const { action, choice } of steps) {
    const before = state;
    const wanted = canonical(choice);
    const taken = enabledIn(system, before).find(
      (one) => one.action === action && canonical({ ...one.choice }) === wanted,
    );
    if (taken === undefined) return false;
    state = stepOf(system, before, taken);
    states.push(state);
  }
  return pathViolatesOrWitnesses(system, invariant, states);
};

/** The subject of attack files, changed, and replayed. */
export const attacks = (place: Workplace, seeds: readonly object[]): Subject => ({
  name: 'attacks',
  share: 23,
  run: async (random) => {
    const bytes = mutateJson(oneOf(random, seeds), random);
    const path = place.write('attack.json', bytes);
    const { outcome } = await command(['replay', path, '--config', configAt('door')]);
    if (outcome === 'exit 0') {
      const text = Buffer.from(bytes).toString('utf8');
      must(isTrue(JSON.parse(text.replace(/^\uFEFF/, '')) as AttackFile), 'a false attack is said to replay');
    }
    return outcome;
  },
});
