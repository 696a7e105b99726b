import type { Claim } from '../../../claim/claim.ts';
import { runIdentity } from '../../../claim/run/run-checkpoint.ts';
import type { System } from '../../../model/index.ts';
import { identityOf, type Identity } from '../../../search/checkpoint/identity.ts';
import { digestsOf, type Sources } from '../../workspace/sources-read.ts';
import type { WorkerStart } from './messages.ts';

/**
 * Returns what a run of these claims depends on: the process that wants them searched and the one that
 * searches must have the same.
 */
export const identityFor = (
  claims: readonly Claim[],
  { engine = 'exhaustive', limits = {} }: WorkerStart['options'],
  sources: Sources,
): Identity => runIdentity(claims, { engine, limits: { ...limits } }, digestsOf(process.cwd(), sources));

/**
 * Returns what a model is and does in a scenario, which a configuration may make anew each time that it is
 * loaded.
 */
export const likenessOf = (system: System, invariants: readonly string[]): Identity =>
  identityOf(system, invariants, {});
