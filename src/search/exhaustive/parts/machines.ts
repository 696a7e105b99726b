import type { Clusters } from '../fused/cluster.ts';
import type { Actions } from '../fused/fused-actions.ts';
import type { FusedMonitors } from '../fused/fused-monitors.ts';
import type { Writable } from '../../writable.ts';

/** The plan of fusing: which actions, and which questions about states, are fused with which. */
export interface Plan {
  readonly actions: Clusters;
  readonly questions: Clusters;
}

/**
 * The machines of a search: the fused tries that it runs on. `replan/` decides when to replace which of them.
 */
export interface Machines {
  /** The plan of what is fused, once enough states are known to choose. */
  readonly plan: Plan | undefined;
  /** The number of states at which the plan is made again. */
  readonly planAt: number;
  /**
   * The epoch of what was learned with questions about arrays when the tries were fused; it may have changed
   * since.
   */
  readonly epoch: number;
  /** The fused actions, once there is a plan. */
  readonly actions: Actions | undefined;
  readonly stateMonitors: FusedMonitors;
  readonly stepMonitors: FusedMonitors;
}

/** Sets which tries are to be fused, until `planAt` states are known. */
export const usePlan = (machines: Writable<Machines>, plan: Plan | undefined, planAt: number): void => {
  machines.plan = plan;
  machines.planAt = planAt;
};

/** Replaces the fused actions. */
export const useActions = (machines: Writable<Machines>, actions: Actions): void => {
  machines.actions = actions;
};

/** Replaces the fused questions about states. */
export const useStateMonitors = (machines: Writable<Machines>, monitors: FusedMonitors): void => {
  machines.stateMonitors = monitors;
};

/** Replaces the fused questions about steps. */
export const useStepMonitors = (machines: Writable<Machines>, monitors: FusedMonitors): void => {
  machines.stepMonitors = monitors;
};

/** Notes the epoch in which the present machines were fused. */
export const fusedIn = (machines: Writable<Machines>, epoch: number): void => {
  machines.epoch = epoch;
};

/** Makes the machines of a search that begins, which is planned for the first time at `planAt` states. */
export const createMachines = (
  planAt: number,
  epoch: number,
  stateMonitors: FusedMonitors,
  stepMonitors: FusedMonitors,
): Machines => ({ plan: undefined, planAt, epoch, actions: undefined, stateMonitors, stepMonitors });
