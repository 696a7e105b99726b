import type { System } from '../../../model/index.ts';
import { explore } from '../../../search/exhaustive/explore.ts';
import { saidIn, type Answers, type Configuration, type Said } from './engine.ts';

const answersOf = (system: System): Answers => {
  const counts = explore(system, { invariants: [] });
  const { verdicts } = explore(system);
  return { claims: saidIn(verdicts), counts, actions: counts.actions };
};

const withClaims = (answers: Answers, change: (said: Said, id: string) => Said): Answers => ({
  ...answers,
  claims: Object.fromEntries(Object.entries(answers.claims).map(([id, said]) => [id, change(said, id)])),
});

/** A system whose guards are answered by what was seen of a state, without its last field. */
const withoutLastField = (system: System): System => {
  const { model } = system;
  const known = new Map<string, boolean>();
  const actions = Object.entries(model.actions).map(([name, action]): [string, typeof action] => {
    const { when } = action;
    if (when === undefined) return [name, action];
    const late: typeof when = (state, choice, setting) => {
      const seen = Object.entries(state).slice(0, -1);
      const key = `${name} ${JSON.stringify([seen, choice])}`;
      const answer = known.get(key) ?? when(state, choice, setting);
      known.set(key, answer);
      return answer;
    };
    return [name, { ...action, when: late }];
  });
  return { ...system, model: { ...model, actions: Object.fromEntries(actions) } };
};

const WRONG: readonly Pick<Configuration, 'id' | 'judgesPowers' | 'run'>[] = [
  {
    id: 'defect-instance',
    run: (system) => answersOf({ ...system, instances: system.instances.slice(0, -1) }),
  },
  {
    id: 'defect-start',
    run: (system) => answersOf({ ...system, initial: system.initial.slice(-1) }),
  },
  { id: 'defect-memo', run: (system) => answersOf(withoutLastField(system)) },
  {
    id: 'defect-length',
    run: (system) =>
      withClaims(answersOf(system), (said, id) =>
        system.model.invariants[id]!.kind === 'within' && said.length !== undefined
          ? { ...said, length: said.length + 1 }
          : said,
      ),
  },
  {
    id: 'defect-path',
    run: (system) =>
      withClaims(answersOf(system), (said) =>
        said.trace === undefined || said.trace.onward !== undefined
          ? said
          : { ...said, trace: { ...said.trace, steps: said.trace.steps.slice(1) } },
      ),
  },
  {
    id: 'defect-vacuous',
    run: (system) =>
      withClaims(answersOf(system), (said) => (said.kind === 'vacuous' ? { ...said, kind: 'holds' } : said)),
  },
  // It says that it judges powers, and looks at none.
  { id: 'defect-idle', judgesPowers: true, run: answersOf },
  {
    id: 'defect-crash',
    run: (system) => {
      const answers = answersOf(system);
      if (answers.counts!.depth > 3) throw new TypeError('too deep');
      return answers;
    },
  },
  {
    id: 'defect-hang',
    run: (system) => {
      const answers = answersOf(system);
      while (answers.counts!.states > 20);
      return answers;
    },
  },
];

/** Engines that are wrong on purpose, each in one way, to show that it is noticed. */
export const DEFECTS: readonly Configuration[] = WRONG.map((defect) => ({
  exact: 'all',
  onceIn: 1,
  ...defect,
}));
