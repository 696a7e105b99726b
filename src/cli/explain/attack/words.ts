import { counted } from '../../../attack/words.ts';
import type { AttackWithout, Necessity } from '../../../attack/why/necessity.ts';
import type { SingleDefence } from '../../../defence/result.ts';

const foundWords = (found: AttackWithout): string => {
  switch (found.kind) {
    case 'none':
      return `there is no attack: ${counted(found.states, 'state')} searched, all there are`;
    case 'another':
      return `there is another attack: ${counted(found.trace.steps.length, 'step')}`;
    case 'undecided':
      return `not decided: ${found.bound} after ${counted(found.states, 'state')}`;
  }
};

/** Says whether an attack needs an action, and needs it as it is at `step`. */
export const needWords = ({ action, choices, without }: Necessity, step: number): readonly string[] => [
  `without any ${action} ${foundWords(without)}`,
  ...choices
    .filter((choice) => choice.step === step)
    .map((choice) => `with another choice in it ${foundWords(choice.without)}`),
];

/** Says what a defence would do about an attack. */
export const againstWords = ({ because, endsAt, verdict }: SingleDefence): string => {
  const here =
    endsAt === undefined
      ? ''
      : because === 'guard refuses'
        ? `step ${endsAt} is not possible`
        : 'all steps are possible, and break nothing';
  switch (verdict) {
    case 'open':
      return here === '' ? 'this attack works all the same' : `${here}; another attack works`;
    case 'holds':
      return `${here === '' ? '' : `${here}; `}no other attack works: every state searched`;
    case 'undecided':
      return `${here === '' ? '' : `${here}; `}whether another attack works is not decided`;
  }
};
