import { byName, canonical, type System } from '../../model/index.ts';
import { shownIn } from '../../model/shown.ts';
import type { ActionCensus, Census, FieldCensus } from '../../search/exhaustive/census.ts';
import { counted } from '../../attack/words.ts';
import { columns, columnsWithText, hanging, type Cell } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

const number = (value: number): Cell => ({ text: value.toLocaleString('en-US'), align: 'right' });
const heading = (texts: readonly string[], { paint }: Terminal): readonly Cell[] =>
  texts.map((text, at) => ({ text, paint: paint.dim, align: at === 0 ? 'left' : 'right' }));
const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));

const scenarioText = ({ scenario }: System): string => {
  const { without, capabilities, parameters } = scenario;
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  const own = Object.keys(parameters).length === 0 ? 'as the model has them' : canonical(byName(parameters));
  return `defences off: ${list(without)}; capabilities: ${list(capabilities)}; parameters: ${own}`;
};

// With fewer states most of the memory is room for more.
const WORTH_DIVIDING = 10_000;

const totalLines = (census: Census, { paint, width }: Terminal): readonly string[] => {
  const { bitsPerState, bound, bytes, complete, depth, states, transitions, trieNodes, userRuns } = census;
  const reach = `${counted(states, 'state')}, ${counted(transitions, 'transition')}, depth ${depth}`;
  const size = states < WORTH_DIVIDING ? '' : `, ${Math.round(bytes / states)} bytes of memory each`;
  const texts = [
    `${reach}: ${complete ? 'all that can be reached' : 'seen so far'}`,
    `learned by ${counted(userRuns, 'run')} of the model's functions, kept in ${counted(trieNodes, 'node')} of tries`,
    `a state is ${counted(bitsPerState, 'bit')} in ${counted(census.wordsPerState, 'word')}${size}`,
  ];
  const limited = `The limit ${bound ?? ''} ended the search: all of this is what was seen so far.`;
  return [
    ...texts.flatMap((text) => hanging('  ', text, width)),
    ...(bound === undefined ? [] : hanging('  ', limited, width).map((line) => paint.yellow(line))),
    '',
  ];
};

const SHORT = 16;
const exampleText = ({ examples, values, whole }: FieldCensus): string => {
  const texts = examples.map((value) => {
    const text = canonical(value);
    return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text;
  });
  const shown = texts.slice(0, whole ? 3 : texts.length);
  return [...shown, ...(values > shown.length ? ['…'] : [])].join(' ');
};

const fieldLines = ({ fields, groups }: Census, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const rows = fields.map((field) => ({
    cells: [
      { text: `  ${field.path}` },
      number(field.values),
      number(field.bits),
      { text: field.group === undefined ? '' : String(field.group), align: 'right' as const },
    ],
    text: `${field.whole ? '(one value) ' : ''}${exampleText(field)}`,
  }));
  const head = { cells: heading(['  field', 'values', 'bits', 'group'], terminal), text: 'values' };
  const places = groups.map(
    ({ word, shift, bits }, at) => `${at}: word ${word}, ${counted(bits, 'bit')} from ${shift}`,
  );
  return [
    paint.bold('Fields'),
    ...columnsWithText([head, ...rows], width),
    ...hanging(
      '  ',
      'One value: a part whose shape changes is stored and compared as a whole.',
      width,
    ).filter(() => fields.some(({ whole }) => whole)),
    ...hanging('  groups are looked up together  ', places.join('; '), width),
    '',
  ];
};

const actionLines = ({ actions }: Census, terminal: Terminal): readonly string[] => [
  terminal.paint.bold('Actions'),
  ...columns([
    heading(['  action', 'no.', 'instances', 'possible', 'effective', 'effects', 'runs', 'nodes'], terminal),
    ...actions.map((action, at) => [
      { text: `  ${action.id}` },
      number(at + 1),
      number(action.instances),
      number(action.enabled),
      number(action.effective),
      number(action.effects),
      number(action.userRuns),
      number(action.trieNodes),
    ]),
  ]),
  '',
];

