import { canonical, Fault, isEnabled, stepOf, type System } from '../../model/index.ts';
import type { Row, Space } from '../space/space.ts';

/**
 * Holds what was learned against the model as it stands, in one state: every instance is run with
 * plain immer and compared with its look-up. Throws UW104 on any difference, which means that the
 * model is not pure (or that learning is wrong, which the standing tests would have found).
 */
export const selfCheck = (system: System, space: Space, row: Row): void => {
  const state = space.decode(row);
  const next = Uint32Array.from(row);
  system.instances.forEach((instance, index) => {
    const effect = space.effect(index, row);
    next.set(row);
    if (effect !== undefined) for (let i = 0; i < effect.length; i += 2) next[effect[i]!] = effect[i + 1]!;
    const learned = effect === undefined ? 'not enabled' : canonical(space.decode(next));
    const plain = isEnabled(system, state, instance)
      ? canonical(stepOf(system, state, instance))
      : 'not enabled';
    if (learned === plain) return;
    throw new Fault('UW104', {
      where: `model ${system.model.id}, action ${instance.key}`,
      expected: learned.slice(0, 300),
      got: plain.slice(0, 300),
      likely: 'the action reads or keeps something that is not in the state',
      next: 'move what it reads into the state, or into a choice of the actor',
    });
  });
};
