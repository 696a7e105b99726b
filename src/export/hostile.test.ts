import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, oneOf, systemOf, type Setting } from '../model/index.ts';
import { learnAll, type LearnedSystem } from '../search/learn-all.ts';
import { lacks } from '../testing/checkers.ts';
import { expectRumurAgrees, expectSpinAgrees, textOf } from '../testing/compare-counts.ts';
import { ACTIVE, hostileText } from '../testing/hostile-text.ts';
import { plainScenario } from '../testing/models/random-model.ts';

interface Said {
  readonly said: string;
  readonly [key: `key${string}`]: string;
}

const action = actionOf<Said, Setting<object, never>>();

/** Three states, five transitions and one state that breaks the invariant, whatever `text` is. */
const learn = (text: string): LearnedSystem => {
  const key = `key${text}` as const;
  const [one, two] = [`1${text}`, `2${text}`];
  const model = defineModel({
    id: text,
    says: text,
    defences: {},
    capabilities: {},
    parameters: { [`parameter${text}`]: text },
    initial: (): Said => ({ said: text, [key]: '', [`${key}2`]: text }),
    actions: {
      [`act${text}`]: action({
        actor: text,
        says: text,
        choose: { [`choice${text}`]: oneOf([one, two]) },
        when: (state) => state[key] !== two,
        then: (draft, choice) => {
          draft[key] = String(Object.values(choice)[0]);
        },
      }),
    },
    invariants: {
      [`not${text}`]: {
        kind: 'always',
        says: text,
        source: text,
        holds: (state: Said) => state[key] !== two,
      },
    },
    present: { value: (_path, value) => `${text}${JSON.stringify(value)}`, step: () => text },
  });
  return learnAll(systemOf(model, plainScenario));
};

const WORST = [
  'x */ #include "/etc/passwd" /* " \\" \\',
  '\n#define do od\n#error "reached"\n',
  '"; rule "forged" true ==> begin end; --',
  '%s%n%1$n ??/ \\\n */ } active proctype forged() { assert(false) } /*',
  '\u2028\u202e\u001b[2J\u0000\ud800*/',
];

const linesOf = (text: string): readonly string[] => {
  expect(text.replaceAll('\n', '')).not.toMatch(ACTIVE);
  return text.split('\n').filter((line) => line !== '');
};

describe('strings of a model in texts that become code', () => {
  const property = (check: (learned: LearnedSystem) => void): void => {
    for (const text of WORST) check(learn(text));
    fc.assert(
      fc.property(hostileText, (text) => check(learn(text))),
      { numRuns: 60 },
    );
  };

  test('are learned as any others', () => {
    property(({ states, transitions, invariants }) => {
      expect({ states, transitions, hits: invariants[0]?.hits }).toEqual({
        states: 3,
        transitions: 4,
        hits: 1,
      });
    });
  });

  test('are comments of Promela, all of whose code is ours', () => {
    property((learned) => {
      const code = linesOf(textOf('promela', learned))
        .join('\n')
        .replaceAll(/\/\*[^]*?\*\//g, '');
      expect(code).not.toMatch(/["'\\*%$?]/);
      for (const line of code.split('\n')) expect(line).toMatch(/^(#if |#endif$|[\w\s:;{}()&|=!<>-]*$)/);
    });
  });

  test('are comments and names of Murphi, all of whose code is ours', () => {
    property((learned) => {
      for (const line of linesOf(textOf('murphi', learned))) {
        const code = line
          .replace(/^ *--.*$/, '')
          .replace(/^((?:rule|invariant|startstate|cover) )"[^"\\]*"$/, '$1');
        expect(code).toMatch(/^[\w\s:;.()&|=!<>-]*$/);
      }
    });
  });

  test('are labels of AUT', () => {
    property((learned) => {
      const [head, ...rest] = linesOf(textOf('aut', learned));
      expect(head).toBe('des (0, 4, 3)');
      for (const line of rest) expect(line).toMatch(/^\(\d+, "[ !#-~]*", \d+\)$/);
    });
  });

  test('are labels of DOT', () => {
    const label = String.raw`"(?:[^"\\]|\\.)*"`;
    const line = new RegExp(
      String.raw`^(?://.*|digraph ${label} \{|\}|  rankdir=LR;|  node \[shape=box\];|  s\d+( -> s\d+)? \[label=${label}(, [a-z]+=\w+)*\];)$`,
    );
    property((learned) => {
      for (const one of linesOf(textOf('dot', learned))) expect(one).toMatch(line);
    });
  });

  test.skipIf(lacks('spin')).each(WORST)(
    'Spin counts the same with %j',
    { timeout: 120_000 },
    async (text) => {
      const learned = learn(text);
      await expectSpinAgrees({ ...learned, invariants: [] });
    },
  );

  test.skipIf(lacks('rumur')).each(WORST)(
    'Rumur counts the same with %j',
    { timeout: 120_000 },
    async (text) => {
      const learned = learn(text);
      await expectRumurAgrees({ ...learned, invariants: [] });
    },
  );
});
