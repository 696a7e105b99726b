import type { Attack } from '../../attack/attack.ts';
import { storyOf } from '../../attack/story.ts';
import { lengthWords } from '../../attack/words.ts';
import type { AttackFile } from '../attack-file.ts';
import { attackPath } from '../paths.ts';
import { targetOf } from '../mermaid.ts';
import type { PlaceEntry, SourcesEntry } from '../report.ts';
import type { PageAttack, PageStep } from './data.ts';
import type { Numbered } from './numbered.ts';

/** Writes a line of a source file as text. */
export const placeText = ({ file, line }: PlaceEntry): string => `${file}:${line}`;

/** Makes the path that the page plays; `of` is the name of its own file. */
export const pageAttack = (
  attack: Attack,
  of: string,
  kind: AttackFile['kind'],
  {
    sources,
    steps: table,
  }: { readonly sources: SourcesEntry | undefined; readonly steps: Numbered<PageStep> },
): PageAttack => {
  const steps = attack.steps.map((step): PageStep => {
    const { action, actor, changes, choices, text } = step;
    const place = sources?.actions[action]?.effect;
    return {
      from: actor,
      to: targetOf(step),
      text,
      action,
      choices,
      changes,
      ...(place === undefined ? {} : { place: placeText(place) }),
    };
  });
  const remarks = storyOf(attack).flatMap((line) => (line.kind === 'remark' ? [line.text] : []));
  return {
    words: lengthWords(attack),
    initial: attack.initial,
    lanes: [...new Set([...steps.map(({ from }) => from), ...steps.map(({ to }) => to)])],
    steps: steps.map(table.numberOf),
    ...(attack.onward === undefined ? {} : { onward: { stem: attack.length, remarks } }),
    // From the folder of the page, wherever it is kept.
    replay: `npx underwatch replay ${attackPath(of, kind)}`,
  };
};
