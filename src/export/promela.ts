import type { LearnedSystem } from '../search/learn-all.ts';
import { conditionText, type Notation } from './condition.ts';
import { counted, headingOf, type Author } from './heading.ts';
import type { Update } from './update.ts';
import { programOf, type Law, type Program, type Rule, type Variable } from './program.ts';

const notationOf = ({ nameOf }: Program): Notation => ({
  all: '&&',
  any: '||',
  equal: '==',
  unequal: '!=',
  yes: 'true',
  no: 'false',
  nameOf,
});

/** Returns the smallest type that holds the integers below `size`, and how many bytes it takes at most. */
const typeOf = (size: number): readonly [type: string, bytes: number] => {
  if (size <= 2) return ['bit', 1];
  if (size <= 256) return ['byte', 1];
  return size <= 32_768 ? ['short', 2] : ['int', 4];
};

// The bytes of a state that Spin's verifiers allow by default.
const VECTOR_BYTES = 1024;
// Room for what Spin itself keeps in a state.
const OWN_BYTES = 64;

const use = (learned: LearnedSystem, { variables, laws }: Program): readonly string[] => {
  const { states, transitions, initial } = learned;
  const several = initial.length > 1;
  const bytes = OWN_BYTES + variables.reduce((sum, { size }) => sum + typeOf(size)[1], 0);
  const vector = bytes <= VECTOR_BYTES ? '' : ` -DVECTORSZ=${bytes}`;
  const started = several ? states + 1 : states;
  const fired = several ? transitions + 1 + initial.length : transitions + 1;
  const why = several
    ? 'one state more, in which it chooses an initial one, and the steps that lead there'
    : 'one transition more, for the initial state';
  const counting = [
    'To count, breadth first or depth first (with FILE for this file):',
    `  spin -o2 -a FILE && gcc -O2 -DSAFETY -DNOREDUCE -DBFS${vector} -o pan pan.c && ./pan`,
    `  spin -o2 -a FILE && gcc -O2 -DSAFETY -DNOREDUCE${vector} -o pan pan.c && ./pan -m${states + 10}`,
    '(-o2 keeps variables in the state that nothing reads.)',
    `Spin then reports ${started} states stored and ${counted(fired, 'transition')}: ${why}.`,
  ];
  if (laws.length === 0) return counting;
  return [
    ...counting,
    '',
    'To check the invariants, all or one, generate with `spin -o2 -DCHECK -a FILE` or `spin -o2 -DCHECK_name -a FILE`.',
    'An assertion of that name fails in each state that breaks the invariant (`-DSHOW_name`: that shows the',
    '`sometimes`); with `./pan -c0` Spin goes on, and counts such states as errors, and one transition for each.',
  ];
};

const comment = (lines: readonly string[], indent = ''): readonly string[] => {
  const safe = lines.map((line) => line.replaceAll('*/', '* /').replaceAll('/*', '/ *'));
  if (safe.length === 1) return [`${indent}/* ${safe[0]} */`];
  return [`${indent}/*`, ...safe.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
};

const declaration = ({ field, name, size, says }: Variable, { initial }: Program): readonly string[] => {
  const value = initial[0]?.[field] ?? 0;
  return [...comment(says), `${typeOf(size)[0]} ${name}${value === 0 ? '' : ` = ${value}`};`];
};

const assignments = (writes: readonly (readonly [number, number])[], { nameOf }: Program): string =>
  writes.length === 0 ? 'skip' : writes.map(([field, value]) => `${nameOf(field)} = ${value}`).join('; ');

const updateLines = ({ cases }: Update, program: Program): readonly string[] => {
  const [first] = cases;
  if (cases.length === 1 && first !== undefined) return [`    ${assignments(first.writes, program)};`];
  return [
    '    if',
    ...cases.map(({ condition, writes }) => {
      const when =
        condition === undefined ? 'else' : `(${conditionText(condition, notationOf(program), '        ')})`;
      return `    :: ${when} -> ${assignments(writes, program)}`;
    }),
    '    fi;',
  ];
};

const ruleLines = ({ key, says, when, updates }: Rule, program: Program): readonly string[] => [
  '',
  ...comment([`${key}: ${says}`], '  '),
  `  :: d_step {`,
  `    (${conditionText(when, notationOf(program), '     ')}) ->`,
  ...(updates.length === 0 ? ['    skip;'] : updates.flatMap((update) => updateLines(update, program))),
  '  }',
];

const macroOf = ({ kind, name }: Law): string => `${kind === 'always' ? 'CHECK' : 'SHOW'}_${name}`;
const flagOf = ({ kind, name }: Law): string => `${kind === 'always' ? 'holds' : 'unseen'}_${name}`;

const ifAsked = (law: Law): string =>
  `${law.kind === 'always' ? 'defined(CHECK) || ' : ''}defined(${macroOf(law)})`;

/** Writes an option that exists only in the states that break the invariant, and leads back to them. */
const lawLines = (law: Law, program: Program): readonly string[] => {
  const text = conditionText(law.holds, notationOf(program), '       ');
  return [
    '',
    `#if ${ifAsked(law)}`,
    ...comment([`${law.id}: ${law.says}`], '  '),
    law.kind === 'always' ? `  :: d_step { !(${text}) ->` : `  :: d_step { (${text}) ->`,
    `    assert(${flagOf(law)}) }`,
    '#endif',
  ];
};

const startLines = ({ initial, variables }: Program): readonly string[] => {
  if (initial.length <= 1) return [];
  return [
    '  if',
    ...initial.map((values) => {
      const writes = variables.map(({ field, name }) => `${name} = ${values[field]}`);
      return `  :: d_step { ${writes.length === 0 ? 'skip' : writes.join('; ')} }`;
    }),
    '  fi;',
  ];
};

/** Writes the system in Promela, for Spin: one process with one option for each instance. */
export function* promelaOf(learned: LearnedSystem, author: Author): Generator<string> {
  const program = programOf(learned);
  const { variables, constants, rules, laws } = program;
  const lines = function* (): Generator<string> {
    yield* comment(headingOf(learned, author, use(learned, program)));
    if (constants.length > 0)
      yield* ['', ...comment(['These never change:', ...constants.map((one) => `  ${one}`)])];
    if (variables.length > 0) yield '';
    for (const variable of variables) yield* declaration(variable, program);
    if (laws.length > 0)
      yield* ['', '/* Never assigned: an assertion of one of these fails wherever it is made. */'];
    for (const law of laws) yield* [`#if ${ifAsked(law)}`, `bit ${flagOf(law)};`, '#endif'];
    yield* ['', 'active proctype system()', '{', ...startLines(program)];
    yield* ['end:', '  do'];
    for (const rule of rules) yield* ruleLines(rule, program);
    for (const law of laws) yield* lawLines(law, program);
    yield* ['  od', '}'];
  };
  for (const line of lines()) yield `${line}\n`;
}
