import type { AnyModel } from '../../../model/index.ts';
import type { ReductionKind } from '../../result.ts';

/**
 * Whether a search reduced like this can decide an invariant of `kind`. The orders of steps that are left out
 * could be noticed by an invariant about more than single states; ways back are found among the states
 * themselves, of which some stand for others.
 */
export const canDecide = (reduction: ReductionKind, kind: AnyModel['invariants'][string]['kind']): boolean =>
  reduction === 'partial-order' ? kind === 'always' || kind === 'sometimes' : kind !== 'recovers';
