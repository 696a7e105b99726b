import { join } from 'node:path';
import { match } from 'ts-pattern';
import type { Attack } from '../attack/attack.ts';
import type { Suite } from '../claim/claim.ts';
import type { ClaimEntry, Report } from '../report/report.ts';
import { counted, stepsWords } from '../attack/words.ts';
import { missedWords, randomWords, reducedWords } from '../report/words.ts';
import { attackPath, reportStem } from '../report/files.ts';
import { isGrowthWarning } from '../search/exhaustive/growth.ts';
import { errorLines } from './fault-text.ts';
import { columns, hanging, type Cell } from './layout.ts';
import { commandLine } from './reproduce.ts';
import { storyLines } from './story.ts';
import type { Terminal } from './terminal.ts';

/** What to show of a run, and where its files are. */
export interface Shown {
  readonly suites: readonly Suite[];
  readonly report: Report;
  /** Where the report was written. */
  readonly folder: string;
  /** The configuration, if it was named. */
  readonly config?: string;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

const paintOf = (entry: ClaimEntry, { paint }: Terminal): ((text: string) => string) => {
  if (!entry.asExpected) return (text) => paint.red(text);
  return match(entry.verdict)
    .with('holds', () => paint.green)
    .with('violated', () => paint.yellow)
    .with('unresolved', 'vacuous', () => paint.dim)
    .exhaustive();
};

const attackCell = ({ attack }: ClaimEntry): string =>
  attack === undefined ? '' : `${attack.shortest ? '' : '≤ '}${counted(attack.length, 'step')}`;

const noteCell = (entry: ClaimEntry): string => {
  const { random, attack, witness, verdict, error, bound, missedAtMost } = entry;
  if (random !== undefined) {
    const steps = random.steps.toLocaleString('en-US');
    if (random.found) return `in ${steps} steps: ${random.firstLength} → ${random.shrunkLength}`;
    if (random.failureProbabilityAtMost === undefined) return 'no run can decide it';
    if (attack !== undefined) return `not in ${steps} steps`;
    return `${counted(random.runs, 'run')}: p ≤ ${random.failureProbabilityAtMost.toPrecision(2)}`;
  }
  const missed =
    missedAtMost === undefined || verdict === 'unresolved'
      ? []
      : [`missed: p ≤ ${missedAtMost.toPrecision(2)}`];
  if (witness !== undefined) return [`witness in ${counted(witness.length, 'step')}`, ...missed].join(', ');
  if (verdict === 'violated' && attack === undefined) return ['no witness', ...missed].join(', ');
  return error?.code ?? bound ?? missed.join();
};

const rowOf = (entry: ClaimEntry, terminal: Terminal): readonly Cell[] => {
  const { paint } = terminal;
  const color = paintOf(entry, terminal);
  return [
    { text: entry.asExpected ? '  ✓' : '  ✗', paint: entry.asExpected ? paint.green : paint.red },
    { text: entry.id, paint: entry.asExpected ? String : paint.bold },
    { text: entry.verdict, paint: color },
    { text: attackCell(entry), paint: color, align: 'right' },
    { text: entry.states.toLocaleString('en-US'), align: 'right' },
    { text: noteCell(entry), paint: paint.dim },
  ];
};

/** The table of claims, suite by suite, all in the same columns. */
const tableLines = ({ suites, report }: Shown, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const { engine, reduce = [] } = report.run;
  const attack = engine === 'exhaustive' && !reduce.includes('partial-order') ? 'shortest attack' : 'attack';
  const head = [
    '',
    'claim',
    'verdict',
    attack,
    'states',
    report.claims.some(({ random }) => random) ? 'random search' : '',
  ];
  const heading = head.map((text, at): Cell => ({
    text,
    paint: paint.dim,
    align: at === 3 || at === 4 ? 'right' : 'left',
  }));
  const lines = columns([heading, ...report.claims.map((entry) => rowOf(entry, terminal))]);
  let next = 1;
  return [
    ...lines.slice(0, 1),
    ...suites.flatMap(({ id, says, claims }) => {
      const rows = lines.slice(next, next + claims.length);
      next += claims.length;
      return [...hanging(`${paint.bold(id)}  `, says, width, id.length + 2), ...rows, ''];
    }),
  ];
};

const attackTitle = (entry: ClaimEntry, attack: Attack, { paint }: Terminal): string => {
  const rests = missedWords(entry);
  const proof = attack.shortest
    ? `no shorter one exists${rests === '' ? '' : ` (${rests})`}`
    : 'shorter ones were not ruled out';
  return `${paint.bold(entry.id)}  ${stepsWords(attack)}, ${proof}`;
};

const probeLines = ({ random, attack }: ClaimEntry, { paint, width }: Terminal): readonly string[] =>
  random === undefined
    ? []
    : hanging(
        '  random   ',
        randomWords(random, attack?.shortest === true ? attack.length : undefined),
        width,
      ).map((line) => paint.dim(line));

/** The attacks as stories; one that was told already is referred to. */
const attackLines = ({ report, folder, config, verbose }: Shown, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const told = new Map<string, string>();
  const replay = (id: string): string =>
    commandLine(
      'replay',
      join(folder, attackPath(id)),
      ...(config === undefined ? [] : ['--config', config]),
    );
  return report.claims.flatMap((entry) => {
    if (entry.attack === undefined) return [];
    const key = JSON.stringify([entry.invariant, entry.attack.steps]);
    const same = told.get(key);
    if (same === undefined) told.set(key, entry.id);
    const head = [attackTitle(entry, entry.attack, terminal), ...hanging('  ', entry.says, width)];
    const tail = [
      ...(report.run.engine === 'random' ? [paint.dim(`  repeat   ${entry.reproduce}`)] : []),
      ...(report.run.interrupted ? [] : [paint.dim(`  replay   ${replay(entry.id)}`)]),
      '',
    ];
    if (same !== undefined) return [...head, `  the same steps as ${same}`, ...tail];
    return [
      ...head,
      ...storyLines(entry.attack, terminal, verbose),
      ...hanging('  breaks   ', `${entry.invariant}: ${entry.invariantSays}`, width),
      ...hanging('  source   ', entry.source, width).map((line) => paint.dim(line)),
      ...probeLines(entry, terminal),
      ...tail,
    ];
  });
};

/** What was to be shown, as stories. */
const witnessLines = ({ report, folder, config, verbose }: Shown, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  return report.claims.flatMap((entry) => {
    const { id, invariant, invariantSays, says, source, witness } = entry;
    if (witness === undefined) return [];
    const file = join(folder, attackPath(id, 'witness'));
    const replay = commandLine('replay', file, ...(config === undefined ? [] : ['--config', config]));
    return [
      `${paint.bold(id)}  ${stepsWords(witness)}`,
      ...hanging('  ', says, width),
      ...storyLines(witness, terminal, verbose),
      ...hanging('  shows    ', `${invariant}: ${invariantSays}`, width),
      ...hanging('  source   ', source, width).map((line) => paint.dim(line)),
      ...(report.run.interrupted ? [] : [paint.dim(`  replay   ${replay}`)]),
      '',
    ];
  });
};

const unexpectedLines = ({ report }: Shown, { paint, width }: Terminal): readonly string[] => {
  const odd = report.claims.filter(({ asExpected, bound }) => !asExpected && bound !== 'interrupted');
  if (odd.length === 0) return [];
  return [
    paint.bold(paint.red('Not as expected')),
    ...odd.flatMap((entry) => [
      `  ${paint.red('✗')} ${paint.bold(entry.id)}`,
      ...(entry.error === undefined
        ? hanging('      ', entry.unexpectedBecause ?? '', width)
        : errorLines(entry.error, width - 6).map((line) => `      ${line}`)),
      `      ${entry.reproduce}`,
    ]),
    '',
  ];
};

/** Per search on request; otherwise what makes one large, and actions that no search of their model found possible. */
const healthLines = ({ report, verbose }: Shown, { paint, width }: Terminal): readonly string[] => {
  const { searches } = report;
  const models = [...new Set(searches.map(({ model }) => model))];
  const never = models.flatMap((model) => {
    const own = searches.filter((search) => search.model === model);
    const actions = new Set(own.flatMap((search) => Object.keys(search.actions)));
    const idle = [...actions].filter((action) =>
      own.every((search) => (search.actions[action]?.enabled ?? 0) === 0),
    );
    return idle.map((action) => `action ${action} of model ${model} was possible in no search of this run`);
  });
  const each = searches.flatMap(({ claims, reduced, warnings }) => {
    const how = reduced === undefined ? [] : [reducedWords(reduced)];
    return [...how, ...warnings].map((note) => `${claims.join(', ')}: ${note}`);
  });
  const growing = searches.flatMap(({ claims, model, warnings }) =>
    warnings.filter(isGrowthWarning).map((warning) => `${claims[0] ?? model}: ${warning}`),
  );
  const notes = verbose ? each : [...growing, ...never];
  if (notes.length === 0) return [];
  return [...notes.flatMap((note) => hanging('note     ', note, width)).map((line) => paint.dim(line)), ''];
};

/** In how many searches each reduction that was asked for was at work: what is counted is what they left. */
const reducedNote = ({ run, searches }: Report): string => {
  if (run.reduce === undefined) return '';
  const parts = run.reduce.map((kind) => {
    const those = searches.filter(({ reduced = [] }) =>
      reduced.some((one) => one.kind === kind && (one.kind === 'symmetry' || one.reduced > 0)),
    );
    return `${kind} in ${those.length}`;
  });
  return ` (reduced: ${parts.join(', ')})`;
};

const summaryLines = ({ report, folder }: Shown, { paint }: Terminal): readonly string[] => {
  const { claims, searches, run, timing } = report;
  const odd = claims.filter(({ asExpected }) => !asExpected).length;
  const kinds = (['holds', 'violated', 'unresolved', 'vacuous'] as const).flatMap((kind) => {
    const number = claims.filter(({ verdict }) => verdict === kind).length;
    if (number === 0) return [];
    return kind === 'holds' ? `${number} hold${number === 1 ? 's' : ''}` : `${number} ${kind}`;
  });
  const states = searches.reduce((sum, search) => sum + search.states, 0);
  // At most the sum over all searches is the probability that some search missed one.
  const missed = Math.min(
    1,
    searches.reduce((sum, { missedAtMost = 0 }) => sum + missedAtMost, 0),
  );
  // What was small enough to look at one by one needs no explanation.
  const chosen = searches.flatMap(({ because = [], claims: [first = ''] }) =>
    because.length < 2 ? [] : [paint.dim(`${first}: ${because.join('; ')}`)],
  );
  const result = odd === 0 ? paint.green('all as expected') : paint.red(`${odd} not as expected`);
  const stem = reportStem(run);
  const work = `${counted(states, 'state')}${run.engine === 'random' ? ' visited' : ''} in ${searches.length} ${searches.length === 1 ? 'search' : 'searches'}${reducedNote(report)}`;
  return [
    ...(run.interrupted ? [paint.yellow('Interrupted: what was not decided is unresolved.')] : []),
    `${paint.bold(counted(claims.length, 'claim'))}: ${result} (${kinds.join(', ')})`,
    ...(missed === 0 ? [] : [paint.yellow(`states told apart ${missedWords({ missedAtMost: missed })}`)]),
    ...chosen,
    paint.dim(`${work}, ${(timing.durationMs / 1000).toFixed(1)} s, ${run.engine}, seed ${run.seed}`),
    paint.dim(`report: ${join(folder, `${stem}.md`)}, ${join(folder, `${stem}.json`)}`),
  ];
};

/** What `verify` prints: every claim, the attacks, what was to be shown, what is not as expected, and the sum. */
export const verifyText = (shown: Shown, terminal: Terminal): string => {
  const parts = shown.quiet
    ? [...unexpectedLines(shown, terminal), ...summaryLines(shown, terminal)]
    : [
        ...tableLines(shown, terminal),
        ...attackLines(shown, terminal),
        ...witnessLines(shown, terminal),
        ...unexpectedLines(shown, terminal),
        ...healthLines(shown, terminal),
        ...summaryLines(shown, terminal),
      ];
  return `${parts.join('\n')}\n`;
};
