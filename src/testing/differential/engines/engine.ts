import type { AnyModel, System } from '../../../model/index.ts';
import { lengthOf, type SearchResult, type Trace, type Verdict } from '../../../search/result.ts';

/** An engine's answer about one claim. */
export interface Said {
  readonly kind: Verdict['kind'];
  readonly length?: number;
  readonly trace?: Trace;
  /** Whether it says that there is no shorter path. */
  readonly shortest: boolean;
}

/** An engine's answers about a model. */
export interface Answers {
  readonly claims: { readonly [id: string]: Said };
  /** The counts of a search that looked at everything, with nothing to decide. */
  readonly counts?: Pick<SearchResult, 'states' | 'transitions' | 'depth' | 'complete'>;
  /** The actions' counts of such a search, and of one that looked at everything while it decided. */
  readonly actions?: SearchResult['actions'];
  readonly antecedents?: SearchResult['antecedents'];
  /** The fault that another reader found with what was written. */
  readonly misread?: string;
}

/** The task of an engine besides the model: a number that tells where a search is stopped, and the like. */
export interface Task {
  readonly salt: number;
  readonly workplace: string;
}

/** An engine with its options. */
export interface Configuration {
  readonly id: string;
  /**
   * The exact part of its answers: `fewer` states and transitions, no depth, longer paths, or only what it
   * found.
   */
  readonly exact: 'all' | 'but depth' | 'but counts' | 'but counts and lengths' | 'findings';
  /** The share of models that it is asked: one in so many. */
  readonly onceIn: number;
  readonly appliesTo?: (model: AnyModel) => boolean;
  /** Whether it also calls vacuous what holds while a power that is given never acts. */
  readonly judgesPowers?: boolean;
  readonly run: (system: System, task: Task) => Answers | Promise<Answers>;
}

/** Returns the claims of a model that are of one of these kinds. */
export const claimsOf = ({ model }: System, isOne: (kind: string) => boolean): readonly string[] =>
  Object.entries(model.invariants).flatMap(([id, { kind }]) => (isOne(kind) ? [id] : []));

/** Takes the answers from verdicts. */
export const saidIn = (verdicts: { readonly [id: string]: Verdict }): Answers['claims'] =>
  Object.fromEntries(
    Object.entries(verdicts).map(([id, verdict]): [string, Said] => {
      const { kind } = verdict;
      const trace = kind === 'violated' ? verdict.trace : kind === 'holds' ? verdict.witness : undefined;
      const shortest = kind === 'violated' && verdict.shortest;
      return [id, { kind, shortest, ...(trace === undefined ? {} : { trace, length: lengthOf(trace) }) }];
    }),
  );
