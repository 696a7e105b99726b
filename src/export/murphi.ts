import type { LearnedSystem } from '../search/learn-all.ts';
import { conditionText, type Notation } from './condition.ts';
import { counted, headingOf, type Author } from './heading.ts';
import type { Update, Write } from './update.ts';
import { programOf, type Law, type Program, type Rule } from './program.ts';

const notationOf = ({ nameOf }: Program): Notation => ({
  all: '&',
  any: '|',
  equal: '=',
  unequal: '!=',
  yes: 'true',
  no: 'false',
  nameOf,
});

/** Quotes a string for Murphi, so that it is the same string in the C that it becomes. */
const quoted = (text: string): string => `"${text.replaceAll('"', "'").replaceAll('\\', '/')}"`;

const use = ({ states, transitions }: LearnedSystem, { laws }: Program): readonly string[] => [
  'To count and check (with FILE for this file):',
  '  rumur --deadlock-detection off --output model.c FILE && gcc -O2 -mcx16 -o model model.c -lpthread && ./model',
  `Rumur then reports ${counted(states, 'state')} and ${transitions} rules fired, unless an invariant is broken: it ends at`,
  'the first state that breaks one. To count all states even so, write `cover` for `invariant`: Rumur then counts',
  'the states that keep it.',
  ...(laws.some(({ kind }) => kind === 'sometimes')
    ? [
        'A `sometimes` is a `cover`, whose witnesses are counted; Rumur reports one without witnesses as an error.',
      ]
    : []),
];

const assignments = (writes: readonly Write[], { nameOf }: Program): string =>
  writes.map(([field, value]) => `${nameOf(field)} := ${value};`).join(' ');

const updateLines = ({ cases }: Update, program: Program): readonly string[] => {
  const conditional = cases.filter(({ condition }) => condition !== undefined);
  const rest = cases.find(({ condition }) => condition === undefined)?.writes ?? [];
  if (conditional.length === 0) return [`  ${assignments(rest, program)}`];
  return [
    ...conditional.flatMap(({ condition, writes }, index) => [
      `  ${index === 0 ? 'if' : 'elsif'} ${condition === undefined ? 'true' : conditionText(condition, notationOf(program), '    ')} then`,
      `    ${assignments(writes, program)}`,
    ]),
    ...(rest.length === 0 ? [] : ['  else', `    ${assignments(rest, program)}`]),
    '  end;',
  ];
};

const ruleLines = ({ key, says, when, updates }: Rule, program: Program): readonly string[] => [
  '',
  `-- ${says}`,
  `rule ${quoted(key)}`,
  `  ${conditionText(when, notationOf(program), '  ')}`,
  '==>',
  'begin',
  ...updates.flatMap((update) => updateLines(update, program)),
  'end;',
];

const lawLines = ({ id, kind, says, holds }: Law, program: Program): readonly string[] => [
  '',
  `-- ${says}`,
  `${kind === 'always' ? 'invariant' : 'cover'} ${quoted(id)}`,
  `  ${conditionText(holds, notationOf(program), '  ')};`,
];

const NOTHING = 'nothing';

/** Writes the system in Murphi, in the dialect of Rumur: one rule for each instance. */
export function* murphiOf(learned: LearnedSystem, author: Author): Generator<string> {
  const program = programOf(learned);
  const { variables, constants, initial, rules, laws } = program;
  const lines = function* (): Generator<string> {
    for (const line of headingOf(learned, author, use(learned, program))) yield `-- ${line}`.trimEnd();
    if (constants.length > 0) {
      yield* ['', '-- These never change:', ...constants.map((one) => `--   ${one}`)];
    }
    yield* ['', 'var'];
    for (const { name, size, says } of variables) {
      yield* says.map((line) => `  -- ${line}`);
      yield `  ${name}: 0..${size - 1};`;
    }
    // A state has to have a variable.
    if (variables.length === 0) yield `  ${NOTHING}: 0..1;`;
    for (const [index, values] of initial.entries()) {
      yield* ['', `startstate ${quoted(`initial ${index}`)}`, 'begin'];
      for (const { field, name } of variables) yield `  ${name} := ${values[field]};`;
      if (variables.length === 0) yield `  ${NOTHING} := 0;`;
      yield 'end;';
    }
    for (const rule of rules) yield* ruleLines(rule, program);
    for (const law of laws) yield* lawLines(law, program);
  };
  for (const line of lines()) yield `${line}\n`;
}
