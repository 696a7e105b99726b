import { after, asked, canHappen, keyOf, NoModel, type World } from './walk.ts';

/** A path, as the engines give it. */
export interface PlainTrace {
  readonly initial: number;
  readonly steps: readonly { readonly action: string; readonly choice: object }[];
  readonly onward?: { readonly stem: number; readonly loopFrom?: number };
}

/** Returns the text of a choice, whose names may stand in any order. */
const choiceText = (choice: object): string =>
  keyOf(Object.fromEntries(Object.entries(choice).toSorted(([a], [b]) => (a < b ? -1 : 1))));

/** Returns the states on a path, run with immer. Throws `NoModel` where a step cannot be taken. */
const statesOn = (world: World, trace: PlainTrace): readonly object[] => {
  const path = [world.initial[trace.initial]!];
  if (path[0] === undefined) throw new NoModel(`there is no initial state ${trace.initial}`);
  for (const [at, step] of trace.steps.entries()) {
    const key = choiceText(step.choice);
    const deed = world.deeds.find(({ name, choice }) => name === step.action && choiceText(choice) === key);
    const state = path.at(-1)!;
    if (deed === undefined) throw new NoModel(`step ${at}: there is no ${step.action} ${key}`);
    if (!canHappen(world, state, deed)) throw new NoModel(`step ${at}: ${step.action} ${key} cannot happen`);
    path.push(after(world, state, deed));
  }
  return path;
};

/** Whether a path ends in what it is to show of a claim: a broken one, or a witness. */
export const shows = (world: World, id: string, trace: PlainTrace): boolean => {
  const claim = world.model.invariants[id]!;
  const { setting } = world;
  const path = statesOn(world, trace);
  const end = path.at(-1)!;
  const isGiven = (...states: readonly object[]): boolean =>
    claim.given === undefined || asked(claim.given(...states, setting));
  const isStuck = (state: object): boolean => !world.deeds.some((deed) => canHappen(world, state, deed));
  switch (claim.kind) {
    case 'always':
      return isGiven(end) && !asked(claim.holds!(end, setting));
    case 'sometimes':
      return asked(claim.witness!(end, setting));
    case 'never-step': {
      const before = path.at(-2);
      return before !== undefined && isGiven(before, end) && asked(claim.bad!(before, end, setting));
    }
    case 'no-deadlock':
      return isStuck(end) && !(claim.mayEnd !== undefined && asked(claim.mayEnd(end, setting)));
    case 'within':
      return path.some((state, start) => {
        if (!isGiven(state)) return false;
        const waiting = path.slice(start);
        if (waiting.some((one) => asked(claim.responds!(one, setting)))) return false;
        return waiting.length > claim.steps! || isStuck(end);
      });
    case 'recovers': {
      const { stem, loopFrom } = trace.onward ?? { stem: trace.steps.length };
      if (!isGiven(path[stem]!) || path.slice(stem).some((one) => asked(claim.good!(one, setting))))
        return false;
      return loopFrom === undefined ? isStuck(end) : keyOf(path[loopFrom]) === keyOf(end);
    }
  }
};
