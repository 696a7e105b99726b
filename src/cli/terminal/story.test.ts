import { expect, it } from 'vitest';
import { attackOf } from '../../attack/attack.ts';
import { graph, walk } from '../../testing/models/graph.ts';
import { storyLines } from './story.ts';
import type { Terminal } from './terminal.ts';

const plain = { width: 100, paint: { dim: String, cyan: String } } as unknown as Terminal;

it('tells where no way leads back, and how it goes on from there', () => {
  const system = graph([[1], [2, 3], [1], []], {});
  const story = (
    onward: { readonly stem: number; readonly loopFrom?: number },
    ...places: readonly number[]
  ) => storyLines(attackOf(system, { initial: 0, steps: walk(...places), onward }, true), plain, false);
  expect(story({ stem: 1, loopFrom: 1 }, 1, 2, 1)).toEqual([
    '  1  walker  goes on (to 1)',
    '     (from here no way leads back; it may go on like this:)',
    '  2  walker  goes on (to 2)',
    '  3  walker  goes on (to 1)',
    '     (and steps 2 to 3 again, for ever)',
  ]);
  expect(story({ stem: 2 }, 1, 3)).toEqual([
    '  1  walker  goes on (to 1)',
    '  2  walker  goes on (to 3)',
    '     (from here no way leads back)',
    '     (nothing can happen any more)',
  ]);
});
