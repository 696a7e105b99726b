import type { Reached, Truth } from './reached.ts';
import { asked, type PlainClaim } from './walk.ts';

type Ask = (question: PlainClaim['given'], ...states: readonly object[]) => boolean;

const askIn =
  ({ world }: Reached): Ask =>
  (question, ...states) =>
    asked(question!(...states, world.setting));

/** The truth of a claim that is broken in some of the states it is about, at the depth of the first. */
const broken = (first: number | undefined, antecedents: number, canBeVacuous: boolean): Truth => {
  if (first !== undefined) return { kind: 'violated', length: first, antecedents };
  return { kind: antecedents === 0 && canBeVacuous ? 'vacuous' : 'holds', antecedents };
};

/** Looks at each state that a claim is about. */
const overStates = (
  { states, depths }: Reached,
  isGiven: (state: number) => boolean,
  isBad: (state: number) => boolean,
  canBeVacuous: boolean,
): Truth => {
  const about = states.map((_, state) => state).filter(isGiven);
  // States are in the order of their depths.
  const first = about.find(isBad);
  return broken(first === undefined ? undefined : depths[first], about.length, canBeVacuous);
};

const neverStep = (reached: Reached, { given, bad }: PlainClaim, ask: Ask): Truth => {
  const { states, depths, steps } = reached;
  let first: number | undefined;
  let antecedents = 0;
  for (const [from, edges] of steps.entries()) {
    for (const { to } of edges) {
      const pair = [states[from]!, states[to]!] as const;
      if (given !== undefined && !ask(given, ...pair)) continue;
      antecedents += 1;
      if (ask(bad, ...pair)) first ??= depths[from]! + 1;
    }
  }
  return broken(first, antecedents, true);
};

/** Returns the states from which one of `good` can be reached. */
const sourcesOf = ({ steps }: Reached, good: readonly boolean[]): readonly boolean[] => {
  const found = [...good];
  for (let again = true; again;) {
    again = false;
    for (let from = steps.length - 1; from >= 0; from -= 1) {
      if (found[from] || !steps[from]!.some(({ to }) => found[to])) continue;
      found[from] = true;
      again = true;
    }
  }
  return found;
};

/**
 * Returns the number of steps after which a wait that begins in a state can be too long, or can never end.
 */
const waitFrom = (
  { steps }: Reached,
  start: number,
  answers: readonly boolean[],
  most: number,
): number | undefined => {
  let front: ReadonlySet<number> = new Set([start]);
  for (let waited = 0; front.size > 0; waited += 1) {
    if (waited === most || [...front].some((state) => steps[state]!.length === 0)) return waited;
    const next = [...front].flatMap((state) => steps[state]!.map(({ to }) => to));
    front = new Set(next.filter((state) => !answers[state]));
  }
  return undefined;
};

const within = (reached: Reached, { given, responds, steps: most }: PlainClaim, ask: Ask): Truth => {
  const { states, depths } = reached;
  const answers = states.map((state) => ask(responds, state));
  let first: number | undefined;
  let antecedents = 0;
  for (const [start, state] of states.entries()) {
    if (answers[start] || !ask(given, state)) continue;
    antecedents += 1;
    const waited = waitFrom(reached, start, answers, most!);
    if (waited === undefined) continue;
    first = Math.min(first ?? Infinity, depths[start]! + waited);
  }
  return broken(first, antecedents, true);
};

/** Decides a claim by the definition of its kind. */
export const decide = (reached: Reached, claim: PlainClaim): Truth => {
  const ask = askIn(reached);
  const { states, depths, steps } = reached;
  const isGiven = (state: number): boolean => claim.given === undefined || ask(claim.given, states[state]!);
  const conditional = claim.given !== undefined;
  switch (claim.kind) {
    case 'always':
      return overStates(reached, isGiven, (state) => !ask(claim.holds, states[state]!), conditional);
    case 'sometimes': {
      const shown = states.findIndex((state) => ask(claim.witness, state));
      if (shown < 0) return { kind: 'violated', antecedents: 0 };
      return { kind: 'holds', length: depths[shown]!, antecedents: 1 };
    }
    case 'never-step':
      return neverStep(reached, claim, ask);
    case 'within':
      return within(reached, claim, ask);
    case 'no-deadlock': {
      const { mayEnd } = claim;
      const isStuck = (state: number): boolean => steps[state]!.length === 0;
      return overStates(reached, isStuck, (s) => mayEnd === undefined || !ask(mayEnd, states[s]!), false);
    }
    case 'recovers': {
      const good = sourcesOf(
        reached,
        states.map((state) => ask(claim.good, state)),
      );
      return overStates(reached, isGiven, (state) => !good[state], conditional);
    }
  }
};
