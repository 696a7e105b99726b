import { Fault, type System } from '../../model/index.ts';
import { needInvariants, needOptions, type OptionKind } from '../../search/check-options.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { statesOf } from '../../search/trace.ts';
import type { Listening } from '../engine/drive.ts';
import type { EngineAccount, EngineAnswer } from './account.ts';
import type { Engine, EngineTask } from './engine.ts';
import { ENGINES, EXHAUSTIVE } from './engines.ts';

/** A difference between the answers of two engines. */
export interface Disagreement {
  readonly engines: readonly [string, string];
  /** The subject: `states`, `the verdict of I-ORIGIN` … */
  readonly about: string;
  /** The two answers. */
  readonly said: readonly [string, string];
  /** The depth to which both searched, where that was not all. */
  readonly maxDepth?: number;
}

/** One engine in a cross-check. */
export interface EngineRun {
  readonly engine: Engine;
  readonly account: EngineAccount;
  readonly maxDepth?: number;
}

/** The result of a cross-check of engines. */
export interface CrossCheck {
  readonly runs: readonly EngineRun[];
  /** Engines that have nothing to do for this model. */
  readonly idle: readonly Engine[];
  readonly disagreements: readonly Disagreement[];
}

/** The options of a cross-check of engines. */
export interface CrossCheckOptions {
  /** The engines to compare with exhaustive search; all there are if not given. */
  readonly engines?: readonly Engine[];
  readonly invariants?: readonly string[];
  /** The number of states beyond which a system is searched only to the depth at which it has as many. */
  readonly maxStates?: number;
  /** The same limit for stepping with immer, where it is to be lower. */
  readonly plainStates?: number;
  readonly seed?: number;
  /** Random runs. */
  readonly runs?: number;
  readonly listening?: Listening;
  readonly onEngine?: (engine: Engine) => void;
}

const OPTIONS: { readonly [name in keyof Required<CrossCheckOptions>]: OptionKind } = {
  engines: 'anything',
  invariants: 'anything',
  maxStates: 'a number',
  plainStates: 'a number',
  seed: 'a number',
  runs: 'a number',
  listening: 'anything',
  onEngine: 'anything',
};

/** The defaults of a cross-check. */
export const CROSS_CHECK_DEFAULTS = { maxStates: 200_000, plainStates: 20_000, seed: 1, runs: 300 } as const;

const saysOf = ({ kind, length }: EngineAnswer): string =>
  length === undefined ? kind : `${kind}, in ${length} ${length === 1 ? 'step' : 'steps'}`;

type Differ = (about: string, expected: string, got: string) => Disagreement;

const differWith =
  (engine: Engine, maxDepth: number | undefined): Differ =>
  (about, expected, got) => ({
    engines: [EXHAUSTIVE.id, engine.id],
    about,
    said: [expected, got],
    ...(maxDepth === undefined ? {} : { maxDepth }),
  });

const compareCounts = (
  { counts }: Engine,
  expected: EngineAccount,
  got: EngineAccount,
  differ: Differ,
): readonly Disagreement[] => {
  const compare = (names: readonly ('states' | 'transitions' | 'depth')[]): readonly Disagreement[] =>
    names
      .filter((name) => expected[name] !== got[name])
      .map((name) => differ(name, String(expected[name]), String(got[name])));
  const atMost = (name: 'states' | 'depth'): readonly Disagreement[] =>
    got[name] > expected[name] ? [differ(name, `at most ${expected[name]}`, String(got[name]))] : [];
  switch (counts) {
    case 'all':
      return compare(['states', 'transitions', 'depth']);
    case 'fewer, no deeper':
      return [...atMost('states'), ...atMost('depth')];
    case 'fewer':
      return expected.complete ? atMost('states') : [];
    case 'none':
      return [];
  }
};

/** Whether an engine's answer is one that it may give, in view of exhaustive search's answer. */
const agrees = (engine: Engine, expected: EngineAnswer, got: EngineAnswer, maxDepth = Infinity): boolean => {
  if (engine.exact) return got.kind === expected.kind && got.length === expected.length;
  if (got.kind === 'unresolved') return true;
  // Beyond the depth to which all was searched, only what was found can be wrong, and that is run.
  if (expected.kind === 'unresolved') return (got.length ?? Infinity) > maxDepth;
  return got.kind === expected.kind && (got.length ?? Infinity) >= (expected.length ?? 0);
};

/** Says why the trace of an answer does not show what it should; undefined if it does. */
const traceFails = (system: System, invariant: string, { trace }: EngineAnswer): string | undefined => {
  if (trace === undefined) return undefined;
  try {
    const shown = violatesOrWitnesses(system, invariant, statesOf(system, trace));
    return shown ? undefined : 'it runs, but does not show it';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return `${error.title}: ${error.details.got}`;
  }
};

