import type { PageAttack, PageClaim, PageData, PageSubject } from '../../data.ts';
import type { Value } from '../../../../model/index.ts';
import { playedOf, type Played } from '../player/played.ts';
import { hashOf, type TryRoute } from '../route.ts';

/** The subject of a trial: a model in a scenario, and the path that is recorded of it, if there is one. */
export interface Tried {
  readonly subject: PageSubject;
  readonly recorded: Played | undefined;
  /** The address to go back to. */
  readonly back: string;
  readonly heading: string;
}

/** Returns the subject of a claim. */
export const subjectOf = (claim: PageClaim, { texts }: PageData): PageSubject => ({
  model: claim.model,
  invariant: claim.invariant,
  scenario: {
    without: claim.without,
    capabilities: claim.capabilities,
    parameters: Object.fromEntries(
      claim.parameters.map(([name, text]) => [name, JSON.parse(texts[text] ?? 'null') as Value]),
    ),
  },
});

const played = (attack: PageAttack | undefined, data: PageData): Played | undefined =>
  attack === undefined ? undefined : playedOf(attack, data);

/** Returns what a route asks to try; nothing where the page has no such thing. */
export const triedOf = ({ id, of, question, step }: TryRoute, data: PageData): Tried | undefined => {
  if (of === 'model') {
    const { explored: subject } = data;
    return subject?.model === id ? { subject, recorded: undefined, back: '', heading: id } : undefined;
  }
  if (of === 'claim') {
    const claim = data.claims.find((one) => one.id === id);
    if (claim === undefined) return undefined;
    const back = hashOf({ view: 'claim', id, step });
    const recorded = played(claim.attack ?? claim.witness, data);
    return { subject: subjectOf(claim, data), recorded, back, heading: id };
  }
  const board = data.boards.find(({ name }) => name === id);
  const answer = board?.answers.find((one) => one.id === question);
  if (answer?.subject === undefined) return undefined;
  return {
    subject: answer.subject,
    recorded: played(answer.attack, data),
    back: hashOf({ view: 'board', name: id, question, step }),
    heading: `${id}, ${question}`,
  };
};
