import type { System } from '../../model/index.ts';
import { isForRuns } from './monitoring/sighting.ts';
import type { Tally } from './tally.ts';

/** Whether an invariant is about some states or steps only, so that it may never have had a say. */
const isConditional = ({ model }: System, id: string): boolean => {
  const claim = model.invariants[id]!;
  switch (claim.kind) {
    case 'within':
      return true;
    case 'always':
    case 'never-step':
    case 'recovers':
      return claim.given !== undefined;
    case 'sometimes':
    case 'no-deadlock':
      return false;
  }
};

/** Returns warnings about a campaign's health, in the order of the model. */
export const warningsOf = (
  system: System,
  quests: readonly {
    readonly id: string;
    readonly antecedents: number;
    readonly found: object | undefined;
  }[],
  tally: Tally,
): readonly string[] => {
  const { runs, states, stuck, stuckAfter } = tally;
  const never = [...tally.actions].filter(([, { enabled }]) => enabled === 0);
  const beyond = quests.filter(({ id, found }) => found === undefined && !isForRuns(system, id));
  const silent = quests.filter(({ id, antecedents }) => antecedents === 0 && isConditional(system, id));
  return [
    ...never.map(([action]) => `action ${action} was possible in none of ${states} states visited`),
    ...silent.map(({ id }) => `invariant ${id} had nothing to say in ${states} states visited`),
    ...beyond.map(
      ({ id }) =>
        `invariant ${id} speaks of all that can be reached: that it holds no run tells, an exhaustive search does`,
    ),
    ...(stuck === 0
      ? []
      : [
          `${stuck} of ${runs} runs got stuck where nothing is possible, the shortest of them after ${stuckAfter} steps`,
        ]),
  ];
};
