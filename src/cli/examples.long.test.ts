import { afterAll, describe, expect, test } from 'vitest';
import { suites } from '../../properties/index.ts';
import { createWorkplace } from '../testing/workplace.ts';
import { runCli } from './testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

/** The examples of a command's help, without the program's name and without what is said beside them. */
const examplesOf = async (...command: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await runCli([...command, '--help'], { cwd: place.path });
  return stdout.split('\n').flatMap((line) => {
    const [, example] = /^ {2}underwatch (\S.*?)(?: {3,}.*)?$/.exec(line) ?? [];
    return example === undefined ? [] : [example];
  });
};

describe('the examples of the help', () => {
  test('name claims that there are', async () => {
    const ids = new Set(suites.flatMap(({ claims }) => claims.map(({ id }) => id)));
    const examples = await examplesOf();
    const names = examples.map((example) => example.split(' ')[0]);
    expect(names).toContain('threshold');
    const all = await Promise.all([...new Set(names)].map((name) => examplesOf(name!)));
    const claims = [...examples, ...all.flat()].flatMap(
      (example) => /--claim '?([^\s'*]+)'?(?= |$)/.exec(example)?.[1] ?? [],
    );
    expect(claims.length).toBeGreaterThan(5);
    expect(claims.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('of thresholds of claims decide', async () => {
    const examples = (await examplesOf('threshold')).filter((example) => example.includes('--claim'));
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      const { code } = await runCli(example.split(' '), { cwd: place.path });
      expect(code).toBe(0);
    }
  });
});
