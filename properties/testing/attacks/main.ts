// Which known attacks random search misses with its defaults: `npm run attacks -- [FIRST-LAST [STEPS
// [FILE]]]`.
import { writeFileSync } from 'node:fs';
import { RANDOM_DEFAULTS } from 'underwatch';
import { knownAttacks } from './known.ts';
import { stepsFrom, together } from './search.ts';

const [range = '1-10', most = '14', file = 'reports/attacks-at-random.json'] = process.argv.slice(2);
const [first = 1, last = first] = range.split('-').map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
const groups = together(knownAttacks(Number(most)));

const found = groups.flatMap((group) => {
  const bySeed = seeds.map((seed) => stepsFrom(group, seed));
  return group.map(({ claim: { id }, length }, place) => {
    const steps = bySeed.map((one) => one[place] ?? null);
    const missed = seeds.filter((_, index) => steps[index] === null);
    if (missed.length > 0)
      process.stdout.write(`${id}, ${length} steps: missed from seeds ${missed.join(', ')}\n`);
    return { id, length, missed: missed.length, mostSteps: Math.max(...steps.map((one) => one ?? 0)), steps };
  });
});

const misses = found.reduce((sum, { missed }) => sum + missed, 0);
const { maxDepth, runs } = RANDOM_DEFAULTS;
const report = { attacks: found.length, mostLength: Number(most), seeds, runs, maxDepth, misses, found };
writeFileSync(file, `${JSON.stringify(report, undefined, 1)}\n`);
process.stdout.write(
  `${found.length} attacks from ${seeds.length} seeds: ${misses} searches found nothing\n`,
);
process.exitCode = misses === 0 ? 0 : 1;
