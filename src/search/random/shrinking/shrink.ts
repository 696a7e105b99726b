import { canonical, type Instance, type System, type Value } from '../../../model/index.ts';
import { resume, type Run } from '../run.ts';

/**
 * `run` without some of its steps: without all, either half, each quarter … down to each single step,
 * the end first, for most of a run comes after what it was kept for. Steps that the others made
 * possible go with them.
 */
export function* shorterRuns(system: System, run: Run): Generator<Run, void> {
  const { length } = run.instances;
  for (let size = length; size >= 1; size = Math.floor(size / 2)) {
    for (let end = length; end > 0; end -= size) {
      yield resume(system, run, Math.max(0, end - size), run.instances.slice(end));
    }
  }
}

const differences = (one: Instance, other: Instance): readonly string[] =>
  Object.keys(one.choice).filter(
    (name) => canonical(one.choice[name] as Value) !== canonical(other.choice[name] as Value),
  );

/**
 * Returns, for each choice of `instance`, the first, the middle and the last of the values before its own.
 */
const simplerInstances = (system: System, instance: Instance): readonly Instance[] => {
  // Instances stand in the order of their values, so one that comes earlier and differs in one choice
  // has a simpler value there.
  const earlier = system.instances
    .slice(0, system.instances.indexOf(instance))
    .filter(({ action }) => action === instance.action)
    .map((other) => ({ other, names: differences(other, instance) }))
    .filter(({ names }) => names.length === 1);
  return Object.keys(instance.choice).flatMap((name) => {
    const simpler = earlier.filter(({ names }) => names[0] === name).map(({ other }) => other);
    const picked = new Set([simpler[0], simpler[simpler.length >> 1], simpler.at(-1)]);
    return [...picked].filter((other) => other !== undefined);
  });
};

/** `run` with one choice simpler, or from an earlier initial state; never longer. */
export function* simplerRuns(system: System, run: Run): Generator<Run, void> {
  for (let initial = 0; initial < run.initial; initial += 1) {
    const start = { initial, instances: [], states: [system.initial[initial]!] };
    yield resume(system, start, 0, run.instances);
  }
  for (const [index, instance] of run.instances.entries()) {
    for (const simpler of simplerInstances(system, instance)) {
      yield resume(system, run, index, [simpler, ...run.instances.slice(index + 1)]);
    }
  }
}
