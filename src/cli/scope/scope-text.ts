import { counted } from '../../attack/words.ts';
import type { ScopeReport } from '../../claim/scope/scope.ts';
import type { Trial } from '../../claim/scope/trial.ts';
import { hanging } from '../terminal/layout.ts';
import { storyLines } from '../terminal/story.ts';
import type { Terminal } from '../terminal/terminal.ts';

const grouped = (value: number): string => value.toLocaleString('en-US');

const nameOf = ({ parts }: Trial): string => parts.join(' and ');

const withOutcome = (trials: readonly Trial[], outcome: Trial['outcome']): readonly Trial[] =>
  trials.filter((trial) => trial.outcome === outcome);

const statesIn = (trials: readonly Trial[]): number =>
  trials.reduce((most, { states = 0 }) => Math.max(most, states), 0);

const verdictWords = ({ attack, states = 0, verdict }: Trial): string =>
  `${verdict}${attack === undefined ? '' : ` in ${counted(attack.length, 'step')}`}, ${counted(states, 'state')}`;

/** Says in a sentence whether the scope hides anything. */
const resultOf = ({ claim, interrupted, pairs, stale, trials, verdict }: ScopeReport): string => {
  const all = [...trials, ...pairs];
  const hidden = withOutcome(all, 'changes').filter(({ leftOut }) => leftOut === undefined);
  const undecided = withOutcome(all, 'undecided').filter(({ leftOut }) => leftOut === undefined);
  if (interrupted) return 'stopped: only a part was tried';
  if (verdict !== claim.expect)
    return `${verdict}, and not ${claim.expect} as expected: what is outside comes after that`;
  const parts = [
    hidden.length === 0
      ? []
      : [
          `${counted(hidden.length, 'thing')} outside its scope, and not named, ${hidden.length === 1 ? 'changes' : 'change'} it`,
        ],
    undecided.length === 0 ? [] : [`${undecided.length} undecided within the limits`],
    stale.length === 0 ? [] : [`${stale.length} named in vain: ${stale.join(', ')}`],
  ].flat();
  const named = withOutcome(all, 'changes').length;
  if (parts.length > 0) return parts.join('; ');
  return `nothing outside its scope that was tried changes it${named === 0 ? '' : `, but the ${named} that it names`}`;
};

const changing = (trials: readonly Trial[], terminal: Terminal): readonly string[] =>
  withOutcome(trials, 'changes').flatMap((trial) => {
    const { attack, leftOut } = trial;
    const mark = leftOut === undefined ? terminal.paint.red('✗') : '·';
    return [
      ...hanging(`  ${mark} `, `${nameOf(trial)}: ${verdictWords(trial)}`, terminal.width, 4),
      ...(leftOut === undefined
        ? attack === undefined
          ? []
          : storyLines(attack, terminal, false)
        : hanging('      left out: ', leftOut, terminal.width)),
    ];
  });

const listed = (lead: string, trials: readonly Trial[], { width }: Terminal): readonly string[] =>
  trials.length === 0
    ? []
    : hanging(`  ${lead} (${trials.length}): `, trials.map(nameOf).join(', '), width, 4);

const because = (lead: string, trials: readonly Trial[], { width }: Terminal): readonly string[] =>
  trials.flatMap((trial) =>
    hanging(
      `  ${lead}: `,
      `${nameOf(trial)}, ${trial.leftOut ?? trial.because ?? trial.bound ?? ''}`,
      width,
      4,
    ),
  );

/**
 * Writes the output of `scope` about a claim: the result, what changes the verdict, what does not, what was
 * not tried.
 */
export const scopeText = (report: ScopeReport, terminal: Terminal): string => {
  const { claim, pairs, pairsProved, sound, states, trials, verdict } = report;
  const { paint, width } = terminal;
  const same = withOutcome(trials, 'same');
  const irrelevant = withOutcome(trials, 'irrelevant');
  const lines = [
    ...hanging(
      `${sound ? paint.green('✓') : paint.red('✗')} ${paint.bold(claim.id)}  `,
      `${verdict}, ${counted(states, 'state')}; ${resultOf(report)}`,
      width,
      claim.id.length + 4,
    ),
    ...changing([...trials, ...pairs], terminal),
    ...listed('irrelevant by proof, together and in any combination', irrelevant, terminal),
    ...listed(`tried, the same, ${grouped(statesIn(same))} states at most`, same, terminal),
    ...listed('rests on', withOutcome(trials, 'rests on'), terminal),
    ...(pairs.length + pairsProved === 0
      ? []
      : hanging('  ', `pairs: ${grouped(pairs.length)} tried, ${grouped(pairsProved)} proved`, width, 4)),
    ...because('undecided', withOutcome([...trials, ...pairs], 'undecided'), terminal),
    ...because('not tried', withOutcome(trials, 'untried'), terminal),
  ];
  return `${lines.join('\n')}\n`;
};

/** Makes the same as data. */
export const scopeData = ({ claim, ...report }: ScopeReport): object => ({
  id: claim.id,
  model: claim.model.id,
  invariant: claim.invariant,
  expected: claim.expect,
  ...report,
});
