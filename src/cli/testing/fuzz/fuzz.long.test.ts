import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../../testing/workplace.ts';
import { fuzz } from './fuzz.ts';
import { createSubjects } from './subjects/index.ts';

const place = createWorkplace();
const home = process.cwd();
afterAll(() => {
  process.chdir(home);
  place.remove();
});

const INPUTS = 10_000;
const SEED = 1;
const subjects = await createSubjects(place);

/** The outcomes that some inputs must have: else they are all refused before they get where they should. */
const REACHED: { readonly [subject: string]: readonly string[] } = {
  logs: ['UW321', 'UW322', 'UW403', 'UW405', 'UW406', 'read'],
  attacks: ['UW105', 'UW324', 'UW325', 'UW501', 'UW502', 'exit 0', 'exit 1'],
  reports: ['UW324', 'UW325', 'UW501', 'a report', 'no report'],
  checkpoints: ['UW311', 'gone on'],
  configurations: ['UW101', 'UW303', 'exit 0'],
  arguments: ['UW301', 'UW304', 'UW305', 'exit 0', 'usage'],
};

describe(`${INPUTS} mutated inputs: no crash, no stack trace, nothing slow or large, nothing corrupt accepted`, () => {
  it.each(subjects)('$name', async (subject) => {
    const to = (INPUTS * subject.share) / 100;
    const { failures, outcomes, inputs } = await fuzz(subject, { seed: SEED, to });
    expect(failures).toEqual([]);
    expect(Object.keys(outcomes)).toEqual(expect.arrayContaining([...(REACHED[subject.name] ?? [])]));
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(inputs);
  });

  it('of which there are that many', () => {
    expect(subjects.reduce((sum, { share }) => sum + share, 0)).toBe(100);
  });

  it('are the same again for the same seed', async () => {
    for (const subject of subjects) {
      const again = { seed: SEED + 1, to: 20 };
      expect(await fuzz(subject, again)).toEqual(await fuzz(subject, again));
    }
  });
});
