// One symbolic search in a process of its own: `sets.js SIZE STRATEGY` prints what it found.
import { systemOf } from '../../model/index.ts';
import { exploreSymbolically } from '../../search/symbolic/explore.ts';
import type { Strategy } from '../../search/symbolic/options.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { scenarioOf, sizes } from '../sizes.ts';

const [wanted, strategy = 'levels'] = process.argv.slice(2);
const size = sizes.find(({ id }) => id === wanted);
if (size === undefined) throw new Error(`no size ${wanted}`);

const startMs = performance.now();
const system = systemOf(smiGate, scenarioOf(size));
const result = exploreSymbolically(system, { strategy: strategy as Strategy });
const insideMs = performance.now() - startMs;

const verdict = result.verdicts['never-fooled'];
const { states, transitions, depth, complete, userRuns, trieNodes, bytes, nodes, peakNodes } = result;
const attackSteps = verdict?.kind === 'violated' ? verdict.trace?.steps.length : undefined;
process.stdout.write(
  JSON.stringify({
    verdict: verdict?.kind,
    complete,
    states,
    transitions,
    // Only levels measure it.
    ...(strategy === 'levels' ? { depth } : {}),
    userRuns,
    trieNodes,
    bytes,
    nodes,
    peakNodes,
    attackSteps,
    insideMs,
  }),
);
