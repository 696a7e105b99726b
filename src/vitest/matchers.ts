import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { attackText } from '../attack/attack-text.ts';
import { attackOf, type Attack } from '../attack/attack.ts';
import { counted, lengthWords } from '../attack/words.ts';
import { stackAbove } from '../model/call-site.ts';
import { powerFindings, vacuityWords } from '../claim/vacuity/vacuity.ts';
import {
  canonical,
  Fault,
  scenarioText,
  systemOf,
  type AnyModel,
  type System,
  type Value,
} from '../model/index.ts';
import { userFrames } from '../model/frames.ts';
import { explore } from '../search/exhaustive/explore.ts';
import { lengthOf, type Limits, type SearchResult, type Verdict } from '../search/result.ts';
import { attackFile, type AttackFile } from '../report/attack-file.ts';
import { faultAt } from './failure.ts';
import { endLines, type Finder } from './replay.ts';

interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

const searched = new WeakMap<System, Map<string, SearchResult>>();

/**
 * Decides an expectation: one search for each system and set of limits, shared by every expectation about it
 * in a test file.
 */
const decide = (
  system: System,
  invariant: string,
  limits: Limits,
): { verdict: Verdict; result: SearchResult } => {
  const results = searched.get(system) ?? new Map<string, SearchResult>();
  searched.set(system, results);
  const key = canonical([invariant, limits] as unknown as Value);
  const result = results.get(key) ?? explore(system, { invariants: [invariant], limits });
  results.set(key, result);
  const verdict = result.verdicts[invariant];
  if (verdict !== undefined) return { verdict, result };
  throw new Fault('UW105', {
    where: `model ${system.model.id}`,
    expected: `one of its invariants: ${Object.keys(system.model.invariants).join(', ')}`,
    got: invariant,
    likely: 'a typing error',
    next: 'run `underwatch list --models` for the names',
  });
};

const has = (value: unknown, ...names: readonly string[]): value is object =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);

const isSystem = (value: unknown): value is System => has(value, 'instances', 'initial');

const isModel = (value: unknown): value is AnyModel => has(value, 'actions', 'invariants', 'initial');

const systems = new WeakMap<AnyModel, System>();

/**
 * Returns the system that is asked about: a model by itself is asked with every defence on and no adversary.
 */
const needSystem = (value: unknown): System => {
  if (isSystem(value)) return value;
  if (!isModel(value)) {
    throw new TypeError('expect() was given neither a model nor a system: expect(systemOf(model, scenario))');
  }
  const system = systems.get(value) ?? systemOf(value);
  systems.set(value, system);
  return system;
};

/**
 * Makes the attack file of a matcher, which knows no claim: the system and the invariant give the attack its
 * name.
 */
const fileOf = ({ model, scenario }: System, invariant: string, attack: Attack): AttackFile => {
  const scene = createHash('sha256').update(scenarioText(scenario)).digest('hex').slice(0, 8);
  const claim = `${model.id}-${invariant}-${scene}`;
  return attackFile(attack, { claim, model: model.id, scenario, invariant, kind: 'attack' });
};

const verdictText = (
  system: System,
  invariant: string,
  verdict: Verdict,
  { states, transitions }: SearchResult,
  finder: Finder,
): string => {
  const looked = `${counted(states, 'state')}, ${counted(transitions, 'transition')}`;
  switch (verdict.kind) {
    case 'holds':
      return `${invariant} holds: ${looked}`;
    case 'vacuous':
      return `${invariant} is vacuous: what it speaks of never happens in ${looked}`;
    case 'unresolved':
      return `${invariant} is unresolved: ${verdict.bound} ended the search after ${looked}`;
    case 'violated': {
      if (verdict.trace === undefined) return `${invariant} has no witness in ${looked}`;
      const attack = attackOf(system, verdict.trace, verdict.shortest);
      return [
        `${invariant} is violated in ${lengthWords(attack)}`,
        attackText(attack),
        ...endLines(system.model, fileOf(system, invariant, attack), finder),
      ].join('\n');
    }
  }
};

