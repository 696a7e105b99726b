import { expect, test } from 'vitest';
import { runStudy } from '../statistics/study.ts';
import { rainStudy } from '../testing/models/dam.ts';
import { studySvg } from './study-svg.ts';

const options = { runs: 400, seed: 1, confidence: 0.99, error: 0.01 };
const result = runStudy(rainStudy, options);
const picture = studySvg(result);

test('the picture has a title, a description, and a label in words for each population', () => {
  expect(picture).toContain('aria-labelledby="title description"');
  const [seldom] = result.populations;
  expect(picture).toContain(
    `aria-label="RAIN-SELDOM: too much or too little. ${seldom!.outside} of 400 out of limits;`,
  );
});

test('every element that is opened is closed, and no name is left unescaped', () => {
  const opened = [...picture.matchAll(/<([a-z]+)(?: [^>]*[^/])?>/g)].map(([, name]) => name);
  const closed = [...picture.matchAll(/<\/([a-z]+)>/g)].map(([, name]) => name);
  const sorted = (names: readonly (string | undefined)[]): string =>
    JSON.stringify(names.map(String).toSorted((a, b) => (a < b ? -1 : 1)));
  expect(sorted(opened)).toBe(sorted(closed));
  const [population] = rainStudy.populations;
  const odd = { ...rainStudy, populations: [{ ...population!, says: 'a < b & "c"' }] };
  expect(studySvg(runStudy(odd, options))).toContain('a &lt; b &amp; &quot;c&quot;');
});

test('bars are as high as their counts have roots, within the row, and late ones are told apart', () => {
  const heights = [...picture.matchAll(/class="(?:bar|late)"[^>]*height="(\d+)"/g)].map(([, height]) =>
    Number(height),
  );
  expect(Math.max(...heights)).toBe(48);
  expect(picture).toContain('class="late"');
  // Two limits in each of two rows.
  expect(picture.match(/class="limit"/g)).toHaveLength(4);
});
