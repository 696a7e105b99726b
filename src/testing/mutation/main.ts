// `npm run mutants`: small changes of the models, each a defect that some claim should notice.
// `npm run mutants -- --help` for options.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Catalogue } from './catalogue.ts';
import type { Closures, Job } from './child.ts';
import { mutantsOf } from './generate.ts';
import { changeOf, nameOf, type Mutant } from './mutant.ts';
import { sampled, searchesFor, subjectsOf, trialsFor, type Known, type Subject } from './plan.ts';
import { runJobs, type End } from './pool.ts';
import { readExplanations, scoreOf, writeScores, writeWhole, type Outcome, type Score } from './result.ts';

interface Options {
  readonly model: readonly string[];
  readonly sample?: number;
  readonly seed: number;
  readonly jobs: number;
  readonly limitMs: number;
  readonly states: number;
  readonly transitions: number;
  readonly out: string;
  readonly gate?: number;
}

const INDEX = 'properties/index.ts';
const WITHIN = 'models';
const EXPLANATIONS = 'models/survivors.json';
const KEPT = 'reports/latest/mutants';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const read = (file: string): string => readFileSync(file, 'utf8');

interface Project {
  readonly catalogue: Catalogue;
  readonly closures: Closures;
  /** The digest of all that the claims need: what was found out with other texts counts no more. */
  readonly digest: string;
}

const failed = (end: End): Error =>
  new Error(end.kind === 'failed' ? end.said : `no answer: ${JSON.stringify(end).slice(0, 200)}`);

const lookAround = async (root: string, limitMs: number): Promise<Project> => {
  let project: Project | undefined;
  await runJobs([{ kind: 'catalogue', root, index: INDEX }], 1, limitMs, (_, end) => {
    if (end.kind !== 'catalogue') throw failed(end);
    const { catalogue, closures } = end;
    const hash = createHash('sha256');
    for (const file of [...new Set(Object.values(closures).flat())].toSorted())
      hash.update(`${file}\0${read(file)}\0`);
    project = { catalogue, closures, digest: hash.digest('hex') };
  });
  return project!;
};

/** The data that a run keeps for the next one on the same texts. */
interface Kept<T> {
  readonly digest: string;
  readonly found: { [name: string]: T };
}

const kept = <T>(name: string, digest: string): Kept<T> => {
  const path = join(KEPT, name);
  const before = existsSync(path) ? (JSON.parse(read(path)) as Kept<T>) : undefined;
  return before?.digest === digest ? before : { digest, found: {} };
};

const keep = <T>(name: string, what: Kept<T>): void => {
  mkdirSync(KEPT, { recursive: true });
  writeWhole(join(KEPT, name), what);
};

const KEEP_EVERY = 20;

/** Finds what each search that needs the subject runs of it. */
const footprints = async (
  { model, files }: Subject,
  { catalogue, closures, digest }: Project,
  { jobs, limitMs, states }: Options,
  root: string,
): Promise<readonly Known[]> => {
  const searches = searchesFor(catalogue, closures, files);
  const name = `footprints-${model.replaceAll('/', '-')}.json`;
  const known = kept<Known['footprint']>(name, digest);
  const nameOfSearch = ({ suite, claims }: Known['search']): string => `${suite} ${claims.join(' ')}`;
  const open = searches.filter((search) => known.found[nameOfSearch(search)] === undefined);
  say(`${model}: ${searches.length} searches need it`);
  await runJobs(
    open.map((search) => ({ kind: 'cover', root, files, maxStates: states, search })),
    jobs,
    Math.max(limitMs, 600_000),
    (index, end) => {
      if (end.kind !== 'footprint') throw failed(end);
      if (end.footprint.kind === 'unexpected')
        throw new Error(`without any change not as expected: ${nameOfSearch(open[index]!)}`);
      known.found[nameOfSearch(open[index]!)] = end.footprint;
    },
  );
  keep(name, known);
  return searches
    .map((search) => ({ search, footprint: known.found[nameOfSearch(search)]! }))
    .filter(({ footprint }) => footprint.kind === 'decided');
};

