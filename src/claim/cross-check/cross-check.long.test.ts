import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemOf, type Scenario, type System } from '../../model/index.ts';
import { plainScenario, randomModel } from '../../testing/models/random-model.ts';
import { randomSystem } from '../../testing/models/random-system.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import type { EngineAccount } from './account.ts';
import { crossCheck, faultOf, type CrossCheck } from './cross-check.ts';
import type { Engine } from './engine.ts';
import { ENGINES, EXHAUSTIVE } from './engines.ts';

const gate = (scenario: Partial<Scenario>): System => systemOf(smiGate, { ...plainScenario, ...scenario });
const safe = gate({ parameters: { nonces: 1, pending: 1 } });
const attacked = gate({ without: ['altStatusCheck'] });

const idsOf = ({ runs }: CrossCheck): readonly string[] => runs.map(({ engine }) => engine.id);
const everyEngine = [EXHAUSTIVE, ...ENGINES].map(({ id }) => id);

describe('every engine says the same', () => {
  test.each([
    ['generated models', randomModel],
    ['generated models with interchangeable parts', randomSystem],
  ])(
    'of %s',
    async (_, models) => {
      await fc.assert(
        fc.asyncProperty(models, async (model) => {
          const checked = await crossCheck(systemOf(model, plainScenario), {
            maxStates: 4000,
            plainStates: 800,
            runs: 20,
          });
          expect(checked.disagreements).toEqual([]);
        }),
        { numRuns: 150 },
      );
    },
    240_000,
  );

  test('of the reference model with an attack, and all of them are asked', async () => {
    const checked = await crossCheck(attacked, { plainStates: 2000 });
    expect(checked.disagreements).toEqual([]);
    expect(checked.idle).toEqual([]);
    expect(idsOf(checked)).toEqual(everyEngine);
    const answers = checked.runs.map(({ engine, account }) => [
      engine.id,
      account.answers['never-fooled']?.length,
    ]);
    expect(answers).toContainEqual(['exhaustive', 12]);
    expect(answers).toContainEqual(['symmetry', 12]);
  });

  test('of a model without interchangeable parts, for which one has nothing to do', async () => {
    const { interchangeable: _, ...model } = smiGate;
    const checked = await crossCheck(systemOf(model, plainScenario), { maxStates: 500, runs: 5 });
    expect(checked.disagreements).toEqual([]);
    expect(checked.idle.map(({ id }) => id)).toContain('symmetry');
  });
});

/** An engine that says something else than exhaustive search. */
const broken = (parts: Partial<Engine>, change: (account: EngineAccount) => EngineAccount): Engine => ({
  ...EXHAUSTIVE,
  id: 'broken',
  ...parts,
  run: async (system, task) => change(await EXHAUSTIVE.run(system, task)),
});

const answering =
  (answer: EngineAccount['answers'][string]) =>
  (account: EngineAccount): EngineAccount => ({
    ...account,
    answers: { 'never-fooled': answer },
  });

describe('an engine that is wrong is named', () => {
  const text = expect.any(String) as string;

  test.each<readonly [string, Engine, string, readonly [string, string]]>([
    ['misses a state', broken({}, (a) => ({ ...a, states: 9 })), 'states', ['34952', '9']],
    ['misses a step', broken({}, (a) => ({ ...a, transitions: 7 })), 'transitions', ['105074', '7']],
    [
      'is deeper than all',
      broken({ counts: 'fewer, no deeper' }, (a) => ({ ...a, depth: 29 })),
      'depth',
      ['at most 28', '29'],
    ],
    [
      'has more states than all',
      broken({ counts: 'fewer' }, (a) => ({ ...a, states: 34_953 })),
      'states',
      ['at most 34952', '34953'],
    ],
    [
      'finds an attack where there is none',
      broken({ exact: false }, answering({ kind: 'violated', length: 30 })),
      'the verdict of never-fooled',
      ['holds', 'violated, in 30 steps'],
    ],
  ])('%s', async (_, engine, about, said) => {
    const { disagreements } = await crossCheck(safe, { engines: [engine] });
    expect(disagreements).toEqual([{ engines: ['exhaustive', 'broken'], about, said }]);
  });

  test.each<readonly [string, Partial<Engine>, EngineAccount['answers'][string]]>([
    ['sees no attack', {}, { kind: 'holds' }],
    ['finds a longer one', {}, { kind: 'violated', length: 13 }],
    ['finds one too short', { exact: false }, { kind: 'violated', length: 11 }],
  ])('%s', async (_, parts, answer) => {
    const engines = [broken(parts, answering(answer))];
    const { disagreements } = await crossCheck(attacked, { engines });
    expect(disagreements).toEqual([
      {
        engines: ['exhaustive', 'broken'],
        about: 'the verdict of never-fooled',
        said: ['violated, in 12 steps', text],
        maxDepth: 20,
      },
    ]);
  });

  test('an attack that does not run', async () => {
    const trace = { initial: 0, steps: Array.from({ length: 12 }, () => ({ action: 'verify', choice: {} })) };
    const engine = broken({}, answering({ kind: 'violated', length: 12, trace }));
    const { disagreements } = await crossCheck(attacked, { engines: [engine] });
    expect(disagreements).toMatchObject([
      {
        about: 'the trace for never-fooled',
        said: ['the model as it stands', expect.stringContaining('UW503')],
      },
    ]);
  });

  test('an attack that runs and breaks nothing', async () => {
    const engine = broken({}, answering({ kind: 'violated', length: 12, trace: { initial: 0, steps: [] } }));
    const { disagreements } = await crossCheck(attacked, { engines: [engine] });
    expect(disagreements.map(({ said }) => said[1])).toEqual(['it runs, but does not show it']);
  });

  test('the fault says who, what and how to see it again', async () => {
    const engine = broken({}, (account) => ({ ...account, states: 7 }));
    const { disagreements } = await crossCheck(gate({}), { engines: [engine], maxStates: 100 });
    expect(faultOf(safe, disagreements[0]!, 'npx underwatch cross-check smi-gate')).toMatchObject({
      code: 'UW701',
      details: {
        where: expect.stringMatching(/^model smi-gate, states, to depth \d+$/),
        expected: expect.stringContaining('(exhaustive)'),
        got: '7 (broken)',
        next: expect.stringContaining('npx underwatch cross-check smi-gate'),
      },
    });
  });

  test('interchangeable parts that are not are a fault of the model', async () => {
    const model = {
      ...smiGate,
      invariants: {
        first: {
          kind: 'always',
          says: 'a',
          source: 'b',
          holds: ({ cores }: { readonly cores: readonly { readonly mode: string }[] }) =>
            cores[0]!.mode !== 'smm',
        },
      },
    } as const;
    await expect(crossCheck(systemOf(model, plainScenario), { maxStates: 500 })).rejects.toMatchObject({
      code: 'UW108',
    });
  });
});