const compareAnswers = (
  system: System,
  { engine, account, maxDepth }: EngineRun,
  reference: EngineAccount,
  differ: Differ,
): readonly Disagreement[] =>
  Object.entries(account.answers).flatMap(([id, got]) => {
    const expected = reference.answers[id]!;
    const failure = traceFails(system, id, got);
    return [
      ...(agrees(engine, expected, got, maxDepth)
        ? []
        : [differ(`the verdict of ${id}`, saysOf(expected), saysOf(got))]),
      ...(failure === undefined ? [] : [differ(`the trace for ${id}`, 'the model as it stands', failure)]),
    ];
  });

/** The answers of exhaustive search down to a depth; each depth is searched once. */
type Reference = (
  mostStates: number,
) => Promise<{ readonly maxDepth?: number; readonly account: EngineAccount }>;

const referenceFor = (system: System, task: EngineTask): Reference => {
  const known = new Map<number, ReturnType<Reference>>();
  const decide = async (mostStates: number): ReturnType<Reference> => {
    const probe = await EXHAUSTIVE.run(system, { ...task, invariants: [], maxStates: mostStates });
    // A waiting time is part of a state where a response is asked for, so that there may be more states.
    const whole = probe.complete ? await EXHAUSTIVE.run(system, task) : probe;
    const isDecided = Object.values(whole.answers).every(({ kind }) => kind !== 'unresolved');
    if (probe.complete && isDecided) return { account: whole };
    // The states of the depth it was at are known, and no deeper ones are wanted.
    const maxDepth = Math.max(1, whole.depth);
    return { maxDepth, account: await EXHAUSTIVE.run(system, { ...task, maxDepth }) };
  };
  return (mostStates) => {
    const found = known.get(mostStates) ?? decide(mostStates);
    known.set(mostStates, found);
    return found;
  };
};

/**
 * Runs engines on one system and says where they differ from exhaustive search. Reductions may have fewer
 * states, and those that preserve paths the same lengths; random search may only find what is there, and
 * nothing shorter than the shortest; every trace has to run. Faults of the model get out as they are.
 */
export const crossCheck = async (system: System, options: CrossCheckOptions = {}): Promise<CrossCheck> => {
  needOptions('a cross-check', OPTIONS, options);
  needInvariants(system, options.invariants);
  const { maxStates, plainStates, seed, runs } = { ...CROSS_CHECK_DEFAULTS, ...options };
  const { engines = ENGINES, listening = {} } = options;
  const invariants = options.invariants ?? Object.keys(system.model.invariants);
  const task: EngineTask = { invariants, maxStates, seed, runs, listening };
  const reference = referenceFor(system, task);
  options.onEngine?.(EXHAUSTIVE);
  const whole = { engine: EXHAUSTIVE, ...(await reference(maxStates)) };
  const done: EngineRun[] = [whole];
  const disagreements = [
    ...compareAnswers(system, whole, whole.account, differWith(EXHAUSTIVE, whole.maxDepth)),
  ];
  const idle = engines.filter((engine) => !engine.appliesTo(system));
  const isStopped = (): boolean => listening.signal?.aborted === true;
  for (const engine of engines.filter((one) => !idle.includes(one))) {
    if (isStopped()) break;
    options.onEngine?.(engine);
    const most = engine.mostStates === undefined ? maxStates : Math.min(maxStates, plainStates);
    const { account: expected, maxDepth } = await reference(most);
    const asked = invariants.filter((id) => engine.decides(system.model.invariants[id]!));
    const depth = maxDepth === undefined ? {} : { maxDepth };
    const account = await engine.run(system, { ...task, ...depth, invariants: asked });
    const run: EngineRun = { engine, account, ...depth };
    // Half a search is none to compare.
    if (isStopped()) break;
    done.push(run);
    const differ = differWith(engine, maxDepth);
    disagreements.push(
      ...compareCounts(engine, expected, account, differ),
      ...compareAnswers(system, run, expected, differ),
    );
  }
  return { runs: done, idle, disagreements };
};

/** A disagreement as a fault of this program. */
export const faultOf = (system: System, disagreement: Disagreement, reproduce: string): Fault => {
  const { engines, about, said, maxDepth } = disagreement;
  const depth = maxDepth === undefined ? '' : `, to depth ${maxDepth}`;
  return new Fault('UW701', {
    where: `model ${system.model.id}, ${about}${depth}`,
    expected: `${said[0]} (${engines[0]})`,
    got: `${said[1]} (${engines[1]})`,
    likely: `a bug of underwatch, in ${engines.join(' or ')}, unless the model is not pure`,
    next: `report it with the model and: ${reproduce}`,
  });
};
