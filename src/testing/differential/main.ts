// `npm run fuzz`: generated models, each asked of every engine and held against plain stepping.
// `npm run fuzz -- --help` for options.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { runBatch } from './child.ts';
import { fuzz, type Progress } from './fuzz.ts';
import { modelIn } from './written.ts';

const whole = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is expected');
};

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

interface Options {
  readonly models: number;
  readonly seed: number;
  readonly states: number;
  readonly jobs: number;
  readonly limitMs: number;
  readonly out: string;
  readonly engine: readonly string[];
  readonly file?: string;
}

const told = ({ examined, large, states, asked, disagreed }: Progress): string =>
  `${examined} models, ${states} states, ${asked} answers; ${large} too large; ${Object.keys(disagreed).length} disagreements`;

/** Asks again about the model in a file; returns whether all agree. */
const again = async (file: string, { engine, states, limitMs }: Options): Promise<boolean> => {
  const text = modelIn(readFileSync(file, 'utf8'));
  const seed = Number(/seed (\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  let agree = true;
  const bounds = { states, transitions: 10 * states };
  const end = await runBatch(
    { first: seed, models: 1, bounds, engines: engine, text },
    limitMs,
    (message) => {
      if (message.kind !== 'outcome' || message.outcome.kind === 'large') return;
      for (const { engine: who, about, expected, got } of message.outcome.finding?.disagreements ?? []) {
        agree = false;
        say(`${who}: ${about}\n  expected ${expected}\n  got      ${got}`);
      }
    },
  );
  if (end.kind !== 'done') say(end.kind === 'hung' ? 'no answer' : end.said);
  return agree && end.kind === 'done';
};

const run = async (options: Options): Promise<boolean> => {
  const { engine, file, jobs, limitMs, models, out, seed, states } = options;
  if (file !== undefined) return again(file, options);
  const known = new Set<string>();
  const progress = await fuzz({
    seed,
    models,
    bounds: { states, transitions: 10 * states },
    engines: engine,
    jobs,
    limitMs,
    folder: out,
    onProgress: (now) => {
      say(`${now.batches.length} batches: ${told(now)}`);
      for (const [one, why] of Object.entries(now.disagreed))
        if (!known.has(one)) say(`  seed ${one}: ${why}`);
      for (const one of Object.keys(now.disagreed)) known.add(one);
    },
  });
  say(`seeds ${seed} to ${seed + models - 1}: ${told(progress)}`);
  const seeds = Object.keys(progress.disagreed);
  if (seeds.length > 0) say(`written to ${out}: ${seeds.map((one) => `seed-${one}`).join(' ')}`);
  return seeds.length === 0;
};

const program = new Command('npm run fuzz --')
  .description('asks every engine about generated models, and holds what it says against plain stepping')
  .option('--models <count>', 'how many', whole, 2000)
  .option('--seed <number>', 'of the first; the others follow', whole, 1)
  .option('--states <count>', 'models with more states are left out', whole, 1000)
  .option('--jobs <count>', 'processes', whole, availableParallelism())
  .option('--limit-ms <ms>', 'how long one engine may take for one model', whole, 120_000)
  .option('--out <folder>', 'where disagreements and progress are written', 'reports/latest/fuzz')
  .option('--engine <ids...>', 'these only, for every model', [])
  .option('--file <path>', 'ask about the model in this file again')
  .parse();

process.exitCode = (await run(program.opts<Options>())) ? 0 : 1;
