import { match, P } from 'ts-pattern';
import { counted, lengthWords } from '../attack/words.ts';
import type { RandomFigures } from '../claim/result.ts';
import type { Reduction } from '../search/result.ts';
import type { AnswerEntry, ClaimEntry, PlatformEntry, Report } from './report.ts';

/** Says in a few words how a search was reduced. */
export const reducedWords = (reduced: readonly Reduction[]): string =>
  reduced
    .map((one) =>
      match(one)
        .with(
          { kind: 'symmetry' },
          ({ checked, exchanged }) =>
            `reduced by symmetry of ${exchanged.join(', ')}, held against the model in ${counted(checked, 'state')}`,
        )
        .with({ unbounded: P.string }, ({ unbounded }) => `not reduced by partial order: ${unbounded}`)
        .with({ reduced: 0 }, () => 'not reduced by partial order: no state allows it')
        .with(
          { kind: 'partial-order' },
          (order) => `reduced by partial order in ${counted(order.reduced, 'state')}`,
        )
        .exhaustive(),
    )
    .join('; ');

/** Says what a verdict rests on whose states were told apart by fingerprints; nothing for any other. */
export const missedWords = ({ missedAtMost }: Pick<ClaimEntry, 'missedAtMost'>): string =>
  missedAtMost === undefined
    ? ''
    : `by fingerprints: a state was missed with probability ${missedAtMost.toPrecision(2)} at most`;

/**
 * Names in a few words the part of a vacuous claim that never acts; nothing where its antecedent is vacuous.
 */
export const idleWords = ({ vacuity }: Pick<ClaimEntry, 'vacuity'>): string => {
  if (vacuity === undefined || vacuity.kind === 'antecedent') return '';
  if (vacuity.kind === 'nobody') return 'nobody acts';
  const names = (vacuity.inert ?? []).map(({ capability }) => capability);
  return `${names.join(', ')} never act${names.length === 1 ? 's' : ''}`;
};

type Worded = Pick<ClaimEntry, 'verdict' | 'bound' | 'error' | 'attack' | 'witness' | 'vacuity'>;

const verdictAlone = (entry: Worded): string =>
  match(entry.verdict)
    .with('holds', () =>
      entry.witness === undefined ? 'holds' : `shown in ${counted(entry.witness.length, 'step')}`,
    )
    .with('violated', () =>
      entry.attack === undefined ? 'violated, no witness' : `violated in ${lengthWords(entry.attack)}`,
    )
    .with('unresolved', () => `unresolved: ${entry.error?.code ?? entry.bound ?? 'unknown'}`)
    .with('vacuous', () => ['vacuous', idleWords(entry)].filter((part) => part !== '').join(': '))
    .exhaustive();

/** Says a claim's verdict in a few words. */
export const verdictWords = (entry: Worded & Pick<ClaimEntry, 'missedAtMost'>): string => {
  const rests = entry.verdict === 'unresolved' ? '' : missedWords(entry);
  return `${verdictAlone(entry)}${rests === '' ? '' : ` (${rests})`}`;
};

/**
 * Says in a few words what random search needed; `shortest` is the length of the shortest attack, if known.
 */
export const randomWords = (figures: RandomFigures, shortest?: number): string => {
  if (!figures.found) {
    const atMost = figures.failureProbabilityAtMost;
    if (atMost === undefined) return `not within ${counted(figures.steps, 'step')}`;
    const chance = `a run that begins anew finds it with probability ${atMost.toPrecision(2)} at most`;
    return `not within ${counted(figures.steps, 'step')}; ${chance}`;
  }
  const { firstLength, shrunkLength } = figures;
  const lengths =
    firstLength === undefined || shrunkLength === undefined
      ? ''
      : `, length ${firstLength}, shrunk to ${shrunkLength}`;
  return `found after ${counted(figures.steps, 'step')}${lengths}${shortest === undefined ? '' : `; shortest ${shortest}`}`;
};

/** Says an answer's verdict in a few words. */
export const answerWords = (entry: Pick<AnswerEntry, 'verdict' | 'attack' | 'decidedBy'>): string =>
  match(entry.verdict)
    .with('holds', () => 'holds')
    .with('violated', () =>
      entry.attack === undefined ? 'violated' : `violated in ${lengthWords(entry.attack)}`,
    )
    .with('depends', () => `depends on ${entry.decidedBy.join(', ')}`)
    .with('unresolved', () => 'unresolved')
    .with('vacuous', () => 'vacuous')
    .exhaustive();

