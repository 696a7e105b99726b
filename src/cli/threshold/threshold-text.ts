import { match } from 'ts-pattern';
import type { Flip, Probe, Threshold } from '../../defence/threshold.ts';
import { counted } from '../../attack/words.ts';
import { columns, hanging, type Cell } from '../terminal/layout.ts';
import { storyLines } from '../terminal/story.ts';
import type { Terminal } from '../terminal/terminal.ts';

const grouped = (value: number): string => value.toLocaleString('en-US');

const verdictWords = ({ attack, bound, verdict }: Probe): string =>
  match(verdict)
    .with('holds', () => 'holds')
    .with('violated', () =>
      attack === undefined ? 'violated' : `violated in ${counted(attack.length, 'step')}`,
    )
    .with('vacuous', () => 'vacuous')
    .with('unresolved', () => `unresolved: ${bound ?? 'unknown'}`)
    .exhaustive();

const paintOf = ({ verdict }: Probe, { paint }: Terminal): ((text: string) => string) =>
  match(verdict)
    .with('holds', () => paint.green)
    .with('violated', () => paint.red)
    .with('vacuous', 'unresolved', () => paint.yellow)
    .exhaustive();

const probeRow = (probe: Probe, terminal: Terminal): readonly Cell[] => [
  { text: `  ${grouped(probe.value)}`, align: 'right' },
  { text: verdictWords(probe), paint: paintOf(probe, terminal) },
  { text: counted(probe.states, 'state'), align: 'right' },
];

/** Returns the values that say most: both ends, and both sides of every flip. */
const telling = ({ flips, probes, undecided }: Threshold): readonly Probe[] =>
  probes.filter(
    (probe, index) =>
      index === 0 ||
      index === probes.length - 1 ||
      probe === undecided ||
      flips.some(({ above, below }) => probe === above || probe === below),
  );

/** Says in a sentence what the answer rests on. */
const restsOn = ({ everyValue, flips, probes, values }: Threshold): string => {
  if (everyValue) return `All ${grouped(values)} values were searched.`;
  const how = flips.length === 0 ? '' : ', those on the way to a flip among them';
  return `${grouped(probes.length)} of ${grouped(values)} values were searched${how}; between two neighbours of these that agree nothing was looked at.`;
};

const flipWords = (parameter: string, { above, below }: Flip): string =>
  `${parameter} ${grouped(below.value)} ${verdictWords(below)}, ${grouped(above.value)} ${verdictWords(above)}`;

const summary = (threshold: Threshold): string => {
  const { flips, probes, question, undecided } = threshold;
  if (undecided !== undefined)
    return `Not decided: at ${question.parameter} = ${grouped(undecided.value)} the limit ${undecided.bound ?? ''} ended the search.`;
  if (flips.length === 0)
    return `No flip: every value that was searched ${probes[0] === undefined ? '' : verdictWords(probes[0])}.`;
  return `The verdict flips ${flips.length === 1 ? 'once' : `${grouped(flips.length)} times`}: ${flips.map((flip) => flipWords(question.parameter, flip)).join('; ')}.`;
};

/** Writes the attack on the side of a flip that has one. */
const stories = ({ flips, question }: Threshold, terminal: Terminal): readonly string[] =>
  flips.flatMap(({ above, below }) =>
    [below, above].flatMap((probe) => {
      if (probe.attack === undefined) return [];
      const lead = `${question.parameter} = ${grouped(probe.value)}: ${counted(probe.attack.length, 'step')}${probe.attack.shortest ? ', no shorter one exists' : ''}`;
      return ['', terminal.paint.bold(lead), ...storyLines(probe.attack, terminal, false)];
    }),
  );

/** Writes the output of `threshold`. */
export const thresholdText = (threshold: Threshold, subject: string, terminal: Terminal): string => {
  const { from, invariant, model, parameter, to } = threshold.question;
  const about = `${invariant} of ${model.id}, as ${parameter} goes from ${grouped(from)} to ${grouped(to)}`;
  const lines = [
    ...hanging(`${terminal.paint.bold(subject)}  `, about, terminal.width, subject.length + 2),
    ...columns(telling(threshold).map((probe) => probeRow(probe, terminal))),
    ...hanging('', summary(threshold), terminal.width),
    ...hanging('', restsOn(threshold), terminal.width).map((line) => terminal.paint.dim(line)),
    ...stories(threshold, terminal),
  ];
  return `${lines.join('\n')}\n`;
};

const probeData = ({ attack, ...probe }: Probe): object => ({
  ...probe,
  ...(attack === undefined ? {} : { attack }),
});

/** Makes the same as data. Attacks stand beside the flips only: those in between say nothing more. */
export const thresholdData = ({
  everyValue,
  flips,
  probes,
  question,
  undecided,
  values,
}: Threshold): object => ({
  model: question.model.id,
  invariant: question.invariant,
  scenario: question.scenario,
  parameter: question.parameter,
  from: question.from,
  to: question.to,
  values,
  everyValue,
  probes: probes.map(({ attack, ...probe }) => ({
    ...probe,
    ...(attack === undefined ? {} : { length: attack.length, shortest: attack.shortest }),
  })),
  flips: flips.map(({ above, below }) => ({ below: probeData(below), above: probeData(above) })),
  ...(undecided === undefined ? {} : { undecided: undecided.value }),
});
