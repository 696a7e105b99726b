import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Fate } from './examine.ts';
import { changeOf, type Mutant } from './mutant.ts';

/**
 * The explanation of why a mutant survives: a line of text of its file, whatever its number is now, and the
 * change.
 */
export interface Explanation {
  readonly file: string;
  readonly line: string;
  readonly change: string;
  /** `equivalent`: nothing that is claimed could tell; `waiting`: a claim could, and is not there. */
  readonly kind: 'equivalent' | 'waiting';
  readonly why: string;
}

const explanation: z.ZodType<Explanation> = z.strictObject({
  file: z.string(),
  line: z.string(),
  change: z.string(),
  kind: z.enum(['equivalent', 'waiting']),
  why: z.string(),
});

/** Reads the explanations of survivors from a file that people write. */
export const readExplanations = (path: string): readonly Explanation[] =>
  existsSync(path) ? z.array(explanation).parse(JSON.parse(readFileSync(path, 'utf8'))) : [];

/** The outcome of a mutant; `unreached`: no claim runs the code that it changes. */
export type Outcome = Fate | { readonly kind: 'unreached' };

/** A mutant that no claim noticed. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly change: string;
  readonly outcome: 'survived' | 'unreached';
  readonly kind: Explanation['kind'] | 'unexplained';
  readonly why: string;
}

/** The score of the files of one folder. */
export interface Score {
  readonly model: string;
  readonly seed: number;
  /** The number of mutants, and of those that were tried. */
  readonly mutants: number;
  readonly tried: number;
  readonly killed: number;
  readonly outgrown: number;
  readonly hung: number;
  readonly survived: number;
  readonly equivalent: number;
  /** The score: of the mutants that are not equivalent, those that were noticed, in per cent. */
  readonly scorePercent: number;
  readonly survivors: readonly Survivor[];
}

const lineAt = (text: string, line: number): string => text.split('\n')[line - 1]!.trim();

/** Makes the entry of a mutant that survived, as the report shows it. */
const survivorOf = (
  mutant: Mutant,
  outcome: Survivor['outcome'],
  text: string,
  explanations: readonly Explanation[],
): Survivor => {
  const { file, line } = mutant;
  const change = changeOf(text, mutant);
  const shown = lineAt(text, line);
  const known = explanations.find((one) => one.file === file && one.line === shown && one.change === change);
  return {
    file,
    line,
    text: shown,
    change,
    outcome,
    kind: known?.kind ?? 'unexplained',
    why: known?.why ?? '',
  };
};

/** Returns the score that outcomes give. */
export const scoreOf = (
  model: string,
  seed: number,
  mutants: number,
  outcomes: readonly { readonly mutant: Mutant; readonly outcome: Outcome }[],
  textOf: (file: string) => string,
  explanations: readonly Explanation[],
): Score => {
  const count = (kind: Outcome['kind']): number =>
    outcomes.filter(({ outcome }) => outcome.kind === kind).length;
  const survivors = outcomes.flatMap(({ mutant, outcome }) =>
    outcome.kind === 'survived' || outcome.kind === 'unreached'
      ? [survivorOf(mutant, outcome.kind, textOf(mutant.file), explanations)]
      : [],
  );
  const equivalent = survivors.filter(({ kind }) => kind === 'equivalent').length;
  const noticed = outcomes.length - survivors.length;
  const possible = outcomes.length - equivalent;
  return {
    model,
    seed,
    mutants,
    tried: outcomes.length,
    killed: count('killed'),
    outgrown: count('outgrown'),
    hung: count('hung'),
    survived: survivors.length,
    equivalent,
    scorePercent: possible === 0 ? 100 : Math.floor((1000 * noticed) / possible) / 10,
    survivors,
  };
};

/** Writes `value` so that a reader finds the old file or the new one, whole. */
export const writeWhole = (path: string, value: unknown): void => {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(part, path);
};

/** Writes the scores in a report, by model; those of `scores` go before those of an earlier run. */
export const writeScores = (path: string, scores: readonly Score[]): void => {
  const before = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { readonly models: readonly Score[] }).models
    : [];
  const models = new Map([...before, ...scores].map((score) => [score.model, score]));
  writeWhole(path, {
    models: [...models.values()].toSorted((a, b) => (a.model < b.model ? -1 : 1)),
  });
};
