import { Argument, Command } from 'commander';
import { counted } from '../../attack/words.ts';
import { Fault } from '../../model/index.ts';
import { createReplayer, lossWords, type ReplayedAttack } from '../../report/corpus/corpus.ts';
import { corpusEntries } from '../../report/corpus/held-against.ts';
import { jsonText } from '../../report/document.ts';
import type { Limits } from '../../search/result.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { limitsOf, withLimits } from '../options/limit-options.ts';
import { drawn } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lostLines } from './kept.ts';
import { loadWorkspace, type Workspace } from '../workspace/load-config.ts';
import { kindOf } from '../workspace/read-file.ts';
import { addAttacks, type Added } from './add.ts';
import { CORPUS, corpusFolder, readCorpus } from './read-corpus.ts';

interface CorpusOptions extends Limits {
  readonly corpus?: string;
  readonly name?: string;
  readonly json?: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch corpus add reports/latest/verify/attacks       keep every attack of a run
  underwatch corpus add mine.json --name H-DEFER-by-hand    keep one that was found otherwise, as small as can be
  underwatch corpus check                                   does every kept attack still work?

An attack is kept as one file, named by its claim. \`verify\` replays those of its claims before it searches: it tells at once
which do not work any more, ends with 1 then, and takes no verdict that one of them contradicts. A claim that a limit of
states, time or memory leaves open is violated where a kept attack on it works; that it is shortest only a search says.
\`add\` replays an attack first. One that is not known to be shortest loses the steps that it does not need, and gives way to
a shorter one that a search within the limits finds. One that is kept stays, unless it does not work, or is longer.

Exit codes: 0 all of them work, 1 one does not any more, 2 a file cannot be used, 130 interrupted.`;

const addedWords = ({ before, claim, kind, length, path, shortest }: Added): string => {
  const size = `${counted(length, 'step')}${shortest ? ', shortest' : ''}`;
  switch (kind) {
    case 'added':
      return `added    ${path}  ${claim}: ${size}`;
    case 'shorter':
      return `shorter  ${path}  ${claim}: ${before ?? 0} → ${size}`;
    case 'renewed':
      return `renewed  ${path}  ${claim}: ${size}; the one before answered another question, or did not work any more`;
    case 'kept':
      return `kept     ${path}  ${claim}: ${size}, as it was`;
  }
};

const add = async (
  terminal: Terminal,
  { config, models }: Workspace,
  paths: readonly string[],
  options: CorpusOptions,
): Promise<ExitCode> => {
  const { json = false, name } = options;
  const folder = corpusFolder(options.corpus, config);
  let stopped = false;
  const added = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    async (signal) => {
      const all = await addAttacks(paths, name, { folder, models, limits: limitsOf(options), signal });
      stopped = signal.aborted;
      return all;
    },
  );
  const news = added.filter(({ kind }) => kind !== 'kept');
  const lines = [
    ...news.map(addedWords),
    `${counted(added.length, 'attack')}: ${news.length} written, ${added.length - news.length} kept as they were`,
  ];
  terminal.out(json ? jsonText({ added }) : drawn(`${lines.join('\n')}\n`, terminal));
  return stopped ? EXIT.interrupted : EXIT.asExpected;
};

const check = (
  terminal: Terminal,
  { config, models, suites }: Workspace,
  { corpus, json = false }: CorpusOptions,
): ExitCode => {
  const folder = corpusFolder(corpus, config);
  kindOf(folder, 'a folder of attacks, as `underwatch corpus add` makes it');
  const kept: readonly ReplayedAttack[] = readCorpus(folder).map(createReplayer(models));
  const lost = kept.filter((one) => lossWords(one) !== undefined);
  const ids = new Set(suites.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const strange = kept.filter(({ attack }) => !ids.has(attack.claim));
  const entries = corpusEntries(kept, { results: [], searches: [], interrupted: false });
  const lines = [
    ...lostLines(entries, terminal),
    ...strange.map(({ attack, path }) => `note  ${path} is of ${attack.claim}, which no claim is called`),
    `${counted(kept.length, 'kept attack')}: ${lost.length === 0 ? 'all work' : `${kept.length - lost.length} work`}`,
  ];
  terminal.out(json ? jsonText({ corpus: entries }) : drawn(`${lines.join('\n')}\n`, terminal));
  return lost.length === 0 ? EXIT.asExpected : EXIT.unexpected;
};

const misplaced = (where: string, expected: string, got: string, next: string): Fault =>
  new Fault('UW304', { where, expected, got, likely: '`add` was meant, or `check`', next });

const work = async (
  terminal: Terminal,
  what: 'add' | 'check',
  paths: readonly string[],
  options: CorpusOptions,
): Promise<ExitCode> => {
  if (what === 'check' && paths.length > 0)
    throw misplaced('corpus check', 'no file: all that are kept are checked', paths[0] ?? '', 'leave it out');
  if (what === 'add' && paths.length === 0)
    throw misplaced('corpus add', 'attack files, or folders of them', 'none', 'name what to keep');
  if (options.name !== undefined && paths.length !== 1)
    throw misplaced('--name', 'one attack file to add', counted(paths.length, 'file'), 'add them one by one');
  const workspace = await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']);
  return what === 'add' ? add(terminal, workspace, paths, options) : check(terminal, workspace, options);
};

/** `underwatch corpus`: keeps attacks, so that none is lost unnoticed. */
export const corpusCommand = (terminal: Terminal, finish: Finish): Command =>
  withLimits(
    new Command('corpus')
      .description('keep attacks as files that every run replays first')
      .addArgument(
        new Argument('<what>', 'add: keep attacks; check: replay what is kept').choices(['add', 'check']),
      )
      .argument('[files...]', 'for `add`: attack files, or folders of them'),
  )
    .option('--corpus <folder>', `where attacks are kept (default: ${CORPUS} beside the configuration)`)
    .option('--name <name>', 'for `add`: what to call the one attack, instead of by its claim')
    .option('--json', 'print one JSON document and nothing else')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (what: 'add' | 'check', paths: readonly string[], options: CorpusOptions) =>
      finish(await work(terminal, what, paths, options)),
    );
