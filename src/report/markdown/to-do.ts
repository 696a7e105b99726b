import { code, escaped } from './markup.ts';
import type { PlatformEntry } from '../report.ts';
import { hasToDo, toDoList, type ToDo } from '../boards/to-do.ts';

const step = ({ parts, closes, or, snippets, checks }: ToDo, lead: string): readonly string[] => {
  const costs = parts.flatMap((part) => part.costs ?? []);
  return [
    `${lead} **${parts.map(({ says }) => escaped(says)).join('; and ')}**`,
    `   - closes ${closes.map(escaped).join(', ')}`,
    ...(or.length === 0 ? [] : [`   - or ${or.map(escaped).join('; or ')}`]),
    ...(costs.length === 0 ? [] : [`   - costs: ${costs.map(escaped).join('; ')}`]),
    ...checks.map((check) => `   - not known whether it is so already: ${code(check)}`),
    ...snippets.map((snippet) => `   - to try, untested on this board: ${code(snippet)}`),
  ];
};

const bullets = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [...lines.map((line) => `- ${line}`), ''];

/** Writes the tasks for a board in Markdown; nothing where there are none. */
export const toDoMarkdown = (entry: PlatformEntry): readonly string[] => {
  const list = toDoList(entry);
  if (!hasToDo(list)) return [];
  const next = entry.findings.find(({ id }) => id === 'NEXT');
  return [
    '### What to do',
    '',
    ...list.steps.flatMap((one, index) => step(one, `${index + 1}.`)),
    ...(list.steps.length === 0 ? [] : ['']),
    ...(list.together === '' ? [] : [`${escaped(list.together)}.`, '']),
    ...list.notToBeHad.flatMap((one) => step(one, '- not to be had:')),
    ...(list.notToBeHad.length === 0 ? [] : ['']),
    ...bullets([
      ...(list.open.length === 0
        ? []
        : [`nothing that was tried closes ${list.open.map(escaped).join(', ')}`]),
      ...list.unfit.map(({ id, says }) => `${escaped(id)} is not true of this board: ${escaped(says)}`),
      ...list.accepted.map(({ id, because }) => `${escaped(id)} is by design: ${escaped(because)}`),
      ...(next === undefined ? [] : [escaped(next.says)]),
    ]),
  ];
};
