import { canonical } from '../../model/index.ts';
import { tool as thisTool } from '../../model/tool.ts';
import { counted } from '../../attack/words.ts';
import { boardAttack } from '../paths.ts';
import type { AnswerEntry, ClaimEntry, PlatformEntry, Report } from '../report.ts';
import { statusOf } from '../status/claim-status.ts';
import {
  answerWords,
  missedWords,
  randomWords,
  reachedWords,
  reducedWords,
  scopeLine,
  verdictWords,
  whenWords,
} from '../words.ts';
import { pageAttack, placeText } from './attack-data.ts';
import type { PageAnswer, PageBoard, PageClaim, PageData, PageStep, PageSubject } from './data.ts';
import type { PageModels } from './models.ts';
import { createNumbered, type Numbered } from './numbered.ts';

/** The tables of values that claims and boards share, each once. */
interface Tables {
  readonly texts: Numbered<string>;
  readonly steps: Numbered<PageStep>;
}

const expectedWords = ({ expected, expectedLength }: ClaimEntry): string =>
  expectedLength === undefined ? expected : `${expected} in ${counted(expectedLength, 'step')}`;

const notesOf = (report: Report, entry: ClaimEntry): readonly string[] => {
  const search = report.searches.find(({ claims }) => claims.includes(entry.id));
  const reduced = search?.reduced === undefined ? '' : reducedWords(search.reduced);
  return [
    entry.vacuity?.says ?? '',
    entry.note ?? '',
    entry.sameAs === undefined ? '' : `asks the same question as ${entry.sameAs.join(', ')}`,
    entry.idle === undefined ? '' : `here these capabilities never act: ${entry.idle.join(', ')}`,
    missedWords(entry),
    reduced,
    entry.random === undefined ? '' : `random search: ${randomWords(entry.random, entry.attack?.length)}`,
  ].filter((note) => note !== '');
};

const claimOf = (report: Report, entry: ClaimEntry, { steps, texts }: Tables): PageClaim => {
  const { attack, error, id, model, scenario, unexpectedBecause, witness } = entry;
  const { capabilities, parameters, without } = scenario;
  const sources = report.sources?.[model];
  const place = sources?.invariants[entry.invariant];
  return {
    id,
    suite: entry.suite,
    model,
    status: statusOf(entry),
    words: verdictWords(entry),
    says: entry.says,
    source: entry.source,
    invariant: entry.invariant,
    invariantSays: entry.invariantSays,
    ...(place === undefined ? {} : { place: placeText(place) }),
    expected: expectedWords(entry),
    scope: scopeLine(report, entry),
    without,
    capabilities,
    parameters: Object.entries(parameters).map(([name, value]) => [name, texts.numberOf(canonical(value))]),
    notes: notesOf(report, entry),
    ...(unexpectedBecause === undefined ? {} : { unexpectedBecause }),
    ...(error === undefined ? {} : { error }),
    states: entry.states,
    transitions: entry.transitions,
    complete: entry.complete,
    durationMs: report.timing.items[id] ?? 0,
    ...(attack === undefined ? {} : { attack: pageAttack(attack, id, 'attack', { sources, steps }) }),
    stops: entry.stops ?? [],
    ...(witness === undefined ? {} : { witness: pageAttack(witness, id, 'witness', { sources, steps }) }),
    reproduce: entry.reproduce,
  };
};

const closingNotes = (entry: AnswerEntry): readonly string[] => {
  const named = (lead: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [`${lead} ${names.join(', ')}`];
  return [
    ...named('possible when', entry.brokenWhen.map(whenWords)),
    ...named('each alone closes it:', entry.closedBy),
    ...named(
      'together they close it:',
      entry.closedTogether.map((set) => set.join(' and ')),
    ),
    ...named('does not close it:', entry.notClosedBy),
    ...named('not known whether it closes it:', entry.undecidedBy),
    ...named('by design:', entry.accepted === undefined ? [] : [entry.accepted]),
    ...named('because', entry.because === undefined ? [] : [entry.because]),
  ];
};

const answerOf = (
  report: Report,
  board: PlatformEntry,
  entry: AnswerEntry,
  { steps }: Tables,
): PageAnswer => {
  const { attack, attackScenario: scenario, id, invariant, reproduce, says, source, states, verdict } = entry;
  const model = entry.model ?? board.model ?? '';
  const sources = report.sources?.[model];
  return {
    id,
    words: answerWords(entry),
    verdict,
    says,
    source,
    states,
    notes: closingNotes(entry),
    ...(attack === undefined
      ? {}
      : { attack: pageAttack(attack, boardAttack(board.name, id), 'attack', { sources, steps }) }),
    ...(scenario === undefined ? {} : { subject: { model, scenario, invariant } }),
    reproduce,
  };
};

const boardOf = (report: Report, board: PlatformEntry, tables: Tables): PageBoard => ({
  ...board,
  answers: board.answers.map((answer) => answerOf(report, board, answer, tables)),
});

/** Makes the page's data from a report, with the models or without. */
export const pageData = (report: Report, models: PageModels): PageData => {
  const { claims, platforms = [], run, searches, timing, tool } = report;
  const tables: Tables = { texts: createNumbered(), steps: createNumbered() };
  const shownClaims = claims.map((entry) => claimOf(report, entry, tables));
  const boards = platforms.map((board) => boardOf(report, board, tables));
  return {
    tool: `${tool.name} ${tool.version}`,
    command: run.command,
    how: `${run.engine} search, seed ${run.seed}`,
    ...(run.interrupted ? { interrupted: reachedWords(claims) } : {}),
    startedAt: timing.startedAt,
    durationMs: timing.durationMs,
    states: searches.reduce((sum, { states }) => sum + states, 0),
    searches: searches.length,
    suites: report.suites ?? [...new Set(claims.map(({ suite }) => suite))].map((id) => ({ id, says: '' })),
    claims: shownClaims,
    boards,
    ...(models.kind === 'here' ? {} : { modelsAbsent: models.because }),
    texts: tables.texts.all(),
    steps: tables.steps.all(),
  };
};

/** Makes the page's data for a model that nobody has searched: what can happen, step by step. */
export const exploredData = (explored: PageSubject): PageData => ({
  tool: `${thisTool.name} ${thisTool.version}`,
  command: 'explore',
  how: '',
  startedAt: '',
  durationMs: 0,
  states: 0,
  searches: 0,
  suites: [],
  claims: [],
  boards: [],
  texts: [],
  steps: [],
  explored,
});
