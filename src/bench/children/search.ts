// One exhaustive search in a process of its own: `search.js SIZE [--threads N]` prints what it found.
import { parseArgs } from 'node:util';
import { systemOf } from '../../model/index.ts';
import { explore } from '../../search/exhaustive/explore.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { scenarioOf, sizes } from '../sizes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: '1' } },
});
const size = sizes.find(({ id }) => id === positionals[0]);
if (size === undefined) throw new Error(`no size ${positionals[0]}`);
const threads = Number(values.threads);

const startMs = performance.now();
const system = systemOf(smiGate, scenarioOf(size));
const result = explore(system, { limits: {}, ...(threads > 1 ? { threads } : {}) });
const insideMs = performance.now() - startMs;

const verdict = result.verdicts['never-fooled'];
const { states, transitions, depth, complete, userRuns, trieNodes, bytes } = result;
const attackSteps = verdict?.kind === 'violated' ? verdict.trace?.steps.length : undefined;
process.stdout.write(
  JSON.stringify({
    verdict: verdict?.kind,
    complete,
    states,
    transitions,
    depth,
    userRuns,
    trieNodes,
    bytes,
    attackSteps,
    insideMs,
  }),
);
