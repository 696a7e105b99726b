import { Fault, systemOf } from '../../model/index.ts';
import type { Answers, Configuration, Said, Task } from './engines/engine.ts';
import type { Loaded } from './load.ts';
import { shows } from './oracle/replay.ts';
import type { Truths } from './oracle/oracle.ts';
import type { Truth } from './oracle/reached.ts';
import { worldOf } from './oracle/walk.ts';

/** A difference between an engine and plain stepping. */
export interface Disagreement {
  readonly engine: string;
  /** The subject: a count, a claim, or that there is an answer at all. */
  readonly about: string;
  readonly expected: string;
  readonly got: string;
}

type Found = Omit<Disagreement, 'engine'>;

const differs = (about: string, expected: unknown, got: unknown): readonly Found[] => {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(got)];
  return a === b ? [] : [{ about, expected: a ?? 'nothing', got: b ?? 'nothing' }];
};

const countsDiffer = (truths: Truths, { exact }: Configuration, answers: Answers): readonly Found[] => {
  const { counts, actions, antecedents } = answers;
  const found: Found[] = [];
  if (counts !== undefined) {
    const { states, transitions, depth, complete } = counts;
    found.push(...differs('whether all states were looked at', true, complete));
    if (exact === 'all' || exact === 'but depth') {
      found.push(...differs('states', truths.states, states));
      found.push(...differs('transitions', truths.transitions, transitions));
    } else if (states > truths.states) found.push(...differs('states', truths.states, states));
    if (exact === 'all') found.push(...differs('depth', truths.depth, depth));
    if (exact === 'but counts' && depth > truths.depth) found.push(...differs('depth', truths.depth, depth));
  }
  if (actions !== undefined && (exact === 'all' || exact === 'but depth')) {
    for (const [name, { enabled, effective }] of Object.entries(truths.actions)) {
      const said = actions[name];
      found.push(...differs(`how often ${name} was possible`, enabled, said?.enabled ?? 0));
      found.push(...differs(`how often ${name} changed something`, effective, said?.effective ?? 0));
    }
  }
  return [...found, ...antecedentsDiffer(truths, antecedents ?? {})];
};

const antecedentsDiffer = (truths: Truths, said: { readonly [id: string]: number }): readonly Found[] =>
  Object.entries(said).flatMap(([id, count]) => {
    const { antecedents, kind } = truths.claims[id]!;
    return differs(
      `whether ${id} had something to say`,
      antecedents > 0 || kind === 'holds',
      count > 0 || kind === 'holds',
    );
  });

/** Whether a length is one that an engine may give. */
const isLength = ({ length }: Truth, said: Said, exact: Configuration['exact']): boolean => {
  if (exact !== 'but counts and lengths' || said.shortest) return said.length === length;
  return (said.length ?? 0) >= (length ?? 0) && (said.length === undefined) === (length === undefined);
};

const claimDiffers = (
  { model, scenario }: Loaded,
  { exact, id: engine }: Configuration,
  id: string,
  truth: Truth,
  said: Said,
): readonly Found[] => {
  const about = `${model.invariants[id]!.kind} ${id}`;
  const { trace, kind, length } = said;
  if (exact === 'findings' && trace === undefined) return [];
  // An export says nothing of antecedents and paths.
  if (engine === 'exported') return differs(about, truth.kind === 'violated', kind === 'violated');
  if (kind !== truth.kind || !isLength(truth, said, exact))
    return differs(about, { kind: truth.kind, length: truth.length }, { kind, length });
  if (exact === 'findings' && !said.shortest) return differs(`${about}, certified`, true, false);
  if (trace === undefined) return [];
  try {
    return differs(`the path of ${about}`, true, shows(worldOf(model as never, scenario), id, trace));
  } catch (error) {
    return [{ about: `the path of ${about}`, expected: 'that it can be run', got: String(error) }];
  }
};

/** Whether a power that the scenario gives never acts: no action that needs it is possible in any state. */
const hasIdlePower = ({ model, scenario }: Loaded, { actions }: Truths): boolean =>
  (scenario.capabilities ?? []).some((power) =>
    Object.entries(model.actions).every(
      ([name, { needs }]) => needs !== power || (actions[name]?.enabled ?? 0) === 0,
    ),
  );

/**
 * Returns the truth of a claim for one who judges powers, too: without a path that shows something, nothing
 * was tried.
 */
const judged = (truth: Truth): Truth => (truth.length === undefined ? { ...truth, kind: 'vacuous' } : truth);

const faultText = (error: unknown): string => {
  // Where it was thrown is enough of the stack.
  if (!(error instanceof Fault))
    return error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 2).join('') : String(error);
  const { where, got } = error.details;
  return `${error.code} ${where}: ${got}`;
};

/** Asks one engine, and compares its answers with the truth. */
export const compare = async (
  make: () => Loaded,
  truths: Truths,
  configuration: Configuration,
  task: Task,
): Promise<readonly Disagreement[]> => {
  const { id: engine, run } = configuration;
  const loaded = make();
  let answers: Answers;
  try {
    answers = await run(systemOf(loaded.model, loaded.scenario), task);
  } catch (error) {
    return [{ engine, about: 'an answer', expected: 'one', got: faultText(error) }];
  }
  const { misread } = answers;
  const isVacuous = configuration.judgesPowers === true && hasIdlePower(loaded, truths);
  const claims = Object.entries(answers.claims).flatMap(([id, said]) => {
    const truth = truths.claims[id]!;
    return claimDiffers(make(), configuration, id, isVacuous ? judged(truth) : truth, said);
  });
  return [
    ...(misread === undefined ? [] : [{ about: 'the text', expected: 'what is true', got: misread }]),
    ...countsDiffer(truths, configuration, answers),
    ...claims,
  ].map((found) => ({ engine, ...found }));
};
