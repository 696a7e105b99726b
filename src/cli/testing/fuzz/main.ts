import { parseArgs } from 'node:util';
import { createWorkplace } from '../../../testing/workplace.ts';
import { fuzz } from './fuzz.ts';
import { createSubjects } from './subjects/index.ts';

// npm run fuzz:inputs -- [--inputs 1000000] [--seed 1] [--subject logs] [--only 17]
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    subject: { type: 'string' },
    only: { type: 'string' },
  },
});
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
const only = values.only === undefined ? undefined : Number(values.only);
const BLOCK = 1000;

const place = createWorkplace();
try {
  for (const subject of await createSubjects(place)) {
    if (values.subject !== undefined && values.subject !== subject.name) continue;
    const from = only ?? 0;
    const to = only === undefined ? Math.ceil((inputs * subject.share) / 100) : only + 1;
    const outcomes = new Map<string, number>();
    for (let at = from; at < to; at += BLOCK) {
      const tally = await fuzz(subject, { seed, from: at, to: Math.min(to, at + BLOCK) });
      for (const [outcome, count] of Object.entries(tally.outcomes)) {
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
      }
      for (const { input, what } of tally.failures) {
        process.stderr.write(`${subject.name}, seed ${seed}, input ${input}: ${what}\n`);
        process.exitCode = 1;
      }
    }
    const counts = [...outcomes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map((pair) => pair.join(' '));
    process.stdout.write(`${subject.name}: ${to - from} inputs: ${counts.join(', ')}\n`);
  }
} finally {
  place.remove();
}
