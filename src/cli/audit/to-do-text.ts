import type { PlatformEntry } from '../../report/report.ts';
import { hasToDo, toDoList, type ToDo } from '../../report/boards/to-do.ts';
import { hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

const stepLines = (
  { parts, closes, or, snippets, checks }: ToDo,
  lead: string,
  terminal: Terminal,
): readonly string[] => {
  const { paint, width } = terminal;
  const below = ' '.repeat(lead.length);
  const detail = (word: string, text: string): readonly string[] =>
    hanging(`${below}${word}  `, text, width).map((line) => paint.dim(line));
  const costs = parts.flatMap((part) => part.costs ?? []);
  return [
    ...parts.flatMap(({ says }, index) => hanging(index === 0 ? lead : `${below}and `, says, width)),
    ...hanging(`${below}closes  `, closes.join(', '), width),
    ...(or.length === 0 ? [] : detail('or    ', or.join('; or '))),
    ...(costs.length === 0 ? [] : detail('costs ', costs.join('; '))),
    ...checks.flatMap((check) => detail('ask   ', `${check}   (not known whether it is so already)`)),
    ...snippets.flatMap((snippet) => detail('try   ', `${snippet}   (untested on this board)`)),
  ];
};

/** Writes the tasks for a board, ahead of all else that is said of it. */
export const toDoLines = (entry: PlatformEntry, terminal: Terminal): readonly string[] => {
  const list = toDoList(entry);
  if (!hasToDo(list)) return [];
  const { paint, width } = terminal;
  const next = entry.findings.find(({ id }) => id === 'NEXT');
  return [
    paint.bold('What to do'),
    ...list.steps.flatMap((step, index) => stepLines(step, `  ${index + 1}  `, terminal)),
    ...(list.together === '' ? [] : hanging('     ', list.together, width)),
    ...list.notToBeHad.flatMap((step) => stepLines(step, '  -  ', terminal)),
    ...(list.open.length === 0
      ? []
      : hanging('  ✗  ', `nothing that was tried closes ${list.open.join(', ')}`, width)),
    ...list.unfit.flatMap(({ id, says }) =>
      hanging('  ✗  ', `${id} is not true of this board: ${says}`, width),
    ),
    ...list.accepted.flatMap(({ id, because }) => hanging('  ·  ', `${id} is by design: ${because}`, width)),
    ...(next === undefined ? [] : hanging('  ?  ', next.says, width)),
    '',
  ];
};
