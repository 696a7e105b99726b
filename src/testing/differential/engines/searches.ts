import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from '../../../model/index.ts';
import { explore, exploreInSlices } from '../../../search/exhaustive/explore.ts';
import type { ExhaustiveOptions } from '../../../search/exhaustive/options.ts';
import type { ExhaustiveResult } from '../../../search/exhaustive/search.ts';
import { canDecide } from '../../../search/exhaustive/reduction/decides.ts';
import { exploreSymbolically } from '../../../search/symbolic/explore.ts';
import type { SymbolicOptions } from '../../../search/symbolic/options.ts';
import { claimsOf, saidIn, type Answers, type Configuration, type Task } from './engine.ts';

type Run = Configuration['run'];

type Search = (system: System, options: ExhaustiveOptions, task: Task) => ExhaustiveResult;

/** Stops a search after a few slices, again and again, and continues it from what it kept. */
const inParts: Search = (system, options, { salt, workplace }) => {
  const file = join(workplace, 'search.checkpoint');
  if (existsSync(file)) rmSync(file);
  const kept = { ...options, checkpoint: { file, everyMs: 1e9 } };
  for (let turn = 0; turn < 4; turn += 1) {
    const slices = exploreInSlices(system, kept);
    let slice = slices.next();
    for (let left = (salt + turn * 7) % 5; left > 0 && slice.done !== true; left -= 1) slice = slices.next();
    if (slice.done === true) return slice.value;
    slices.next('stop');
  }
  return explore(system, kept);
};

const atOnce: Search = explore;

const undecided = (kind: string): boolean => kind !== 'recovers';

/** Explores everything once, and then decides all that it can at once. */
export const exhaustive =
  (options: ExhaustiveOptions = {}, search: Search = atOnce): Run =>
  (system, task): Answers => {
    const { reduce = [], states } = options;
    const may = claimsOf(system, (kind) =>
      states === 'fingerprint'
        ? undecided(kind)
        : reduce.every((reduction) => canDecide(reduction, kind as never)),
    );
    const counts = search(system, { ...options, invariants: [] }, task);
    const { actions } = counts;
    if (may.length === 0) return { claims: {}, counts, actions };
    const { verdicts } = search(system, { ...options, invariants: may }, task);
    return { claims: saidIn(verdicts), counts, actions };
  };

/** Decides each claim by a search of its own, and by another to its end, whose counts are compared, too. */
export const oneByOne =
  (options: ExhaustiveOptions = {}): Run =>
  (system) => {
    const results = claimsOf(system, () => true).map((id) => {
      const soon = explore(system, { ...options, invariants: [id] });
      const late = explore(system, { ...options, invariants: [id], toTheEnd: true });
      return [id, soon.verdicts[id]!, late.antecedents[id]!] as const;
    });
    return {
      claims: saidIn(Object.fromEntries(results.map(([id, verdict]) => [id, verdict]))),
      antecedents: Object.fromEntries(results.map(([id, , antecedents]) => [id, antecedents])),
    };
  };

/** Explores and decides, stopped and resumed. */
export const resumed = (options: ExhaustiveOptions = {}): Run => exhaustive(options, inParts);

/** Symbolic search: with sets of states. */
export const symbolic =
  (strategy: NonNullable<SymbolicOptions['strategy']>): Run =>
  (system) => {
    const counts = exploreSymbolically(system, { strategy, invariants: [] });
    const { verdicts } = exploreSymbolically(system, { strategy });
    return { claims: saidIn(verdicts), counts, actions: counts.actions };
  };

/** Symbolic search of each claim by itself. */
export const symbolicOneByOne =
  (strategy: NonNullable<SymbolicOptions['strategy']>): Run =>
  (system) => {
    const verdicts = claimsOf(system, () => true).map((id) => {
      const result = exploreSymbolically(system, { strategy, invariants: [id] });
      return [id, result.verdicts[id]!] as const;
    });
    return { claims: saidIn(Object.fromEntries(verdicts)) };
  };