const markOf = ({ reads, writes }: ActionCensus, path: string): string => {
  const read = reads.includes(path);
  if (writes.includes(path)) return read ? 'X' : 'W';
  return read ? 'R' : '·';
};

/**
 * Writes fields by actions, whose numbers are read from top to bottom; undefined where it is wider than the
 * screen.
 */
const matrixLines = (
  { actions, fields }: Census,
  { paint, width }: Terminal,
): readonly string[] | undefined => {
  const longest = Math.max(0, ...fields.map(({ path }) => path.length));
  const line = (lead: string, marks: readonly string[]): string =>
    `  ${lead.padEnd(longest)}  ${marks.join(' ')}`;
  if (
    line(
      '',
      actions.map(() => ' '),
    ).length > width
  )
    return undefined;
  const numbers = actions.map((_, at) => String(at + 1));
  const digits = Math.max(0, ...numbers.map(({ length }) => length));
  const heads = Array.from({ length: digits }, (_, digit) =>
    paint.dim(
      line(
        '',
        numbers.map((one) => one.padStart(digits).charAt(digit)),
      ).trimEnd(),
    ),
  );
  return [
    ...heads,
    ...fields.map(({ path }) =>
      line(
        path,
        actions.map((action) => markOf(action, path)),
      ),
    ),
  ];
};

const dependencyLines = (census: Census, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const matrix = matrixLines(census, terminal);
  const lists = census.actions.flatMap(({ id, reads, writes }) => [
    `  ${id}`,
    ...hanging('    reads   ', listed(reads), width),
    ...hanging('    writes  ', listed(writes), width),
  ]);
  return [
    `${paint.bold('Reads and writes')}${matrix === undefined ? '' : paint.dim('  R read, W written, X both; actions by number')}`,
    ...(matrix ?? lists),
    '',
  ];
};

const invariantLines = ({ invariants }: Census, { paint, width }: Terminal): readonly string[] => {
  if (invariants.length === 0) return [];
  const rows = invariants.map(({ id, kind, reads, readsAfter, userRuns }) => ({
    cells: [{ text: `  ${id}` }, { text: kind, paint: paint.dim }, number(userRuns)],
    text: `${listed(reads)}${readsAfter === undefined ? '' : `; after the step ${listed(readsAfter)}`}`,
  }));
  const head = { cells: [{ text: '  invariant' }, { text: 'kind' }, { text: 'runs' }], text: 'reads' };
  const painted = { ...head, cells: head.cells.map((cell) => ({ ...cell, paint: paint.dim })) };
  return [paint.bold('Invariants'), ...columnsWithText([painted, ...rows], width), ''];
};

const noteLines = (census: Census, { paint, width }: Terminal): readonly string[] => {
  const { complete, fused, neverPossible, unread, warnings } = census;
  const seen = complete ? '' : ' so far';
  const note = (lead: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : hanging(`  ${lead}  `, names.join(', '), width);
  const lines = [
    ...note(`read by nobody${seen}`, unread),
    ...note(`never possible${seen}`, neverPossible),
    ...[...fused.actions, ...fused.invariants].flatMap((names) => note('answered together', names)),
    // Those about actions are told above.
    ...warnings
      .filter((warning) => !neverPossible.some((id) => warning.startsWith(`action ${id} `)))
      .flatMap((warning) => hanging('  warning  ', warning, width).map((line) => paint.yellow(line))),
  ];
  return lines.length === 0 ? [] : [paint.bold('Notes'), ...lines, ''];
};

/** Writes the output of `explain --space`. */
export const explainText = (system: System, found: Census, terminal: Terminal): string => {
  const census = shownIn(found);
  const { id } = system.model;
  const lines = [
    ...hanging(`${terminal.paint.bold(id)}  `, scenarioText(system), terminal.width, id.length + 2),
    ...totalLines(census, terminal),
    ...fieldLines(census, terminal),
    ...actionLines(census, terminal),
    ...dependencyLines(census, terminal),
    ...invariantLines(census, terminal),
    ...noteLines(census, terminal),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
