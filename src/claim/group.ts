import {
  checkModel,
  Fault,
  guarded,
  systemOf,
  type AnyModel,
  type OnDefence,
  type Scenario,
  type System,
} from '../model/index.ts';
import { needPure } from '../model/purity/check.ts';
import { watchedOnce } from '../model/watchdog/slices.ts';
import type { Limits } from '../search/result.ts';
import { searchKey, type Claim } from './claim.ts';

/** A group: claims about the same states, decided by one search. */
export interface Group {
  readonly model: AnyModel;
  readonly scenario: Scenario;
  readonly limits: Limits;
  readonly claims: readonly Claim[];
}

/** Groups claims by what has to be searched, in the order in which the claims first ask for it. */
export const groupsOf = (claims: readonly Claim[], limits: Limits): readonly Group[] => {
  // The key is the identity first: two models may have one id in different files of a user.
  const groups = new Map<AnyModel, Map<string, Claim[]>>();
  const inOrder: Claim[][] = [];
  for (const claim of claims) {
    const ofModel = groups.get(claim.model) ?? new Map<string, Claim[]>();
    groups.set(claim.model, ofModel);
    const key = searchKey(claim);
    const group = ofModel.get(key) ?? [];
    if (group.length === 0) inOrder.push(group);
    ofModel.set(key, group);
    group.push(claim);
  }
  return inOrder.map((group) => {
    const { model, scenario, limits: own } = group[0]!;
    return { model, scenario, limits: { ...own, ...limits }, claims: group };
  });
};

type Put = (model: AnyModel, scenario: Scenario, limits?: Limits, onDefence?: OnDefence) => System;

/** A workbench that puts models into scenarios. */
export interface Workbench {
  /** A system that is still to be checked for purity: by a search, slice by slice. */
  readonly made: Put;
  /** A system that was checked for purity, as far as that is looked at. */
  readonly systemFor: Put;
}

/**
 * Makes a workbench, which puts models into scenarios and checks each model once, at its first use; a time
 * limit counts for their functions.
 */
export const createWorkbench = (): Workbench => {
  const checked = new Set<AnyModel>();
  const made: Workbench['made'] = (model, scenario, limits = {}, onDefence?: OnDefence) => {
    if (!checked.has(model)) checkModel(model);
    const system = watchedOnce(
      () =>
        guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario, onDefence)),
      limits,
    );
    checked.add(model);
    return system;
  };
  return {
    made,
    systemFor: (model, scenario, limits = {}, onDefence?: OnDefence) => {
      const system = made(model, scenario, limits, onDefence);
      watchedOnce(() => needPure(system), limits);
      return system;
    },
  };
};

/**
 * Returns what the limits leave to a search that was being set up since `startMs`: a millisecond at least.
 */
export const limitsLeft = (limits: Limits, startMs: number): Limits => {
  const { timeLimitMs } = limits;
  if (timeLimitMs === undefined) return limits;
  return { ...limits, timeLimitMs: Math.max(1, Math.ceil(timeLimitMs - (performance.now() - startMs))) };
};

/** Checks that the model has the invariant. Throws UW105 if not. */
export const needInvariant = (model: AnyModel, invariant: string, where: string): void => {
  if (Object.hasOwn(model.invariants, invariant)) return;
  throw new Fault('UW105', {
    where,
    expected: `an invariant of model ${model.id}: ${Object.keys(model.invariants).join(', ')}`,
    got: invariant,
    likely: 'a typing error, or an invariant of another version of the model',
    next: 'run `underwatch list --models` for the names',
  });
};
