import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createWorkplace } from '../workplace.ts';
import { DEFECTS } from './engines/defects.ts';
import { examine, examineText, shrunk, type Examination } from './examine.ts';
import { fuzz } from './fuzz.ts';
import { modelOf } from './models/model.ts';
import { textOf } from './models/term.ts';
import { fileOf, modelIn } from './written.ts';

const place = createWorkplace();
afterAll(place.remove);

const bounds = { states: 200, transitions: 2000 };
const made = (seed: number): string => textOf(modelOf(seed));

const withDefect = (id: string): Examination => ({
  bounds,
  engines: DEFECTS.filter((defect) => defect.id === id),
  workplace: place.path,
});

describe('generated models', () => {
  const texts = Array.from({ length: 500 }, (_, seed) => made(seed));

  test('are the same for the same seed, for ever', () => {
    const hash = createHash('sha256').update(texts.join('\n'));
    expect(hash.digest('hex')).toBe('9b66d184b8938d9c11c656c067e0e8f1d3fb3d08e714d06f3b5e282b3bbf8ddb');
  });

  test.each(
    'some every find findIndex findLast findLastIndex filter map reduce flatMap includes indexOf forEach entries sort'
      .concat(' splice push pop shift unshift slice concat reverse fill join at')
      .split(' '),
  )('call %s', (method) => {
    expect(texts.filter((text) => text.includes(`.${method}(`)).length).toBeGreaterThan(9);
  });

  test.each([
    ['keep what a filter left', /const kept\d+ = /],
    ['empty what was kept', /kept\d+\.length = 0/],
    ['write into what was kept', /kept\d+\[0\] = /],
    ['assign what was kept', / = kept\d+;/],
    ['remember the first that says something', /\?\?= x\d+/],
    ['look at what lies beside', /all\d+\[i\d+ - 1\]/],
    ['hand a place out', /at\d+ = n\d+;/],
    ['end a loop early', /\bbreak;/],
    ['follow who waits for whom', /while \(at\d+ > 0\)/],
    ['catch what they throw', /catch/],
    ['match', /match\(/],
    ['have parts that come and go', /delete /],
    ['have twins', /interchangeable/],
    ['start in several states', /initial: \(\) => \[\{.*\}, \{/],
    ['choose what the setting leaves', /setting\.parameters\.limit\) \}\)/],
    ['claim of several waits that they end', /'within'[^]*'within'/],
    ['look things up by what else there is', /table\[/],
  ])('%s', (_, pattern) => {
    expect(texts.filter((text) => pattern.test(text)).length).toBeGreaterThan(9);
  });
});

const textLines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

describe('an engine that is wrong on purpose is found, and what shows it is made small', () => {
  test.each([
    ['defect-instance', 'transitions'],
    ['defect-start', 'states'],
    ['defect-memo', ''],
    ['defect-length', 'within'],
    ['defect-path', 'the path of'],
    ['defect-vacuous', ''],
    ['defect-idle', ''],
    ['defect-crash', 'an answer'],
  ])('%s', async (id, about) => {
    const examination = withDefect(id);
    for (let seed = 1; ; seed += 1) {
      const outcome = await examine(seed, examination);
      if (outcome.kind === 'large' || outcome.finding === undefined) continue;
      const small = await shrunk(outcome.finding, examination);
      expect(small.disagreements[0]).toMatchObject({
        engine: id,
        about: expect.stringContaining(about) as string,
      });
      expect(textLines(small.text)).toBeLessThan(45);
      expect(small.text.length).toBeLessThan(1300);
      // The file says the same when it is read again.
      const again = await examineText(modelIn(fileOf(small, 'model.ts')), seed, examination);
      expect(again).toMatchObject({ finding: { disagreements: small.disagreements } });
      return;
    }
  });

  test('as a file that can be read and run', async () => {
    const examination = withDefect('defect-instance');
    const outcome = await examine(1, examination);
    if (outcome.kind === 'large' || outcome.finding === undefined) throw new Error('nothing was found');
    const file = fileOf(await shrunk(outcome.finding, examination), 'seed-1.ts');
    await expect(file).toMatchFileSnapshot('../../../reports/golden/generated-model.ts.txt');
  });
});

test('every engine says of 40 models what plain stepping says', async () => {
  const progress = await fuzz({
    seed: 1,
    models: 40,
    bounds,
    engines: [],
    jobs: 2,
    limitMs: 60_000,
    folder: join(place.path, 'all'),
  });
  expect(progress).toMatchObject({ disagreed: {}, examined: 36, large: 4 });
  expect(progress.asked).toBeGreaterThan(progress.examined * 4);
});
