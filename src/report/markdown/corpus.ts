import { counted } from '../../attack/words.ts';
import type { Report } from '../report.ts';
import { code, escaped } from './markup.ts';

/** Writes the kept attacks that do not work any more, and those of which a run found a shorter one. */
export const corpusMarkdown = ({ corpus = [] }: Pick<Report, 'corpus'>): readonly string[] => {
  if (corpus.length === 0) return [];
  const lost = corpus.filter(({ outcome }) => outcome !== 'works');
  const shorter = corpus.filter((one) => one.shorter !== undefined);
  return [
    `${lost.length === 0 ? '' : '**'}${counted(corpus.length, 'kept attack')} replayed before the search: ${lost.length === 0 ? 'all work' : `${lost.length} of them not any more**`}.`,
    '',
    ...lost.map(
      ({ because = '', claim, file }) => `- **${escaped(claim)}** (${code(file)}): ${escaped(because)}`,
    ),
    ...shorter.map(
      ({ claim, file, length, shorter: found = length }) =>
        `- ${escaped(claim)}: the run found ${counted(found, 'step')}, and ${code(file)} has ${length}`,
    ),
    ...(lost.length + shorter.length === 0 ? [] : ['']),
  ];
};
