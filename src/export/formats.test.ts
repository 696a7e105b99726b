import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { canonical, systemOf, type AnyModel, type Scenario } from '../model/index.ts';
import { learnAll, type LearnLimits } from '../search/learn-all.ts';
import { textOf } from '../testing/compare-counts.ts';
import { door } from '../testing/models/door.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { smiGate } from '../testing/models/smi-gate.ts';
import { learnFor, type Format } from './formats.ts';

const pickable: Scenario = {
  without: ['steel'],
  capabilities: ['hands', 'pick'],
  parameters: { lock: true },
};
const learn = (model: AnyModel, scenario: Scenario = plainScenario) => learnAll(systemOf(model, scenario));

describe('the door, to the letter', () => {
  const learned = learn(door, pickable);
  test.each([
    ['promela', 'door.pml'],
    ['murphi', 'door.m'],
    ['aut', 'door.aut'],
    ['dot', 'door.dot'],
  ] as const)('%s', async (format, file) => {
    await expect(textOf(format, learned)).toMatchFileSnapshot(`../../reports/golden/exports/${file}`);
  });

  test.each(['promela', 'murphi', 'aut', 'dot'] as const)('%s comes out the same twice', (format) => {
    expect(textOf(format, learn(door, pickable))).toBe(textOf(format, learned));
  });
});

interface Edge {
  readonly from: number;
  readonly label: string;
  readonly to: number;
}

/** Reads the Aldebaran format. */
const readAut = (text: string): { readonly head: readonly number[]; readonly edges: readonly Edge[] } => {
  const [first, ...lines] = text.trimEnd().split('\n');
  const [, ...head] = /^des \((\d+), (\d+), (\d+)\)$/.exec(first!)!;
  const edges = lines.map((line) => {
    const [, from, label, to] = /^\((\d+), "([ !#-~]*)", (\d+)\)$/.exec(line)!;
    return { from: Number(from), label: label!, to: Number(to) };
  });
  return { head: head.map(Number), edges };
};

describe('AUT', () => {
  test('has every state and transition of the reference model, and the same depth', () => {
    const learned = learn(smiGate);
    const { head, edges } = readAut(textOf('aut', learned));
    expect(head).toEqual([0, learned.transitions, learned.states]);
    expect(edges).toHaveLength(learned.transitions);
    const depths = new Map([[0, 0]]);
    // States are numbered breadth first, so one pass is enough.
    for (const { from, to } of edges) if (!depths.has(to)) depths.set(to, depths.get(from)! + 1);
    expect(depths.size).toBe(learned.states);
    expect([...depths.keys()]).toEqual(Array.from({ length: learned.states }, (_, index) => index));
    expect(Math.max(...new Set(depths.values()))).toBe(learned.depth);
    expect(new Set(edges.map(({ from, label }) => `${from} ${label}`)).size).toBe(edges.length);
    const labels = learned.instances.map(({ instance }) => instance.key.replaceAll('"', "'"));
    expect(labels).toEqual(expect.arrayContaining([...new Set(edges.map(({ label }) => label))]));
  });

  test('has a state before several initial ones', () => {
    const model: AnyModel = { ...door, initial: () => [true, false, true].map((open) => ({ open })) };
    const { head, edges } = readAut(textOf('aut', learn({ ...model, actions: {}, invariants: {} })));
    expect(head).toEqual([0, 2, 3]);
    expect(edges).toEqual([
      { from: 0, label: 'initial 0', to: 1 },
      { from: 0, label: 'initial 1', to: 2 },
    ]);
  });
});

describe('limits', () => {
  test.each<[Format, LearnLimits, string]>([
    ['aut', { maxStates: 1000 }, 'UW601'],
    ['promela', { maxStates: 1000 }, 'UW601'],
    ['dot', {}, 'UW602'],
    ['murphi', { maxStates: 0 }, 'UW201'],
    // No machine learns a system in a millisecond, or in a mebibyte.
    ['murphi', { timeLimitMs: 1 }, 'UW316'],
    ['dot', { memoryLimitMb: 1 }, 'UW316'],
  ])('%s with at most %j: %s', (format, limits, code) => {
    const run = (): unknown => learnFor(format, systemOf(smiGate, plainScenario), limits);
    expect(run).toThrow(expect.objectContaining({ code }));
  });

  test('a limit that is just enough is enough', () => {
    expect(learnFor('dot', systemOf(door, pickable), { maxStates: 4 }).states).toBe(4);
    expect(() => learnFor('dot', systemOf(door, pickable), { maxStates: 3 })).toThrow(
      expect.objectContaining({ code: 'UW602' }),
    );
  });
});

const noGraphviz = spawnSync('dot', ['-V']).error !== undefined;

describe('DOT', () => {
  test('says texts as they are', () => {
    const says = (text: string): string => `${text}\\"quoted"`;
    const model: AnyModel = { ...door, present: { step: () => says('a'), value: (path) => says(path) } };
    const text = textOf('dot', learn(model, pickable));
    expect(text).toContain('lock.picked = lock.picked\\\\\\"quoted\\"');
    expect(text).toContain('[label="burglar: a\\\\\\"quoted\\""]');
  });

  test.skipIf(noGraphviz)('is drawn by Graphviz, where it is installed', () => {
    const { status, stdout } = spawnSync('dot', ['-Tsvg'], { input: textOf('dot', learn(door, pickable)) });
    expect(status).toBe(0);
    expect(stdout.toString()).toContain('breaks shut');
  });
});

describe('what is learned', () => {
  test('names fields, values and effects', () => {
    const { fields, initial, effects, instances, invariants } = learn(door, pickable);
    expect(fields).toContainEqual({ path: 'lock.picked', values: [false, true] });
    expect(initial).toEqual([[0, 0, 0, 0, 0]]);
    expect(instances.map(({ instance }) => instance.key)).toEqual(['pick', 'push', 'ring']);
    expect(effects.map((effect) => canonical(effect ?? null))).toEqual(['null', '[1,1]', '[4,1]', '[3,1]']);
    expect(invariants.map(({ id, hits }) => [id, hits])).toEqual([
      ['shut', 2],
      ['unnoticed', 0],
      ['opens', 2],
      ['bell', 0],
      ['quiet', 1],
    ]);
  });
});
