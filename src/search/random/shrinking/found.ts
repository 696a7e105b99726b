import fc from 'fast-check';
import { Fault, type System } from '../../../model/index.ts';
import type { Trace } from '../../result.ts';
import { runOf, type Run } from '../run.ts';
import { shorterRuns, simplerRuns } from './shrink.ts';
import type { Walk } from '../walks/walk.ts';

// fast-check knows arbitraries as subclasses only.
class Found extends fc.Arbitrary<Run> {
  readonly #system: System;
  readonly #run: Run;

  constructor(system: System, run: Run) {
    super();
    this.#system = system;
    this.#run = run;
  }

  override generate(): fc.Value<Run> {
    return new fc.Value(this.#run, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Run {
    return false;
  }

  override shrink(run: Run): fc.Stream<fc.Value<Run>> {
    return fc
      .stream(shorterRuns(this.#system, run))
      .join(simplerRuns(this.#system, run))
      .map((candidate) => new fc.Value(candidate, undefined));
  }
}

/** A run that was found, which shrinks to runs with fewer steps and simpler choices. */
export const foundRun = (system: System, run: Run): fc.Arbitrary<Run> => new Found(system, run);

/** The fault of a finding that is not there when the model itself makes the run. */
export const notThere = ({ model }: System, invariant: string, seed: number, run: number): Fault =>
  new Fault('UW104', {
    where: `model ${model.id}, invariant ${invariant}`,
    expected: `what run ${run} of seed ${seed} found, when that run is made again`,
    got: 'a run without it',
    likely: 'an action or the invariant reads or keeps something that is not in the state',
    next: 'move what it reads or keeps into the state, or into a choice of the actor',
  });

/** Returns the trace of a walk. */
const traceOfWalk = ({ instances: all }: System, { initial, instances }: Walk): Trace => ({
  initial,
  steps: instances.map((index) => ({ action: all[index]!.action, choice: all[index]!.choice })),
});

/** Makes the run of a walk by the model itself; undefined where that cannot be. */
export const runOfWalk = (system: System, walk: Walk): Run | undefined => {
  try {
    return runOf(system, traceOfWalk(system, walk));
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW503') return undefined;
    throw error;
  }
};
