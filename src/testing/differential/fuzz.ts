import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchMessage } from './batch.ts';
import { runBatch } from './child.ts';
import { modelOf } from './models/model.ts';
import { textOf } from './models/term.ts';
import type { Bounds } from './oracle/reached.ts';
import { fileOf, type Finding } from './written.ts';

/** The options of a run of fuzzing. */
export interface FuzzOptions {
  /** The seed of the first model; the others follow it. */
  readonly seed: number;
  readonly models: number;
  readonly bounds: Bounds;
  /** The engines to ask; none for all of them in turn. */
  readonly engines: readonly string[];
  /** The number of processes to use. */
  readonly jobs: number;
  /** The longest time, in milliseconds, that nothing may be heard of one model. */
  readonly limitMs: number;
  /** The folder in which disagreements are written, and how far the run is. */
  readonly folder: string;
  readonly onProgress?: (progress: Progress) => void;
}

/** The results of the models that were tried. */
export interface Progress {
  readonly examined: number;
  /** Models with more states than are looked at. */
  readonly large: number;
  readonly states: number;
  /** The number of times that an engine was asked about a model. */
  readonly asked: number;
  /**
   * The seeds of models about which an engine is wrong, or does not answer, each with a line that says so.
   */
  readonly disagreed: { readonly [seed: string]: string };
  /** The batches that are over, by number. */
  readonly batches: readonly number[];
}

const BATCH = 50;
const NOTHING: Progress = { examined: 0, large: 0, states: 0, asked: 0, disagreed: {}, batches: [] };

const write = (path: string, text: string): void => {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
};

const summaryOf = ({ disagreements }: Finding): string =>
  disagreements
    .slice(0, 3)
    .map(({ engine, about, expected, got }) => `${engine}: ${about}: ${got} instead of ${expected}`)
    .join('; ')
    .slice(0, 400);

/** Keeps a run's knowledge, for which a run with other options has no use. */
const keeperOf = ({ folder, seed, models, bounds, engines }: FuzzOptions) => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'progress.json');
  const about = JSON.stringify({ seed, models, bounds, engines });
  const kept = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { about: string; progress: Progress })
    : undefined;
  return {
    start: kept?.about === about ? kept.progress : NOTHING,
    keep: (progress: Progress): void => write(path, JSON.stringify({ about, progress }, undefined, 2)),
  };
};

/** Writes a disagreement as a model, and returns the file's path. */
const writeFinding = (folder: string, finding: Finding, whole: string): void => {
  const path = join(folder, `seed-${finding.seed}${whole}.ts`);
  write(path, fileOf(finding, path));
};

/** Tries some models, and those of them that a process died of, one after the other. */
const runSome = async (
  options: FuzzOptions,
  first: number,
  models: number,
): Promise<Omit<Progress, 'batches'>> => {
  const { bounds, engines, folder, limitMs } = options;
  let [examined, large, states, asked] = [0, 0, 0, 0];
  const disagreed: { [seed: string]: string } = {};
  let at = first - 1;
  let engine = '';
  let isOpen = false;
  const listen = (message: BatchMessage): void => {
    switch (message.kind) {
      case 'model':
        [at, engine, isOpen] = [message.seed, 'plain stepping', true];
        return;
      case 'engine':
        engine = message.engine;
        return;
      case 'shrunk':
        writeFinding(folder, message.finding, '');
        return;
      case 'outcome': {
        const { outcome, seed } = message;
        isOpen = false;
        if (outcome.kind === 'large') {
          large += 1;
          return;
        }
        examined += 1;
        states += outcome.states;
        asked += outcome.asked;
        if (outcome.finding === undefined) return;
        disagreed[seed] = summaryOf(outcome.finding);
        writeFinding(folder, outcome.finding, '-whole');
      }
    }
  };
  while (at + 1 < first + models) {
    const next = at + 1;
    const rest = { first: next, models: first + models - next, bounds, engines };
    const end = await runBatch(rest, limitMs, listen);
    if (end.kind === 'done') break;
    // One that died while a model was made smaller has said what there is to say.
    if (!isOpen) continue;
    if (at < next) throw new Error(end.kind === 'failed' ? end.said : 'a process did not start');
    examined += 1;
    isOpen = false;
    const why = end.kind === 'hung' ? `no answer within ${limitMs} ms` : end.said.trim().slice(0, 300);
    disagreed[at] = `${engine}: ${why}`;
    write(join(folder, `seed-${at}-whole.txt`), `// ${engine}: ${why}\n${textOf(modelOf(at))}\n`);
  }
  return { examined, large, states, asked, disagreed };
};

/** Tries models, in several processes; continues where a run with the same options was stopped. */
export const fuzz = async (options: FuzzOptions): Promise<Progress> => {
  const { jobs, models, seed, onProgress } = options;
  const { start, keep } = keeperOf(options);
  let progress = start;
  const left = Array.from({ length: Math.ceil(models / BATCH) }, (_, batch) => batch).filter(
    (batch) => !start.batches.includes(batch),
  );
  const work = async (): Promise<void> => {
    for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
      const first = batch * BATCH;
      const some = await runSome(options, seed + first, Math.min(BATCH, models - first));
      progress = {
        examined: progress.examined + some.examined,
        large: progress.large + some.large,
        states: progress.states + some.states,
        asked: progress.asked + some.asked,
        disagreed: { ...progress.disagreed, ...some.disagreed },
        batches: [...progress.batches, batch],
      };
      keep(progress);
      onProgress?.(progress);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return progress;
};
