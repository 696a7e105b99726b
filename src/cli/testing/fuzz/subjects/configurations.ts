import type { Workplace } from '../../../../testing/workplace.ts';
import { oneOf } from '../chance.ts';
import { command } from '../command.ts';
import { mutateJson } from '../mutate-json.ts';
import type { Subject } from '../subject.ts';

/** The data of a model, a suite, an auditor and a study; their functions stand as words. */
const DATA = {
  suites: [
    {
      id: 's',
      says: 'a suite',
      claims: [
        {
          id: 'C-1',
          suite: 's',
          invariant: 'low',
          expect: 'holds',
          says: 'It holds.',
          source: 'nobody',
          scenario: { without: [], capabilities: [], parameters: {} },
          model: {
            id: 'm',
            says: 'a model',
            defences: {},
            capabilities: {},
            parameters: { most: 3 },
            initial: 'function initial',
            actions: {
              tick: { actor: 'clock', says: 'It ticks.', when: 'function when', then: 'function then' },
            },
            invariants: {
              low: { kind: 'always', says: 'It is low.', source: 'nobody', holds: 'function holds' },
            },
          },
        },
      ],
    },
  ],
  auditors: [{ id: 'a', says: 'an auditor', models: [], read: 'function read' }],
  studies: [],
};

const FUNCTIONS = `const functions = {
  'function initial': () => ({ at: 0 }),
  'function when': (state) => state.at < 3,
  'function then': (draft) => { draft.at += 1; },
  'function holds': (state) => state.at <= 3,
  'function read': () => { throw new Error('nothing to read'); },
};`;

const revive = `(key, value) => (typeof value === 'string' && Object.hasOwn(functions, value) ? functions[value] : value)`;

/** The subject of configurations whose data was changed; those that are JSON at all become a module. */
export const configurations = (place: Workplace): Subject => {
  let number = 0;
  return {
    name: 'configurations',
    share: 2,
    run: async (random) => {
      const text = Buffer.from(mutateJson(DATA, random)).toString('utf8');
      number = (number + 1) % 50_000;
      const code = `${FUNCTIONS}\nexport default JSON.parse(${JSON.stringify(text)}, ${revive});\n`;
      const path = place.write(`configurations/${number}.config.mjs`, code);
      const { outcome } = await command(['list', ...oneOf(random, [[], ['--json']]), '--config', path]);
      return outcome;
    },
  };
};