/** Counts the bad answers about a board, or returns the code that says why there are none. */
export const violatedWords = ({ error, answers }: PlatformEntry): string => {
  if (answers.length === 0) return error?.code ?? '';
  const count = (verdict: AnswerEntry['verdict']): number =>
    answers.filter((answer) => answer.verdict === verdict).length;
  const open = (['depends', 'unresolved'] as const).filter((verdict) => count(verdict) > 0);
  return [
    `${count('violated')} of ${answers.length}`,
    ...open.map((verdict) => `${count(verdict)} ${verdict}`),
  ].join(', ');
};

/** Writes values of unknowns: `GLE true, GPIO_LOCK false`. */
export const whenWords = (assignment: { readonly [unknown: string]: boolean }): string =>
  Object.entries(assignment)
    .map(([name, value]) => `${name} ${value ? 'true' : 'false'}`)
    .join(', ');

const MOST_NAMED = 4;

/**
 * Names the other claims with which one shares its search, whose states and transitions are then counted for
 * each of them.
 */
const sharedWords = (claims: readonly string[], id: string): readonly string[] => {
  const others = claims.filter((one) => one !== id);
  if (others.length === 0) return [];
  const named = others.slice(0, MOST_NAMED).join(', ');
  const more = others.length - MOST_NAMED;
  return [`shared with ${named}${more > 0 ? ` and ${counted(more, 'other')}` : ''}`];
};

/**
 * Says in a few words how a claim was searched: the engine, how it told states apart, and how far it was to
 * go.
 */
const searchWords = ({ run, searches }: Report, id: string): string => {
  const search = searches.find(({ claims }) => claims.includes(id));
  const { maxDepth, maxStates } = run.limits;
  return [
    `${search?.engine ?? run.engine} search`,
    ...(search?.missedAtMost === undefined ? [] : ['by fingerprints']),
    ...(search?.reduced ?? []).flatMap((one) =>
      one.kind === 'symmetry' || one.reduced > 0 ? [`reduced by ${one.kind}`] : [],
    ),
    ...sharedWords(search?.claims ?? [], id),
    ...(maxDepth === undefined ? [] : [`to depth ${maxDepth}`]),
    ...(maxStates === undefined ? [] : [`up to ${counted(maxStates, 'state')}`]),
  ].join(', ');
};

/**
 * Says in one line what a verdict is about, how it was come by, and what the claim says of what is outside of
 * that.
 */
export const scopeLine = (report: Report, { id, outside, scope }: ClaimEntry): string =>
  `${scope}; ${searchWords(report, id)}${outside === undefined ? '' : `; outside of it: ${outside}`}`;

/** Whether a claim was decided before its run was interrupted. */
export const isReached = ({ bound }: Pick<ClaimEntry, 'bound'>): boolean => bound !== 'interrupted';

/** Says how far an interrupted run came: `1 of 515 decided, as expected`. */
export const reachedWords = (claims: readonly ClaimEntry[]): string => {
  const reached = claims.filter(isReached);
  const odd = reached.filter(({ asExpected }) => !asExpected).length;
  const judgement = reached.length === 0 ? '' : odd === 0 ? ', as expected' : `, ${odd} not as expected`;
  return `${reached.length} of ${claims.length} decided${judgement}`;
};

/**
 * Notes what the sentences of the claims do not show: who never acts in one that could not fail for that,
 * which of them ask the same question, and what could not happen.
 */
export const claimNotes = (claims: readonly ClaimEntry[]): readonly string[] => {
  const told = new Set<string>();
  return claims.flatMap(({ id, note, sameAs = [], vacuity }) => {
    const idle = vacuity === undefined || vacuity.kind === 'antecedent' ? [] : [`${id}: ${vacuity.says}`];
    const same =
      told.has(id) || sameAs.length === 0 ? [] : [`${[id, ...sameAs].join(', ')} ask the same question`];
    for (const one of sameAs) told.add(one);
    return [...idle, ...same, ...(note === undefined ? [] : [`${id}: ${note}`])];
  });
};
