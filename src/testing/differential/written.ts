import type { Disagreement } from './compare.ts';
import type { Truths } from './oracle/oracle.ts';

const BEGIN = '// The model begins.';
const END = '// The model ends.';

/** Indents each line of a text by one more than the line of the bracket in which it stands. */
const setIn = (text: string): string => {
  const open: number[] = [];
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const closing = /^[\])}]*/.exec(line)![0].length;
      const at = closing > 0 ? (open.at(-closing) ?? 0) : (open.at(-1) ?? -1) + 1;
      for (const [bracket] of line.matchAll(/[[\](){}]/g)) {
        if ('[({'.includes(bracket)) open.push(at);
        else open.pop();
      }
      return `${'  '.repeat(at)}${line}`;
    })
    .join('\n');
};

/** A disagreement with the model that shows it. */
export interface Finding {
  readonly seed: number;
  readonly text: string;
  readonly truths: Truths;
  readonly disagreements: readonly Disagreement[];
}

const claimText = (id: string, { kind, length }: Truths['claims'][string]): string =>
  `    ${id}: { invariant: '${id}', expect: '${kind}',${length === undefined ? '' : ` length: ${length},`} says: '${id}', source: 'plain stepping', ...scenario },`;

const commented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `// ${line}`.trimEnd())
    .join('\n');

/**
 * Writes a finding as a file that can be read and run: by `npm run fuzz -- --file`, which asks the engine
 * again, and as a configuration of `underwatch verify`, whose claims expect what plain stepping says.
 */
export const fileOf = ({ seed, text, truths, disagreements }: Finding, name: string): string => {
  const { states, transitions, depth, claims } = truths;
  const said = disagreements.map(
    ({ engine, about, expected, got }) => `${engine}: ${about}\n  expected ${expected}\n  got      ${got}`,
  );
  return `${commented(`Made from seed ${seed}. Plain stepping finds ${states} states, ${transitions} transitions, depth ${depth}.
${said.join('\n')}
To run it:
  npm run fuzz -- --file ${name} --engine ${disagreements[0]?.engine ?? 'exhaustive'}
  npx underwatch verify --config ${name}`)}
import { match, P } from 'ts-pattern';
import { defineConfig, suite } from 'underwatch';
import { booleans, integers, oneOf } from 'underwatch/model';

${BEGIN}
${setIn(text)}
${END}

const generated = suite({
  id: 'generated',
  says: 'a generated model',
  model,
  claims: {
${Object.entries(claims)
  .map(([id, truth]) => claimText(id, truth))
  .join('\n')}
  },
});
export default defineConfig({ suites: [generated] });
`;
};

/** Returns the text of the model in such a file. */
export const modelIn = (file: string): string => {
  const [begin, end] = [file.indexOf(BEGIN), file.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the file has no line "${BEGIN}", or none "${END}" after it`);
  return file.slice(begin + BEGIN.length, end);
};
