import { expect, test } from 'vitest';
import { evaluateText, expandText, insertText, placeText, rehashText } from './kernel-source.ts';

// A sample of what is generated, to be read beside the generator: the loop over the monitors, for states of
// one word.
const LOOP = `
from |= 0; to |= 0;
const clusters = nodes[0], found = new Int32Array(clusters);
let n = 0, i = from;
all: for (; i < to; i += 1) {
const w0 = segment[i * 1 + 0];
for (let cluster = 0; cluster < clusters; cluster += 1) {
n = nodes[1 + cluster];
do {
const meta = nodes[n];
n = nodes[n + 1 + (w0 >>> (meta & 31) & meta >>> 10)];
} while (n > 0);
if (n === 0 || decisive[-n] === 1) break all;
found[cluster] = -n;
}
for (let cluster = 0; cluster < clusters; cluster += 1) answers[found[cluster]] += 1;
}
return i;
`;

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

test('the loop over the monitors walks each machine to a leaf, and stops where one decides', () => {
  expect(lines(evaluateText(1))).toEqual(lines(LOOP));
});

/** Indents each line of a text by the braces around it. */
const sampleOf = (text: string): string => {
  let depth = 0;
  const indented = lines(text).map((line) => {
    const [opened, closed] = ['{', '}'].map((brace) => line.split(brace).length - 1);
    const own = line.startsWith('}') ? depth - 1 : depth;
    depth += opened! - closed!;
    return `${'  '.repeat(own)}${line}\n`;
  });
  return indented.join('');
};

// The other loops are too long to stand here: each is in a file beside this one.
test.each([
  ['expand', 'steps of states of one word, without those that change nothing', expandText(1, false)],
  ['insert', 'candidates of two words, into a set whose slots are one number', insertText(2, true)],
  ['insert-wide', 'candidates of one word, into a set of hashes and numbers of states', insertText(1, false)],
  ['place', 'states of one word, into an empty set of hashes and numbers of states', placeText(1, false)],
  ['rehash', 'the slots of a set, into one twice as large', rehashText(true)],
])('the loop %s, as it is generated for %s', async (name, _, text) => {
  await expect(sampleOf(text)).toMatchFileSnapshot(`samples/${name}.txt`);
});
