import { checkTraces } from './checks/symmetry-check.ts';
import { needReplayed } from '../replayed.ts';
import type { ActionCount, Bound, Reduction, Verdict } from '../result.ts';
import { missedAtMost } from './store/fingerprint.ts';
import { growthWarnings } from './growth-warnings.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { bytesOf } from './store/store.ts';
import type { Monitor } from '../monitor/monitor.ts';

const verdictOf = (monitor: Monitor, bound: Bound | undefined): Verdict => {
  if (monitor.verdict !== undefined) return monitor.verdict;
  if (bound !== undefined) return { kind: 'unresolved', bound };
  if (monitor.kind === 'sometimes') return { kind: 'violated', shortest: false };
  const unconditional = (monitor.kind === 'always' && !monitor.conditional) || monitor.kind === 'no-deadlock';
  return monitor.antecedents === 0 && !unconditional ? { kind: 'vacuous' } : { kind: 'holds' };
};

const countActions = ({ counters, system }: Search): { readonly [action: string]: ActionCount } => {
  const counts: { [action: string]: { enabled: number; effective: number } } = {};
  system.instances.forEach(({ action }, index) => {
    const count = (counts[action] ??= { enabled: 0, effective: 0 });
    count.enabled += counters.enabled[index]!;
    count.effective += counters.enabled[index]! - counters.selfLoops[index]!;
  });
  return counts;
};

const reducedOf = ({ order, symmetry }: Search): { readonly reduced?: readonly Reduction[] } => {
  const reduced: Reduction[] = [];
  if (symmetry !== undefined) {
    const exchanged = symmetry.exchanges.map(({ path }) => path);
    reduced.push({ kind: 'symmetry', exchanged, checked: symmetry.checked });
  }
  if (order !== undefined) {
    const how = 'choose' in order ? { reduced: order.reduced } : { reduced: 0, ...order };
    reduced.push({ kind: 'partial-order', ...how });
  }
  return reduced.length === 0 ? {} : { reduced };
};

/**
 * Weakens `shortest` where orders of steps were left out, since a shorter attack may have been among them.
 */
const certain = (verdict: Verdict, { order }: Search): Verdict =>
  verdict.kind === 'violated' && order !== undefined && 'choose' in order && order.reduced > 0
    ? { ...verdict, shortest: false }
    : verdict;

/** Makes the result of a search that has ended, for any reason. */
export const toResult = (search: Search): ExhaustiveResult => {
  checkTraces(search);
  const { counters, ending, frontier, monitors, space, store, toTheEnd, workers } = search;
  const { bound } = ending;
  // `recovers` is decided only once every state is known.
  const open = monitors.some(({ kind, verdict }) => verdict === undefined || kind === 'recovers');
  const complete = bound === undefined && (open || toTheEnd || monitors.length === 0);
  const verdicts = Object.fromEntries(
    monitors.map((monitor) => [monitor.id, certain(verdictOf(monitor, bound), search)]),
  );
  needReplayed(search.system, verdicts);
  const actions = countActions(search);
  // If states stand for others, an action may be possible in those others only.
  const never =
    complete && search.symmetry === undefined
      ? Object.keys(actions).filter((action) => actions[action]!.enabled === 0)
      : [];
  return {
    engine: 'exhaustive',
    verdicts,
    antecedents: Object.fromEntries(monitors.map(({ id, antecedents }) => [id, antecedents])),
    actions,
    states: store.size,
    transitions: counters.transitions,
    depth: frontier.depth,
    complete,
    ...(bound === undefined ? {} : { bound }),
    ...reducedOf(search),
    ...(store.memory.states === 'fingerprint' ? { missedAtMost: missedAtMost(store.size) } : {}),
    warnings: [
      ...ending.warnings,
      ...growthWarnings(search),
      ...never.map((action) => `action ${action} is never possible in this scenario`),
    ],
    bytes: bytesOf(store) + (workers.team?.bytes() ?? 0),
    threads: workers.threads,
    ...space.counts(),
  };
};
