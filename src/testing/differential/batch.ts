// A process of its own that examines models, since one of them may never end: `batch.ts OPTIONS`, a line of
// JSON for each thing that it has to tell.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIGURATIONS } from './engines/configurations.ts';
import { DEFECTS } from './engines/defects.ts';
import { examine, examineText, shrunk, type Examination, type Outcome } from './examine.ts';
import type { Bounds } from './oracle/reached.ts';
import type { Finding } from './written.ts';

/** The task of a batch. */
export interface BatchOptions {
  readonly first: number;
  readonly models: number;
  readonly bounds: Bounds;
  /** The engines to ask; none for all of them in turn. */
  readonly engines: readonly string[];
  /** The text of one model to examine, instead of those made from seeds. */
  readonly text?: string;
}

/** The messages of a batch. */
export type BatchMessage =
  | { readonly kind: 'model'; readonly seed: number }
  | { readonly kind: 'engine'; readonly engine: string }
  | { readonly kind: 'outcome'; readonly seed: number; readonly outcome: Outcome }
  | { readonly kind: 'shrunk'; readonly finding: Finding };

const tell = (message: BatchMessage): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`);
};

const work = async ({ first, models, bounds, engines, text }: BatchOptions): Promise<void> => {
  const workplace = mkdtempSync(join(tmpdir(), 'underwatch-fuzz-'));
  const chosen =
    engines.length === 0
      ? CONFIGURATIONS
      : [...CONFIGURATIONS, ...DEFECTS]
          .filter(({ id }) => engines.includes(id))
          .map((engine) => ({ ...engine, onceIn: 1 }));
  const examination: Examination = {
    bounds,
    engines: chosen,
    workplace,
    onEngine: (engine) => tell({ kind: 'engine', engine }),
  };
  try {
    for (let seed = first; seed < first + models; seed += 1) {
      tell({ kind: 'model', seed });
      const outcome = await (text === undefined
        ? examine(seed, examination)
        : examineText(text, seed, examination));
      tell({ kind: 'outcome', seed, outcome });
      if (text !== undefined || outcome.kind === 'large' || outcome.finding === undefined) continue;
      tell({ kind: 'shrunk', finding: await shrunk(outcome.finding, examination) });
    }
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
};

await work(JSON.parse(process.argv[2]!) as BatchOptions);
