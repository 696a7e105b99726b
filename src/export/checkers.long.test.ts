import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type Scenario } from '../model/index.ts';
import { learnAll, type LearnedSystem } from '../search/learn-all.ts';
import { lacks, runRumur } from '../testing/checkers.ts';
import { expectRumurAgrees, expectSpinAgrees, textOf } from '../testing/compare-counts.ts';
import { generatedSystems } from '../testing/differential/systems.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { smiGate } from '../testing/models/smi-gate.ts';

type Counts = Pick<LearnedSystem, 'states' | 'transitions' | 'depth'>;

const noSpin = lacks('spin');
const noRumur = lacks('rumur');
const TIMEOUT = 300_000;

const gate = (scenario: Partial<Scenario>) => learnAll(systemOf(smiGate, { ...plainScenario, ...scenario }));

describe('the reference model', () => {
  const intact = gate({});
  const unchecked = gate({ without: ['altStatusCheck'] });

  test('is learned with the counts that are known', () => {
    expect(intact).toMatchObject({ states: 236_865, transitions: 780_827, depth: 40 });
    expect(intact.invariants).toMatchObject([{ id: 'never-fooled', kind: 'always', hits: 0 }]);
    expect(unchecked).toMatchObject({ states: 732_145, transitions: 2_433_696, depth: 54 });
    expect(unchecked.invariants).toMatchObject([{ hits: 120_380 }]);
  });

  test.skipIf(noSpin)('Spin agrees on it, breadth first', { timeout: TIMEOUT }, async () => {
    await expectSpinAgrees(intact);
    await expectSpinAgrees(unchecked);
  });

  test.skipIf(noSpin)('Spin agrees on it, depth first', { timeout: TIMEOUT }, async () => {
    await expectSpinAgrees(intact, { search: 'depth-first', maxDepth: intact.states });
  });

  test.skipIf(noRumur)('Rumur agrees on it', { timeout: TIMEOUT }, async () => {
    await expectRumurAgrees(intact);
    await expectRumurAgrees(unchecked);
  });

  test.skipIf(noRumur)('Rumur ends at the broken invariant', { timeout: TIMEOUT }, async () => {
    expect(await runRumur(textOf('murphi', intact))).toMatchObject({ states: 236_865, broken: [] });
    expect(await runRumur(textOf('murphi', unchecked))).toMatchObject({ broken: ['never-fooled'] });
  });

  test.skipIf(noSpin)(
    'Spin agrees on four million states without the lock',
    { timeout: TIMEOUT },
    async () => {
      const open = gate({ without: ['smiLock'] });
      expect(open).toMatchObject({ states: 4_045_701, transitions: 27_218_601, depth: 47 });
      await expectSpinAgrees(open);
    },
  );
});

interface Odd {
  readonly rule: number;
  readonly text: string;
  readonly fixed: null;
}
const act = actionOf<Odd, unknown>();

/**
 * Three initial states, two of them equal; more than 256 values; names and texts that mean something
 * elsewhere.
 */
const odd = defineModel({
  id: 'odd',
  says: 'what /* other */ "languages" may stumble over \\ é',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): readonly Odd[] => [
    { rule: 0, text: '%s */ "\\n', fixed: null },
    { rule: 0, text: 'é -- //', fixed: null },
    { rule: 0, text: 'é -- //', fixed: null },
  ],
  actions: {
    if: act({
      actor: 'rule',
      says: 'counts "up" \\ %d */',
      choose: { by: { values: ['*/ "%s', 'é\\'] } },
      when: ({ rule }, { by }) => rule < 300 && (by === 'é\\' || rule % 2 === 0),
      then: (draft) => {
        draft.rule += 1;
      },
    }),
    nothing: act({ actor: 'nobody', says: 'does nothing', then: () => {} }),
  },
  invariants: {
    end: { kind: 'always', says: 'below 299', source: 'test', holds: ({ rule }: Odd) => rule < 299 },
    'end.': { kind: 'sometimes', says: 'at 7', source: 'test', witness: ({ rule }: Odd) => rule === 7 },
  },
});

const still = defineModel({
  id: 'still',
  says: 'a state in which nothing happens',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: () => ({ here: true }),
  actions: {},
  invariants: {
    here: {
      kind: 'always',
      says: 'stays',
      source: 'test',
      holds: ({ here }: { readonly here: boolean }) => here,
    },
  },
});

describe.concurrent('models at the edge', () => {
  const learned = [odd, still].map((model) => learnAll(systemOf(model, plainScenario)));

  test('are learned', () => {
    expect(learned).toMatchObject([
      { states: 602, transitions: 2 * (300 + 150 + 301), depth: 300, initial: { length: 2 } },
      { states: 1, transitions: 0, depth: 0 },
    ]);
  });

  test.skipIf(noSpin)('Spin agrees on them', { timeout: TIMEOUT }, async () => {
    for (const one of learned) await expectSpinAgrees(one);
    for (const one of learned) await expectSpinAgrees(one, { search: 'depth-first' });
  });

  test.skipIf(noRumur)('Rumur agrees on them', { timeout: TIMEOUT }, async () => {
    for (const one of learned) await expectRumurAgrees(one);
  });
});

describe.concurrent('generated models', () => {
  const generated = generatedSystems(100, 24, { states: 400, transitions: 4000 });
  const learned = generated.map(({ system }) => learnAll(system));

  test('are learned as plain stepping finds them, and are not all trivial', () => {
    const counts = ({ states, transitions, depth }: Counts): Counts => ({ states, transitions, depth });
    expect(learned.map(counts)).toEqual(generated.map(({ truths }) => counts(truths)));
    const hits = learned.flatMap(({ invariants }) => invariants.map((one) => one.hits > 0));
    expect(new Set(hits).size).toBe(2);
    expect(Math.max(...learned.map(({ states }) => states))).toBeGreaterThan(200);
  });

  test.skipIf(noSpin)('Spin agrees on them', { timeout: TIMEOUT }, async () => {
    for (const one of learned) await expectSpinAgrees(one);
  });

  test.skipIf(noRumur)('Rumur agrees on them', { timeout: TIMEOUT }, async () => {
    for (const one of learned) await expectRumurAgrees(one);
  });
});
