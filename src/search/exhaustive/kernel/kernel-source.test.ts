import { expect, test } from 'vitest';
import { evaluateText } from './kernel-source.ts';

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

test('the loop over the monitors walks each machine from its root to a leaf, and stops where one decides', () => {
  expect(lines(evaluateText(1))).toEqual(lines(LOOP));
});
