import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemOf } from '../model/index.ts';
import { explore } from '../search/exhaustive/explore.ts';
import { smiGate } from '../testing/models/smi-gate.ts';
import { scenarioOf, sizes } from './sizes.ts';

interface Counts {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** The cost of learning the model. */
  readonly userRuns: number;
  readonly trieNodes: number;
  readonly bytesPerStateAtMost: number;
}

const GOLDEN = fileURLToPath(new URL('../../reports/golden/engine-counts.json', import.meta.url));
const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as { readonly [size: string]: Counts };
const written: { [size: string]: Counts } = { ...golden };

/**
 * The work that our engine does, in numbers that no other process on the machine can change: what a
 * change of the engine costs shows here, where a clock would only show the weather.
 */
test.each(['S', 'M', 'B1', 'B2'])('%s: the exact work of the engine (UPDATE=1 writes it)', (id) => {
  const size = sizes.find((candidate) => candidate.id === id)!;
  const result = explore(systemOf(smiGate, scenarioOf(size)));
  const { states, transitions, depth, userRuns, trieNodes, bytes } = result;
  const bytesPerState = bytes / states;
  if (process.env['UPDATE'] !== undefined) {
    const bytesPerStateAtMost = Math.ceil(bytesPerState);
    written[id] = { states, transitions, depth, userRuns, trieNodes, bytesPerStateAtMost };
    writeFileSync(GOLDEN, `${JSON.stringify(written, undefined, 2)}\n`);
  }
  const { bytesPerStateAtMost, ...exact } = (written[id] ?? golden[id])!;
  expect({ states, transitions, depth, userRuns, trieNodes }).toEqual(exact);
  expect(bytesPerState).toBeLessThanOrEqual(bytesPerStateAtMost);
  if (size.expected.kind === 'holds') {
    expect({ kind: 'holds', states, transitions, depth }).toEqual(size.expected);
  } else {
    const verdict = result.verdicts['never-fooled'];
    expect(verdict?.kind === 'violated' && verdict.trace?.steps.length).toBe(size.expected.steps);
  }
});
