import { createHash } from 'node:crypto';
import { shown } from '../../model/shown.ts';
import type { AttackStep } from '../../attack/attack.ts';
import type { ClaimEntry, PlaceEntry, PlatformEntry, Report, SourcesEntry } from '../report.ts';
import { statusOf, statusWords, type ClaimStatus } from '../status/claim-status.ts';
import { toldOf } from '../outcomes/words.ts';
import { answerWords, isReached } from '../words.ts';
import { claimLines } from '../plain.ts';
import { sinceEarlier, type Found } from './since-earlier.ts';

const digest = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** Writes a path as a reference of a URI: whatever it has in it, it stays a path. */
const uriOf = (file: string): string =>
  file
    .split('/')
    .map((part) => encodeURIComponent(shown(part)))
    .join('/');

interface Physical {
  readonly physicalLocation?: object;
  readonly logicalLocations?: readonly object[];
  readonly message?: { readonly text: string };
}

const physical = (place: PlaceEntry | undefined): Physical =>
  place === undefined
    ? {}
    : {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place.file) },
          region: { startLine: Math.max(1, place.line) },
        },
      };

const logical = (...names: readonly string[]): Physical => ({
  logicalLocations: [{ fullyQualifiedName: names.join('.'), name: names.at(-1) ?? '' }],
});

const sourcesOf = ({ sources = {} }: Report, model: string): SourcesEntry | undefined =>
  Object.hasOwn(sources, model) ? sources[model] : undefined;

const actionAt = (sources: SourcesEntry | undefined, action: string): SourcesEntry['actions'][string] =>
  sources !== undefined && Object.hasOwn(sources.actions, action) ? (sources.actions[action] ?? {}) : {};

/**
 * Returns the locations of a step: the guard that lets it happen, then its effect, with what that changes.
 */
const stepLocations = (
  model: string,
  sources: SourcesEntry | undefined,
  step: AttackStep,
  number: number,
): readonly object[] => {
  const { guard, effect } = actionAt(sources, step.action);
  const said = `${number}. ${step.actor}: ${step.text}`;
  const at = { ...logical(model, step.action) };
  const state = Object.fromEntries(
    step.changes.map(({ field, before, after }) => [field, { text: `${before} → ${after}` }]),
  );
  const isBookkeeping = step.changes.every(({ hidden }) => hidden === true);
  return [
    ...(guard === undefined
      ? []
      : [
          {
            location: { ...physical(guard), ...at, message: { text: `${said}: what lets it happen` } },
            nestingLevel: 1,
            importance: 'unimportant',
          },
        ]),
    {
      location: { ...physical(effect), ...at, message: { text: said } },
      nestingLevel: 0,
      importance: isBookkeeping ? 'important' : 'essential',
      ...(step.changes.length === 0 ? {} : { state }),
    },
  ];
};

const codeFlowsOf = (report: Report, { attack, invariantSays, model }: ClaimEntry): readonly object[] => {
  if (attack === undefined || attack.steps.length === 0) return [];
  const sources = sourcesOf(report, model);
  const locations = attack.steps.flatMap((step, at) => stepLocations(model, sources, step, at + 1));
  const flow = { locations: locations.map((one, at) => ({ ...one, executionOrder: at + 1 })) };
  return [{ message: { text: `breaks: ${invariantSays}` }, threadFlows: [flow] }];
};

const LEVELS: { readonly [status in ClaimStatus]: 'error' | 'warning' | 'note' } = {
  proof: 'note',
  'known-attack': 'note',
  'new-attack': 'error',
  'broken-proof': 'error',
  changed: 'error',
  fault: 'error',
  unresolved: 'warning',
  vacuous: 'note',
};

const ruleOf = ({ model, invariant }: ClaimEntry): string => `${model}/${invariant}`;

const claimResult = (report: Report, entry: ClaimEntry): object => {
  const { attack, id, invariant, model, suite } = entry;
  const status = statusOf(entry);
  const sources = sourcesOf(report, model);
  const place =
    (sources !== undefined && Object.hasOwn(sources.invariants, invariant)
      ? sources.invariants[invariant]
      : undefined) ?? actionAt(sources, attack?.steps.at(-1)?.action ?? '').effect;
  const flows = codeFlowsOf(report, entry);
  return {
    ruleId: ruleOf(entry),
    kind: 'fail',
    level: LEVELS[status],
    message: { text: [`${id}: ${statusWords(status)}`, ...claimLines(report, entry)].join('\n') },
    locations: [{ ...physical(place), ...logical(model, invariant) }],
    partialFingerprints: {
      'underwatch/claim/v1': digest(suite, id, model, invariant),
      ...(attack === undefined
        ? {}
        : { 'underwatch/attack/v1': digest(attack.steps.map(({ action, choices }) => [action, choices])) }),
    },
    ...(flows.length === 0 ? {} : { codeFlows: flows }),
    ...(status === 'known-attack'
      ? {
          suppressions: [
            { kind: 'external', status: 'accepted', justification: `suite ${suite} expects this attack` },
          ],
        }
      : {}),
    properties: { claim: id, suite, standing: status, states: entry.states, scope: entry.scope },
  };
};