const uphold = (finder: Finder, received: unknown, invariant: string, limits: Limits = {}): Outcome => {
  const system = needSystem(received);
  const { verdict, result } = decide(system, invariant, limits);
  const { model, scenario } = system;
  const { vacuity } = powerFindings({ invariant, model, scenario }, system, result, limits);
  if (vacuity !== undefined) {
    const because = `${invariant} is vacuous: ${vacuityWords(vacuity)}; leave out of the scenario what is not meant to act`;
    return { pass: false, message: () => because };
  }
  return {
    pass: verdict.kind === 'holds',
    message: () => verdictText(system, invariant, verdict, result, finder),
  };
};

const violate = (
  finder: Finder,
  received: unknown,
  invariant: string,
  expected: { readonly length?: number } = {},
): Outcome => {
  const system = needSystem(received);
  const { verdict, result } = decide(system, invariant, {});
  const trace = verdict.kind === 'violated' ? verdict.trace : undefined;
  const length = trace === undefined ? undefined : lengthOf(trace);
  const pass = verdict.kind === 'violated' && (expected.length === undefined || expected.length === length);
  const wanted =
    expected.length === undefined ? 'an attack' : `a shortest attack of ${counted(expected.length, 'step')}`;
  return {
    pass,
    message: () => `expected ${wanted}; ${verdictText(system, invariant, verdict, result, finder)}`,
  };
};

const reach = (
  _: Finder,
  received: unknown,
  expected: { readonly states: number; readonly transitions?: number },
): Outcome => {
  const { states, transitions, complete } = explore(needSystem(received), { invariants: [] });
  const pass =
    complete &&
    states === expected.states &&
    (expected.transitions === undefined || transitions === expected.transitions);
  return {
    pass,
    message: () =>
      `the system reaches ${counted(states, 'state')} over ${counted(transitions, 'transition')}`,
  };
};

/** The context of a matcher: what Vitest tells it of the test that it stands in. */
interface Standing {
  readonly testPath?: string | undefined;
  readonly currentTestName?: string | undefined;
}

/**
 * Wraps a matcher so that its faults lead to the line that expects something, instead of into this package.
 */
const told = <A extends readonly unknown[]>(
  matcher: (finder: Finder, received: unknown, ...args: A) => Outcome,
): ((this: Standing, received: unknown, ...args: A) => Outcome) => {
  const asked = function asked(this: Standing, received: unknown, ...args: A): Outcome {
    try {
      const name = this.currentTestName?.split(' > ').at(-1) ?? '';
      return matcher({ file: this.testPath, name }, received, ...args);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw faultAt(
        error,
        userFrames(stackAbove(asked)).map(({ text }) => text),
      );
    }
  };
  return asked;
};

expect.extend({ toUphold: told(uphold), toViolate: told(violate), toReach: told(reach) });

/**
 * The return type of a matcher: nothing, and no value at all where it was given neither a system nor a model.
 */
type Answered<T> = T extends System | AnyModel ? void : never;

/**
 * The matchers of `expect(model)` and `expect(systemOf(model, scenario))`. Every answer comes from an
 * exhaustive search.
 */
interface UnderwatchMatchers<T> {
  /**
   * Passes if the invariant holds in every reachable state; unresolved and vacuous do not pass, nor does a
   * capability that never acts.
   */
  readonly toUphold: (invariant: string, limits?: Limits) => Answered<T>;
  /**
   * Passes if the invariant is broken, with a shortest attack (for `recovers`: a shortest stem) of `length`
   * steps if that is given.
   */
  readonly toViolate: (invariant: string, expected?: { readonly length?: number }) => Answered<T>;
  /** Passes if the system has exactly so many reachable states and transitions. */
  readonly toReach: (expected: { readonly states: number; readonly transitions?: number }) => Answered<T>;
}

declare module 'vitest' {
  interface Matchers<T> extends UnderwatchMatchers<T> {}
}
