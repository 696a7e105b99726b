// Random walks in a process of its own: `walk.js SIZE RUNS STEPS` prints how many steps were made.
import { systemOf } from '../../model/index.ts';
import { searchRandomly } from '../../search/random/campaign.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { scenarioOf, sizes } from '../sizes.ts';

const [id, runs, maxDepth] = process.argv.slice(2);
const size = sizes.find((candidate) => candidate.id === id);
if (size === undefined) throw new Error(`no size ${id}`);

const startMs = performance.now();
const system = systemOf(smiGate, scenarioOf(size));
const result = searchRandomly(system, { seed: 1, runs: Number(runs), maxDepth: Number(maxDepth) });
const insideMs = performance.now() - startMs;
process.stdout.write(
  JSON.stringify({
    verdict: result.verdicts['never-fooled']?.kind,
    steps: result.transitions,
    walks: result.runs,
    insideMs,
  }),
);
