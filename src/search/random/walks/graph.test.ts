import { expect, test } from 'vitest';
import { graph } from '../../../testing/models/graph.ts';
import { withSpace } from '../../learned-relation/space.ts';
import { inOneGo } from '../../set-up.ts';
import { relevanceOf } from './bias.ts';
import { createGraph, type Graph } from './graph.ts';

// 0 leads to 1 and 2, both of these to 3: the numbers of instances are those of the places they go to.
const diamond = graph([[1, 2], [3], [3], []], {});

/**
 * Runs `look` on the graph of walks in the diamond; also returns the depths of its states as they are found.
 */
const inGraph = <T>(look: (walked: Graph) => T): readonly [T, readonly number[]] => {
  const depths: number[] = [];
  const said: T[] = [];
  inOneGo(
    withSpace(diamond, function* use(space) {
      yield* [];
      said.push(look(createGraph(diamond, space, (_, depth) => depths.push(depth))));
    }),
  );
  return [said[0]!, depths];
};

test('a state is known from the first walk that comes by it, with the way to it', () => {
  const [said, depths] = inGraph((walked) => {
    const [start] = walked.initial();
    const [one, two] = [walked.after(start!, 0), walked.after(start!, 1)];
    const [first, second] = [walked.after(two, 0), walked.after(one, 0)];
    return [walked.enabledIn(start!), first === second, walked.wayTo(first).instances, walked.size()];
  });
  expect(said).toEqual([[1, 2], true, [2, 3], 4]);
  expect(depths).toEqual([0, 1, 1, 2]);
});

test('a state is open until it is known where each of its steps leads', () => {
  const [said] = inGraph((walked) => {
    const [start] = walked.initial();
    const before = walked.isOpen(start!);
    walked.after(start!, 0);
    const half = [walked.isKnown(start!, 0), walked.isKnown(start!, 1), walked.isOpen(start!)];
    walked.after(start!, 1);
    return [before, half, walked.isOpen(start!)];
  });
  expect(said).toEqual([true, [true, false, true], false]);
});

// In the diamond a step makes possible: 3 out of 1 or 2 (once each), and nothing out of 3.
test('an action is as relevant as its steps make others possible', () => {
  const steps = 4;
  const gains = 2;
  expect(relevanceOf(diamond).get('go')).toBe((gains + 1) / (steps + 1));
});
