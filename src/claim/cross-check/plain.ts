import {
  enabledIn,
  canonical,
  guarded,
  stepOf,
  type Invariant,
  type State,
  type System,
} from '../../model/index.ts';
import { needPure } from '../../model/purity/check.ts';
import { watchingWorld } from '../../model/purity/world.ts';
import type { EngineAccount, EngineAnswer } from './account.ts';

type Claim = Invariant<State, System['setting']>;

/** The observations of one invariant: how often it had something to say, and the step that decided it. */
interface Sighting {
  antecedents: number;
  decided: number | undefined;
}

interface Counts {
  states: number;
  transitions: number;
  depth: number;
  complete: boolean;
}

/** A visitor that looks on while states are searched. */
interface Visitor {
  readonly onState: (state: State, waited: number, depth: number) => void;
  readonly onStep: (before: State, after: State, depth: number) => void;
  readonly onStuck: (waited: number, depth: number) => void;
  /** Returns how long has been waited in `state`, after `waited` in the state before it. */
  readonly wait: (state: State, waited: number) => number;
}

interface Entry {
  readonly state: State;
  readonly waited: number;
  readonly depth: number;
}

/** Walks breadth first with immer steps and keys in a Set, down to `maxDepth`. */
const walk = (system: System, maxDepth: number, visitor: Visitor): Counts => {
  const seen = new Set<string>();
  const queue: Entry[] = [];
  const asked = <T>(run: () => T): T => guarded(`model ${system.model.id}, invariants`, run);
  const add = (state: State, before: number, depth: number): void => {
    const waited = asked(() => visitor.wait(state, before));
    const key = `${waited} ${canonical(state)}`;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ state, waited, depth });
    asked(() => visitor.onState(state, waited, depth));
  };
  for (const state of system.initial) add(state, 0, 0);
  const counts: Counts = { states: 0, transitions: 0, depth: 0, complete: true };
  for (const { state, waited, depth } of queue) {
    counts.depth = depth;
    if (depth >= maxDepth) {
      counts.complete = false;
      break;
    }
    const enabled = enabledIn(system, state);
    if (enabled.length === 0) visitor.onStuck(waited, depth);
    for (const instance of enabled) {
      const next = stepOf(system, state, instance);
      counts.transitions += 1;
      asked(() => visitor.onStep(state, next, depth + 1));
      add(next, waited, depth + 1);
    }
  }
  counts.states = seen.size;
  return counts;
};

const see = (sighting: Sighting, given: boolean, event: () => boolean, depth: number): void => {
  if (!given) return;
  sighting.antecedents += 1;
  if (sighting.decided === undefined && event()) sighting.decided = depth;
};

const idle = { wait: () => 0, onStuck: () => undefined } as const;

/** Decides all that can be told from single states and steps in one walk. */
const walkFor = (
  system: System,
  maxDepth: number,
  claims: readonly (readonly [Claim, Sighting])[],
): Counts => {
  const { setting } = system;
  return walk(system, maxDepth, {
    ...idle,
    onState: (state, _, depth) => {
      for (const [claim, sighting] of claims) {
        if (claim.kind === 'always') {
          see(sighting, claim.given?.(state, setting) ?? true, () => !claim.holds(state, setting), depth);
        } else if (claim.kind === 'sometimes') {
          see(sighting, claim.witness(state, setting), () => true, depth);
        }
      }
    },
    onStep: (before, after, depth) => {
      for (const [claim, sighting] of claims) {
        if (claim.kind !== 'never-step') continue;
        const given = claim.given?.(before, after, setting) ?? true;
        see(sighting, given, () => claim.bad(before, after, setting), depth);
      }
    },
  });
};

/** Decides a response in time, which needs the waiting time beside every state, by a walk of its own. */
const walkForResponse = (
  system: System,
  maxDepth: number,
  claim: Claim & { readonly kind: 'within' },
  sighting: Sighting,
): Counts => {
  const { setting } = system;
  return walk(system, maxDepth, {
    wait: (state, waited) => {
      if (claim.responds(state, setting)) return 0;
      if (waited > 0) return Math.min(waited + 1, claim.steps + 1);
      return claim.given(state, setting) ? 1 : 0;
    },
    onState: (_, waited, depth) => see(sighting, waited > 0, () => waited > claim.steps, depth),
    onStep: () => undefined,
    onStuck: (waited, depth) => {
      if (waited === 0) return;
      if (sighting.decided === undefined || depth < sighting.decided) sighting.decided = depth;
    },
  });
};

const answerOf = (claim: Claim, { antecedents, decided }: Sighting, complete: boolean): EngineAnswer => {
  if (decided !== undefined) {
    return { kind: claim.kind === 'sometimes' ? 'holds' : 'violated', length: decided };
  }
  if (!complete) return { kind: 'unresolved' };
  if (claim.kind === 'sometimes') return { kind: 'violated' };
  const unconditional = claim.kind === 'always' && claim.given === undefined;
  return { kind: antecedents === 0 && !unconditional ? 'vacuous' : 'holds' };
};

const searchAll = (system: System, invariants: readonly string[], maxDepth: number): EngineAccount => {
  const claims = invariants.map((id) => {
    const sighting: Sighting = { antecedents: 0, decided: undefined };
    return [id, system.model.invariants[id]!, sighting] as const;
  });
  const counts = walkFor(
    system,
    maxDepth,
    claims.map(([, claim, sighting]) => [claim, sighting] as const),
  );
  const answers = claims.map(([id, claim, sighting]) => {
    const { complete } =
      claim.kind === 'within' ? walkForResponse(system, maxDepth, claim, sighting) : counts;
    return [id, answerOf(claim, sighting, complete)] as const;
  });
  return { ...counts, answers: Object.fromEntries(answers) };
};

/**
 * Searches down to `maxDepth` in the plainest way there is: the model's own functions, immer, JSON texts in
 * a Set, and nothing in common with the other engines but the model.
 */
export const searchPlainly = (
  system: System,
  { invariants, maxDepth = Infinity }: { readonly invariants: readonly string[]; readonly maxDepth?: number },
): EngineAccount => {
  needPure(system);
  return watchingWorld(() => searchAll(system, invariants, maxDepth));
};