const outcomeOf = (end: End): Outcome => {
  if (end.kind === 'fate') return end.fate;
  if (end.kind === 'hung') return { kind: 'hung', by: end.at };
  // Changed code can exhaust a process; whatever else ends one is told here.
  return { kind: 'killed', by: 'the process', because: failed(end).message };
};

const examineAll = async (
  subject: Subject,
  chosen: readonly Mutant[],
  known: readonly Known[],
  { closures, digest }: Project,
  { jobs, limitMs, transitions }: Options,
  root: string,
): Promise<readonly { readonly mutant: Mutant; readonly outcome: Outcome }[]> => {
  const file = `fates-${subject.model.replaceAll('/', '-')}.json`;
  const fates = kept<Outcome>(file, digest);
  const open = chosen.filter((mutant) => fates.found[nameOf(mutant)] === undefined);
  const asked: { readonly mutant: Mutant; readonly job: Job }[] = [];
  for (const mutant of open) {
    const trials = trialsFor(mutant, known, closures, transitions);
    if (trials.length === 0) fates.found[nameOf(mutant)] = { kind: 'unreached' };
    else asked.push({ mutant, job: { kind: 'examine', root, mutant, trials } });
  }
  let ended = 0;
  await runJobs(
    asked.map(({ job }) => job),
    jobs,
    limitMs,
    (index, end) => {
      const { mutant } = asked[index]!;
      const outcome = outcomeOf(end);
      fates.found[nameOf(mutant)] = outcome;
      ended += 1;
      if (outcome.kind !== 'killed')
        say(
          `  ${ended}/${asked.length} ${outcome.kind}: ${mutant.file}:${mutant.line} ${changeOf(read(mutant.file), mutant)}`,
        );
      if (ended % KEEP_EVERY === 0) keep(file, fates);
    },
  );
  keep(file, fates);
  return chosen.map((mutant) => ({ mutant, outcome: fates.found[nameOf(mutant)]! }));
};

const told = ({
  model,
  mutants,
  tried,
  killed,
  outgrown,
  hung,
  survived,
  equivalent,
  scorePercent,
}: Score): string =>
  `${model}: ${scorePercent} % of ${tried} (of ${mutants}); killed ${killed}, outgrown ${outgrown}, hung ${hung}, survived ${survived}, of these equivalent ${equivalent}`;

const run = async (options: Options): Promise<boolean> => {
  const root = process.cwd();
  const { model: wanted, sample, seed, out, gate, limitMs } = options;
  const project = await lookAround(root, limitMs);
  const subjects = subjectsOf(WITHIN, project.closures).filter(
    ({ model }) => wanted.length === 0 || wanted.some((one) => model === one || model.startsWith(`${one}/`)),
  );
  if (subjects.length === 0) throw new Error(`no model is called ${wanted.join(', ')}`);
  const scores: Score[] = [];
  for (const subject of subjects) {
    const mutants = subject.files.flatMap((file) => mutantsOf(file, read(file)));
    const chosen = sampled(mutants, sample, seed);
    const known = await footprints(subject, project, options, root);
    const outcomes = await examineAll(subject, chosen, known, project, options, root);
    const explanations = readExplanations(EXPLANATIONS);
    const score = scoreOf(subject.model, seed, mutants.length, outcomes, read, explanations);
    scores.push(score);
    say(told(score));
    writeScores(out, [score]);
  }
  return gate === undefined || scores.every(({ scorePercent }) => scorePercent >= gate);
};

const whole = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is expected');
};

const program = new Command('npm run mutants --')
  .description('changes the models a little, and sees whether the claims notice')
  .option('--model <folders...>', 'of these folders below models/ only, and of those in them', [])
  .option('--sample <count>', 'so many mutants of each folder; all of them if not given', whole)
  .option('--seed <number>', 'which ones', whole, 1)
  .option('--jobs <count>', 'processes', whole, 2)
  .option('--limit-ms <ms>', 'how long one search may take on a mutant', whole, 60_000)
  .option('--states <count>', 'larger searches are left out', whole, 40_000)
  .option('--transitions <count>', 'those of the searches that one mutant is tried with', whole, 300_000)
  .option('--out <file>', 'where the scores are written', 'reports/mutants.json')
  .option('--gate <percent>', 'fail below this score', whole)
  .parse();

process.exitCode = (await run(program.opts<Options>())) ? 0 : 1;
