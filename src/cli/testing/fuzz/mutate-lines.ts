import { oneOf, once, type Random } from './chance.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { mutateBytes } from './mutate-bytes.ts';

type Mutation = (lines: readonly string[], random: Random) => readonly string[];

const at = (lines: readonly string[], random: Random): number => random.whole(Math.max(1, lines.length));

const withNumber = (line: string, random: Random): string => {
  const number = oneOf(random, ['0', 'ffffffff', 'f'.repeat(5000), '-1', 'zz', '']);
  return line.replace(/[0-9a-f]{2,}/, number);
};

const LIGHT: readonly Mutation[] = [
  (lines, random) => lines.toSpliced(at(lines, random), 1 + random.whole(3)),
  (lines, random) => lines.toSpliced(at(lines, random), 0, oneOf(random, lines)),
  (lines, random) => lines.with(at(lines, random), oneOf(random, lines)),
  (lines, random) => lines.with(at(lines, random), withNumber(oneOf(random, lines), random)),
  (lines, random) => {
    const index = at(lines, random);
    const line = lines[index] ?? '';
    const cut = random.whole(line.length + 1);
    return lines.with(index, `${line.slice(0, cut)}${oneOf(random, HOSTILE_TEXTS)}${line.slice(cut)}`);
  },
];

/** The mutations that make a log long. */
const HEAVY: readonly Mutation[] = [
  (lines, random) => {
    const index = at(lines, random);
    return lines.with(
      index,
      (lines[index] ?? '').slice(random.whole(20)).repeat(oneOf(random, [2, 50, 5000])),
    );
  },
  (lines, random) => {
    const few = Math.ceil(100_000 / lines.length);
    return Array.from({ length: oneOf(random, [2, few, 3 * few]) }, () => lines).flat();
  },
];

/** The largest log: a mutation that would make it larger is left out. */
const MOST_CHARACTERS = 2 ** 24;

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length + 1, 0);

/** Changes some of the lines of a text, or its bytes, or its line ends. */
export const mutateLines = (text: string, random: Random): Uint8Array => {
  if (once(random, 3)) return mutateBytes(Buffer.from(text), random);
  let lines: readonly string[] = text.split('\n');
  for (let left = 1 + random.whole(3); left > 0; left -= 1) {
    const changed = oneOf(random, once(random, 20) ? HEAVY : LIGHT)(lines, random);
    if (changed.length > 0 && sizeOf(changed) < MOST_CHARACTERS) lines = changed;
  }
  const end = oneOf(random, ['\n', '\n', '\n', '\r\n', '\r', '\u2028']);
  return Buffer.from(`${once(random, 10) ? '\uFEFF' : ''}${lines.join(end)}`);
};
