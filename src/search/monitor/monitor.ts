import type { Invariant, State, System } from '../../model/index.ts';
import type { Verdict } from '../result.ts';
import type { Writable } from '../writable.ts';
import type { LearnedQuestion, LearnedStepQuestion, Space } from '../learned-relation/space.ts';

/** The answers to a question about a state or step. */
export const ANSWER = { notApplicable: 0, applicable: 1, decisive: 2 } as const;
/** The answers to a question of `within` about a state. */
export const WAIT = { idle: 0, starts: 1, ends: 2 } as const;

/** A monitor: one invariant of a search, with its learned questions and what is known of it so far. */
export type Monitor = {
  readonly id: string;
  /** The verdict, once the invariant is decided; it is not evaluated any more. */
  readonly verdict: Verdict | undefined;
  /** The state whose expansion decided it. */
  readonly decidedAt: number;
  /**
   * The depth at whose end the verdict is final, where something at that depth may still give a shorter
   * attack; -1 if it is.
   */
  readonly finalAfter: number;
  /**
   * The number of states (steps, for `never-step`) in which the invariant was applicable, as far as they are
   * not counted by fused monitors.
   */
  readonly antecedents: number;
} & (
  | { readonly kind: 'always'; readonly conditional: boolean; readonly question: LearnedQuestion }
  | { readonly kind: 'never-step'; readonly question: LearnedStepQuestion }
  | { readonly kind: 'sometimes'; readonly question: LearnedQuestion }
  | {
      readonly kind: 'within';
      /** The question whether a wait starts or ends in a state. */
      readonly waits: LearnedQuestion;
      /** The field, behind those of the model, in which the waiting time is counted. */
      readonly timerField: number;
      readonly steps: number;
      /** The longest waiting time that there has to be room for in a state. */
      readonly longest: number;
    }
  /** The question `ends` is asked of states in which nothing can happen. */
  | { readonly kind: 'no-deadlock'; readonly ends: LearnedQuestion }
  | {
      readonly kind: 'recovers';
      /** The question whether a good state has to be in reach. */
      readonly question: LearnedQuestion;
      /** The question whether a state is good: asked once all of them are known. */
      readonly good: LearnedQuestion;
    }
);

// A deadline may be far beyond the wait of any state.
const FIRST_WAITS = 2 ** 8 - 1;

/** The monitor of a kind of invariant. */
export type MonitorOf<K extends Monitor['kind']> = Extract<Monitor, { readonly kind: K }>;

type MonitorQuestions<K extends Monitor['kind']> = Omit<
  MonitorOf<K>,
  'id' | 'verdict' | 'decidedAt' | 'finalAfter' | 'antecedents'
>;

const questionsOf = (
  claim: Invariant<State, System['setting']>,
  where: string,
  { setting }: System,
  space: Space,
  timerField: number,
): { [K in Monitor['kind']]: MonitorQuestions<K> }[Monitor['kind']] => {
  const said = (given: boolean, event: () => boolean): number => {
    if (!given) return ANSWER.notApplicable;
    return event() ? ANSWER.decisive : ANSWER.applicable;
  };
  switch (claim.kind) {
    case 'always':
      return {
        kind: 'always',
        conditional: claim.given !== undefined,
        question: space.ask({
          where,
          answer: (state) => said(claim.given?.(state, setting) ?? true, () => !claim.holds(state, setting)),
        }),
      };
    case 'never-step':
      return {
        kind: 'never-step',
        question: space.askStep({
          where,
          answer: (a, b) => said(claim.given?.(a, b, setting) ?? true, () => claim.bad(a, b, setting)),
        }),
      };
    case 'sometimes':
      return {
        kind: 'sometimes',
        question: space.ask({
          where,
          answer: (state) => said(claim.witness(state, setting), () => true),
        }),
      };
    case 'within':
      return {
        kind: 'within',
        waits: space.ask({
          where,
          // The question is asked of states that are only about to be reached.
          elementwise: true,
          answer: (state) => {
            if (claim.responds(state, setting)) return WAIT.ends;
            return claim.given(state, setting) ? WAIT.starts : WAIT.idle;
          },
        }),
        timerField,
        steps: claim.steps,
        longest: FIRST_WAITS,
      };
    case 'no-deadlock':
      return {
        kind: 'no-deadlock',
        ends: space.ask({ where, answer: (state) => said(true, () => !claim.mayEnd?.(state, setting)) }),
      };
    case 'recovers':
      return {
        kind: 'recovers',
        question: space.ask({
          where,
          answer: (state) => said(claim.given?.(state, setting) ?? true, () => false),
        }),
        good: space.ask({ where, answer: (state) => said(claim.good(state, setting), () => true) }),
      };
  }
};

/** Makes monitors of the named invariants, in the model's order. */
export const monitorsOf = (system: System, space: Space, ids: readonly string[]): readonly Monitor[] => {
  const { model } = system;
  let timerField = space.fields.length;
  return Object.keys(model.invariants)
    .filter((id) => ids.includes(id))
    .map((id): Monitor => {
      const claim = model.invariants[id]!;
      const questions = questionsOf(claim, `model ${model.id}, invariant ${id}`, system, space, timerField);
      if (claim.kind === 'within') timerField += 1;
      return { id, verdict: undefined, decidedAt: 0, finalAfter: -1, antecedents: 0, ...questions };
    });
};

/** The progress of a monitor: what is known so far. */
export type MonitorProgress = Pick<Monitor, 'verdict' | 'decidedAt' | 'finalAfter' | 'antecedents'>;

/** Gives a monitor its verdict, which the expansion of state `at` decided, if that is known. */
export const decideMonitor = (
  monitor: Writable<MonitorProgress>,
  verdict: Verdict,
  at: number = monitor.decidedAt,
): void => {
  monitor.verdict = verdict;
  monitor.decidedAt = at;
};

/** Sets the depth at whose end the verdict of a monitor is final; -1 if it is final now. */
export const finalAfterDepth = (monitor: Writable<MonitorProgress>, depth: number): void => {
  monitor.finalAfter = depth;
};

/** Counts states, or steps, in which the invariant of a monitor was applicable. */
export const addAntecedents = (monitor: Writable<MonitorProgress>, count: number): void => {
  monitor.antecedents += count;
};

/** Requests room for waiting times of up to `longest`. */
export const needLongest = (
  monitor: Writable<Pick<MonitorOf<'within'>, 'longest'>>,
  longest: number,
): void => {
  monitor.longest = longest;
};

/** Sets what is known of a monitor to what a checkpoint has. */
export const restoreMonitor = (monitor: Writable<MonitorProgress>, kept: MonitorProgress): void => {
  monitor.verdict = kept.verdict;
  monitor.decidedAt = kept.decidedAt;
  monitor.finalAfter = kept.finalAfter;
  monitor.antecedents = kept.antecedents;
};

/** Returns the number of waiting times that stand behind the fields of a row. */
export const timersIn = (monitors: readonly Monitor[]): number =>
  monitors.filter(({ kind }) => kind === 'within').length;

/** Returns the questions of `monitor` about single states. */
export const stateQuestionsIn = (monitor: Monitor): readonly LearnedQuestion[] => {
  switch (monitor.kind) {
    case 'never-step':
      return [];
    case 'within':
      return [monitor.waits];
    case 'no-deadlock':
      return [monitor.ends];
    case 'recovers':
      return [monitor.question, monitor.good];
    case 'always':
    case 'sometimes':
      return [monitor.question];
  }
};
