import type { Claim } from '../../claim/claim.ts';
import { createReplayer, lossWords, type ReplayedAttack } from '../../report/corpus/corpus.ts';
import { counted } from '../../attack/words.ts';
import type { CorpusEntry } from '../../report/report.ts';
import { hasCorpus, readCorpus } from './read-corpus.ts';
import { commandLine } from '../../report/command-line.ts';
import { hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Workspace } from '../workspace/load-config.ts';
import { markOf, paintOf } from '../../report/status/marks.ts';

/**
 * Replays the attacks that are kept in `folder` against these claims; where `isAll`, also those against
 * claims that no longer exist. Undefined where there is no such folder. Throws UW301 and UW501 for files that
 * cannot be used.
 */
export const replayKept = (
  folder: string,
  { models, suites }: Pick<Workspace, 'models' | 'suites'>,
  claims: readonly Claim[],
  isAll: boolean,
): readonly ReplayedAttack[] | undefined => {
  if (!hasCorpus(folder)) return undefined;
  const wanted = new Set(claims.map(({ id }) => id));
  const known = new Set(suites.flatMap((suite) => suite.claims.map(({ id }) => id)));
  return readCorpus(folder)
    .filter(({ attack }) => wanted.has(attack.claim) || (isAll && !known.has(attack.claim)))
    .map(createReplayer(models));
};

/** Reports at once, before anything is searched, which kept attacks do not work any more. */
export const tellLost = (kept: readonly ReplayedAttack[], { err }: Pick<Terminal, 'err'>): void => {
  const lost = kept.filter((one) => lossWords(one) !== undefined);
  if (lost.length === 0) return;
  const [first] = lost;
  const which = lost.length === 1 ? 'does not work' : `and ${counted(lost.length - 1, 'other')} do not work`;
  err(`before the search: of ${counted(kept.length, 'kept attack')}, ${first?.path} ${which} any more\n`);
};

/** Whether a run lost an attack that the project keeps. */
export const hasLost = (corpus: readonly CorpusEntry[] = []): boolean =>
  corpus.some(({ outcome }) => outcome !== 'works');

/** Writes the kept attacks that do not work any more, each with the reason. */
export const lostLines = (
  corpus: readonly CorpusEntry[] | undefined,
  terminal: Terminal,
): readonly string[] => {
  const { paint, width } = terminal;
  const lost = (corpus ?? []).filter(({ outcome }) => outcome !== 'works');
  if (lost.length === 0) return [];
  return [
    paint.bold(paint.red('Kept attacks that do not work any more')),
    ...lost.flatMap(({ because = '', claim, file, length }) => [
      ...hanging(
        `  ${paintOf('broken-proof', terminal)(markOf('broken-proof', terminal))} `,
        `${claim}, ${counted(length, 'step')}: ${because}`,
        width,
        4,
      ),
      `      ${commandLine('replay', file)}`,
    ]),
    '',
  ];
};

/** Writes what was replayed first, and where the run found shorter attacks than are kept. */
export const corpusLines = (
  corpus: readonly CorpusEntry[] | undefined,
  folder: string,
  { paint, width }: Terminal,
): readonly string[] => {
  if (corpus === undefined || corpus.length === 0) return [];
  const shorter = corpus.filter((one) => one.shorter !== undefined);
  const working = corpus.filter(({ outcome }) => outcome === 'works').length;
  const works = working === corpus.length ? 'all work' : `${working} of ${corpus.length} work`;
  return [
    paint.dim(`${counted(corpus.length, 'kept attack')} replayed before the search: ${works}`),
    ...(shorter.length === 0
      ? []
      : hanging(
          '',
          `shorter than kept: ${shorter.map(({ claim, length, shorter: found }) => `${claim} (${length} → ${found})`).join(', ')}; ${commandLine('corpus', 'add', `${folder}/attacks`)} keeps these`,
          width,
        )),
  ];
};
