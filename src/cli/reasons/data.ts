import type { Dropped, ReasonsRun } from '../../claim/reasons/result.ts';

const droppedData = ({ bound, defences, shortest, steps, verdict }: Dropped): object => ({
  defences,
  verdict,
  ...(bound === undefined ? {} : { bound }),
  ...(steps === undefined ? {} : { steps, shortest }),
});

/** Makes the data of `reasons --json`, which is also recorded: no clock, no chance. */
export const reasonsData = ({ interrupted, mismatches, results }: ReasonsRun): object => ({
  schemaVersion: 1,
  claims: results.map(({ alone, bound, claim, idle, oneOf, unasked, undecided, verdict }) => {
    const mismatch = mismatches.find((one) => one.claim === claim);
    return {
      suite: claim.suite,
      id: claim.id,
      verdict,
      ...(bound === undefined ? {} : { bound }),
      restsOn: [...alone, ...oneOf].map((dropped) => droppedData(dropped)),
      idle,
      unasked,
      ...(undecided.length === 0 ? {} : { undecided: undecided.map((dropped) => droppedData(dropped)) }),
      ...(claim.restsOn === undefined ? {} : { declared: claim.restsOn }),
      ...(mismatch === undefined ? {} : { wrong: mismatch.wrong, missing: mismatch.missing }),
    };
  }),
  interrupted,
});
