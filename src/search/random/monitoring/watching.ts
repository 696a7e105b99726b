import { ANSWER, WAIT, type Monitor } from '../../monitor/monitor.ts';
import type { Graph } from '../walks/graph.ts';
import type { Lost } from './lost.ts';
import type { Sighting } from './sighting.ts';
import type { Walk } from '../walks/walk.ts';

/** Answers for state number `index` of a run. */
type Look = (index: number) => (typeof ANSWER)[keyof typeof ANSWER];

/**
 * Looks at the states of one run in their order, as `sightingOf` does, by what was learned of the invariant.
 */
const lookAlong = (monitor: Monitor, graph: Graph, { nodes }: Walk, lost: Lost | undefined): Look => {
  const rowAt = (index: number) => graph.rowOf(nodes[index]!);
  const isStuck = (index: number): boolean =>
    index === nodes.length - 1 && graph.enabledIn(nodes[index]!).length === 0;
  switch (monitor.kind) {
    case 'always':
    case 'sometimes':
      return (index) => monitor.question.answer(rowAt(index)) as ReturnType<Look>;
    case 'never-step':
      return (index) =>
        index === 0
          ? ANSWER.notApplicable
          : (monitor.question.answer(rowAt(index - 1), rowAt(index)) as ReturnType<Look>);
    case 'within': {
      let waited = 0;
      return (index) => {
        const answer = monitor.waits.answer(rowAt(index));
        if (answer === WAIT.ends) waited = 0;
        else if (waited > 0 || answer === WAIT.starts) waited += 1;
        if (waited === 0) return ANSWER.notApplicable;
        // A run that ran out of depth may still respond; one from which nothing can happen never does.
        return waited > monitor.steps || isStuck(index) ? ANSWER.decisive : ANSWER.applicable;
      };
    }
    case 'no-deadlock':
      return (index) => {
        if (!isStuck(index)) return ANSWER.notApplicable;
        return monitor.ends.answer(rowAt(index)) as ReturnType<Look>;
      };
    case 'recovers': {
      const given = (index: number): boolean => monitor.question.answer(rowAt(index)) === ANSWER.applicable;
      const last = nodes.findLastIndex((_, index) => given(index));
      // If one state cannot recover, none after it can: to look at the last one is enough.
      const isLost = last >= 0 && lost !== undefined && lost.look(rowAt(last));
      return (index) => {
        if (!given(index)) return ANSWER.notApplicable;
        return isLost && lost.look(rowAt(index)) ? ANSWER.decisive : ANSWER.applicable;
      };
    }
  }
};

/**
 * Finds the first place where a run decides an invariant. The way to where the run began was looked at
 * before, and is not counted.
 */
export const watchedAlong = (monitor: Monitor, graph: Graph, walk: Walk, lost?: Lost): Sighting => {
  const look = lookAlong(monitor, graph, walk, lost);
  let antecedents = 0;
  for (let index = 0; index < walk.nodes.length; index += 1) {
    const said = look(index);
    if (said !== ANSWER.notApplicable && index >= walk.from) antecedents += 1;
    if (said === ANSWER.decisive) return { at: index, antecedents };
  }
  return { at: undefined, antecedents };
};
