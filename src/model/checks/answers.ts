import { Fault } from '../fault.ts';
import type { RunnableModel } from '../model.ts';
import { tellReturned } from './returned.ts';

type Test = (...given: never) => boolean;

const noAnswer = (where: string, said: unknown): Fault =>
  new Fault('UW112', {
    where,
    expected: 'true or false',
    got: tellReturned(said),
    likely:
      'a part that may be null or missing (`slot && slot.ready`, `slot?.ready`), an `async` function, or a number that is meant as an answer',
    next: 'compare it: `slot !== null && slot.ready`, `slot?.ready === true`, `count > 0`',
  });

/**
 * Makes the same function throw UW112 where it returns anything but true or false. Its text is that of the
 * function.
 */
const answering = (where: string, test: Test): Test => {
  function asked(this: unknown, ...given: never): boolean {
    const said: unknown = Reflect.apply(test, this, given);
    if (typeof said === 'boolean') return said;
    throw noAnswer(where, said);
  }
  return Object.defineProperty(asked, 'toString', { value: () => String(test) });
};

const mapped = <T extends object>(
  named: { readonly [name: string]: T },
  questions: readonly string[],
  whereOf: (name: string) => string,
): { readonly [name: string]: T } =>
  Object.fromEntries(
    Object.entries(named).map(([name, part]) => {
      const asked = Object.entries(part).flatMap(([question, test]: [string, unknown]) =>
        questions.includes(question) && typeof test === 'function'
          ? [[question, answering(`${whereOf(name)}, ${question}`, test as Test)]]
          : [],
      );
      return [name, { ...part, ...Object.fromEntries(asked) }];
    }),
  );

const OF_ACTIONS = ['exists', 'when'] as const;
const OF_INVARIANTS = ['given', 'holds', 'bad', 'witness', 'responds', 'mayEnd', 'good'] as const;

/**
 * Makes a model whose functions that answer a question may return true and false only: what JavaScript takes
 * for either would be an answer in one place and none in another.
 */
export const answeringModel = (model: RunnableModel): RunnableModel => ({
  ...model,
  actions: mapped(model.actions, OF_ACTIONS, (name) => `model ${model.id}, action ${name}`),
  invariants: mapped(model.invariants, OF_INVARIANTS, (name) => `model ${model.id}, invariant ${name}`),
});
