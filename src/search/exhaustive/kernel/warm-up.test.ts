import { Session, type Profiler } from 'node:inspector/promises';
import { expect, test } from 'vitest';
import { rehearse } from './warm-up.ts';

/** The ranges of text that `run` does not run in functions that it makes, by function. */
const notRunIn = async (run: () => void): Promise<{ readonly [name: string]: readonly string[] }> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const texts = new Map<string, string>();
  await session.post('Debugger.enable');
  run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const made = result.filter(({ url }) => url === '');
  for (const { scriptId } of made) {
    const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId });
    texts.set(scriptId, scriptSource);
  }
  session.disconnect();
  const missed = ({ ranges }: Profiler.FunctionCoverage, text: string): readonly string[] =>
    ranges.filter(({ count }) => count === 0).map((range) => text.slice(range.startOffset, range.endOffset));
  return Object.fromEntries(
    made.flatMap(({ functions, scriptId }) =>
      functions
        .filter(({ functionName }) => ['expand', 'insert', 'evaluate', 'place'].includes(functionName))
        .map((one) => [one.functionName, missed(one, texts.get(scriptId)!)]),
    ),
  );
};

// The rehearsed text is not run again: no two of these have a loop in common.
test.each([
  [1, true, false],
  [2, true, false],
  [3, false, true],
  [5, false, false],
])('words %i, narrow %s, self-loops kept %s: all of the loops is run', async (words, narrow, keeps) => {
  expect(await notRunIn(() => rehearse(words, narrow, keeps))).toEqual({
    expand: [],
    insert: [],
    evaluate: [],
    place: [],
  });
});
