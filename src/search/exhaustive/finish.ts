import type { ActionCount, Bound, Verdict } from '../result.ts';
import { growthWarnings } from './growth.ts';
import { keepCounts } from './plan.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { bytesOf } from './store.ts';
import type { Watch } from './watch.ts';

const verdictOf = (watch: Watch, bound: Bound | undefined): Verdict => {
  if (watch.verdict !== undefined) return watch.verdict;
  if (bound !== undefined) return { kind: 'unresolved', bound };
  if (watch.kind === 'sometimes') return { kind: 'violated', shortest: false };
  const unconditional = watch.kind === 'always' && !watch.conditional;
  return watch.antecedents === 0 && !unconditional ? { kind: 'vacuous' } : { kind: 'holds' };
};

const countActions = ({ system, enabled, selfLoops }: Search): { readonly [action: string]: ActionCount } => {
  const counts: { [action: string]: { enabled: number; effective: number } } = {};
  system.instances.forEach(({ action }, index) => {
    const count = (counts[action] ??= { enabled: 0, effective: 0 });
    count.enabled += enabled[index]!;
    count.effective += enabled[index]! - selfLoops[index]!;
  });
  return counts;
};

/** The result of a search that has ended, for whatever reason. */
export const finish = (search: Search): ExhaustiveResult => {
  keepCounts(search);
  const { bound, depth, space, store, toTheEnd, transitions, watches } = search;
  const open = watches.some(({ verdict }) => verdict === undefined);
  const complete = bound === undefined && (open || toTheEnd || watches.length === 0);
  const actions = countActions(search);
  const never = complete ? Object.keys(actions).filter((action) => actions[action]!.enabled === 0) : [];
  return {
    engine: 'exhaustive',
    verdicts: Object.fromEntries(watches.map((watch) => [watch.id, verdictOf(watch, bound)])),
    antecedents: Object.fromEntries(watches.map(({ id, antecedents }) => [id, antecedents])),
    actions,
    states: store.size,
    transitions,
    depth,
    complete,
    ...(bound === undefined ? {} : { bound }),
    warnings: [
      ...growthWarnings(search),
      ...never.map((action) => `action ${action} is never possible in this scenario`),
    ],
    bytes: bytesOf(store),
    ...space.counts(),
  };
};