/** Returns a place in the logs of a board, as the reading names it: `lspci.log: 00:1f.0 config A0h`. */
const logPlace = (board: string, readFrom: string): PlaceEntry => {
  const [, file = ''] = /^([^\s:]+): /.exec(readFrom) ?? [];
  return { file: file === '' ? board : `${board}/${file}`, line: 1 };
};

const boardResults = ({ name, answers, error, findings }: PlatformEntry): readonly Found[] => [
  ...findings.flatMap(({ id, evidence, says, severity }) =>
    severity === 'good'
      ? []
      : [
          {
            ruleId: `audit/${id}`,
            says,
            key: digest('finding', name, id),
            gist: severity,
            result: {
              ruleId: `audit/${id}`,
              kind: 'fail',
              level: severity === 'bad' ? 'warning' : 'note',
              message: { text: [says, ...evidence].join('\n') },
              locations: [
                { ...physical(logPlace(name, evidence[0] ?? '')), ...logical(name, evidence[0] ?? id) },
              ],
              partialFingerprints: { 'underwatch/finding/v1': digest(name, id) },
            },
          },
        ],
  ),
  ...answers.flatMap((answer) =>
    answer.verdict !== 'violated' && answer.verdict !== 'depends'
      ? []
      : [
          {
            ruleId: `audit/${answer.id}`,
            says: answer.says,
            key: digest('answer', name, answer.id),
            gist: answer.verdict,
            result: {
              ruleId: `audit/${answer.id}`,
              kind: 'fail',
              level: answer.verdict === 'violated' ? 'error' : 'warning',
              message: { text: `${answerWords(answer)}: ${answer.says}\nrepeat: ${answer.reproduce}` },
              locations: [{ ...physical(logPlace(name, '')), ...logical(name, answer.id) }],
              partialFingerprints: { 'underwatch/answer/v1': digest(name, answer.id) },
            },
          },
        ],
  ),
  ...(error === undefined
    ? []
    : [
        {
          ruleId: error.code,
          says: 'a board could not be audited',
          key: digest('error', name),
          gist: error.code,
          result: {
            ruleId: error.code,
            kind: 'fail',
            level: 'error',
            message: { text: [error.message, error.got, error.next].join('\n') },
            locations: [{ ...physical(logPlace(name, '')), ...logical(name) }],
            partialFingerprints: { 'underwatch/error/v1': digest(name, error.code) },
          },
        },
      ]),
];

const claimResults = (report: Report): readonly Found[] =>
  report.claims
    .filter((entry) => isReached(entry) && (!entry.asExpected || entry.attack !== undefined))
    .map((entry) => ({
      ruleId: ruleOf(entry),
      says: entry.invariantSays,
      key: digest('claim', entry.suite, entry.id),
      // A baseline has no steps: the length of an attack has to do.
      gist: JSON.stringify([statusOf(entry), entry.attack?.length ?? null]),
      result: claimResult(report, entry),
    }));

const outcomeResults = ({ outcomes = [] }: Report): readonly Found[] =>
  outcomes.flatMap((entry) => {
    const { id, line, lines, of, result } = toldOf(entry);
    if (result === 'passed') return [];
    const ruleId = `${entry.kind}/${of}/${id}`;
    return [
      {
        ruleId,
        says: `${id} of ${of}`,
        key: digest('outcome', entry.kind, of, id),
        gist: line,
        result: {
          ruleId,
          kind: 'fail',
          level: result === 'failed' ? 'error' : 'warning',
          message: { text: [line, ...lines].join('\n') },
          locations: [logical(of, id)],
          partialFingerprints: { 'underwatch/outcome/v1': digest(entry.kind, of, id) },
        },
      },
    ];
  });

const resultsOf = (report: Report): readonly Found[] => [
  ...claimResults(report),
  ...(report.platforms ?? []).flatMap(boardResults),
  ...outcomeResults(report),
];

/**
 * Writes a report as a SARIF 2.1.0 log. Each attack is a result whose code flow goes through the guards and
 * effects of the model's source. An attack that its suite expects is a note that is suppressed, since nobody
 * has to act on it. Fingerprints do not depend on lines: they stay while code moves. With an `earlier` report
 * each result says what has become of it since: `new`, `unchanged`, `updated` or `absent`.
 */
export const sarifOf = (report: Report, earlier?: Report): object => {
  const now = resultsOf(report);
  const found = earlier === undefined ? now : sinceEarlier(now, resultsOf(earlier));
  const says = new Map(found.map((one) => [one.ruleId, one.says]));
  const rules = [...says.keys()];
  const tool = {
    driver: {
      name: report.tool.name === '' ? 'underwatch' : shown(report.tool.name),
      semanticVersion: /^\d+\.\d+\.\d+/.test(report.tool.version) ? report.tool.version : '0.0.0',
      rules: rules.map((id) => ({ id, shortDescription: { text: says.get(id) || id } })),
    },
  };
  const results = found.map(({ ruleId, result }) => ({ ...result, ruleIndex: rules.indexOf(ruleId) }));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool, columnKind: 'utf16CodeUnits', results }],
  };
};
