import { systemOf } from '../../model/index.ts';
import type { Slices } from '../engine/drive.ts';
import { learnedOf, provedIrrelevant, type Known } from './irrelevant.ts';
import type { Part } from './parts.ts';
import { sharedBy } from './together.ts';
import { isStopped, tryWith, type Tried } from './trial.ts';

/** Two parts at a time. */
export interface PairsTried {
  readonly pairs: readonly Tried[];
  /** The number of pairs that need no search of their own. */
  readonly proved: number;
}

/** The results of parts alone. */
export interface Alone {
  /** Parts that leave the verdicts as they are, without those that are irrelevant. */
  readonly held: readonly Part[];
  readonly irrelevant: readonly Part[];
  /** The parts of `held` that leave the verdicts the same in any combination. */
  readonly combined: readonly Part[];
}

const pairsAmong = ({ length }: readonly Part[]): number => (length * (length - 1)) / 2;

/**
 * One part beside many: those that are irrelevant beside it all at once, others by searches that they share,
 * the rest by themselves.
 */
function* besideOne(known: Known, one: Part, others: readonly Part[]): Slices<PairsTried> {
  const system = systemOf(known.system.model, one.extend(known.system.scenario));
  const census = yield* learnedOf(system, known.invariants, known.limits);
  const there: Known = { ...known, system, census };
  const irrelevant = yield* provedIrrelevant(there, others);
  const open = others.filter((part) => !irrelevant.includes(part));
  const { alone, combined } = yield* sharedBy(there, open);
  const shared = [...combined, ...alone];
  const pairs: Tried[] = [];
  for (const other of open) {
    if (shared.includes(other)) continue;
    pairs.push(yield* tryWith(known, [one, other], known.limits));
    if (pairs.some(isStopped)) break;
  }
  return { pairs, proved: irrelevant.length + shared.length };
}

/** Finds the parts with which the verdicts stay, two at a time. */
export function* pairsOf(known: Known, { combined, held, irrelevant }: Alone): Slices<PairsTried> {
  const apart = held.filter((part) => !combined.includes(part));
  const pairs: Tried[] = [];
  let proved = pairsAmong(irrelevant) + pairsAmong(combined);
  const around = function* (one: Part, others: readonly Part[]): Slices<void> {
    if (others.length === 0 || pairs.some(isStopped)) return;
    const found = yield* besideOne(known, one, others);
    pairs.push(...found.pairs);
    proved += found.proved;
  };
  for (const [index, one] of apart.entries())
    yield* around(one, [...apart.slice(index + 1), ...combined, ...irrelevant]);
  for (const one of irrelevant.length === 0 ? [] : combined) yield* around(one, irrelevant);
  return { pairs, proved };
}
