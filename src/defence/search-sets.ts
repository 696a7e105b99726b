import { guarded, systemOf, type System } from '../model/index.ts';
import { madeFrom, needPure } from '../model/purity/check.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import type { Limits, Progress, Trace, Verdict } from '../search/result.ts';
import { systemWith, type DefenceQuestion } from './question.ts';
import { variantsOf } from './variants.ts';

/** A decision that reports progress while searches run, and may be told to stop. */
export type Deciding<T> = Generator<Progress, T, 'stop' | undefined>;

/** The results of a search of several sets: for each question under each of them. */
export interface Searched {
  /** The verdicts, by question, then by set. */
  readonly verdicts: readonly (readonly Verdict[])[];
  /** All defences that were asked after under any of the sets. */
  readonly asked: ReadonlySet<string>;
  /** The states of all sets together. */
  readonly states: number;
}

/** Translates a trace in the system of all variants into one in the system of one variant. */
const traceIn = (trace: Trace, variant: number, { initial }: System): Trace => {
  const first = initial.findIndex((state) => state['variant'] === variant);
  return { ...trace, initial: trace.initial - first };
};

const verdictIn = (verdict: Verdict, variant: number, system: System): Verdict =>
  verdict.kind === 'violated' && verdict.trace !== undefined
    ? { ...verdict, trace: traceIn(verdict.trace, variant, system) }
    : verdict;

/**
 * Searches a model under each of `sets`, given as the names that are on; `questions` are about one model,
 * with the same capabilities and parameters. One search is made of several sets, where that can be: what does
 * not depend on defences is learned once.
 */
export function* searchSets(
  questions: readonly DefenceQuestion[],
  sets: readonly (readonly string[])[],
  limits: Limits,
): Deciding<Searched> {
  const [{ model, scenario }] = questions as readonly [DefenceQuestion];
  const ids = [...new Set(questions.map(({ invariant }) => invariant))];
  const names = Object.keys(model.defences);
  const asked = new Set<string>();
  const hear = (defence: string): void => void asked.add(defence);
  const everything = { ...scenario, without: [] };
  const where = `model ${model.id}, initial state and choices`;
  const drops = sets.map((on) => names.filter((name) => !on.includes(name)));
  const variants =
    sets.length < 2 ? undefined : guarded(where, () => variantsOf(model, everything, drops, ids, hear));
  if (variants !== undefined) {
    // Its functions are those of the model, which are checked as it is without most of these defences, or
    // with them.
    const own = guarded(where, () => systemOf(model, scenario));
    needPure(own);
    const system = madeFrom(
      own,
      guarded(where, () => systemOf(variants.model, everything, hear)),
    );
    const invariants = Object.keys(variants.model.invariants);
    const found = yield* exploreInSlices(system, { invariants, limits });
    const verdicts = questions.map(({ invariant }) =>
      sets.map((_, variant) =>
        verdictIn(found.verdicts[variants.nameOf(invariant, variant)]!, variant, system),
      ),
    );
    return { verdicts, asked, states: found.states };
  }
  const each: { readonly [id: string]: Verdict }[] = [];
  let states = 0;
  for (const on of sets) {
    const found = yield* exploreInSlices(systemWith(questions[0]!, new Set(on), hear), {
      invariants: ids,
      limits,
    });
    each.push(found.verdicts);
    states += found.states;
  }
  return { verdicts: questions.map(({ invariant }) => each.map((one) => one[invariant]!)), asked, states };
}
