import { match } from 'ts-pattern';
import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import { latchSmi } from '../../platform/cores/index.ts';
import { isFound } from '../invocation/handler.ts';
import { ends } from '../invocation/clock.ts';
import { goesOn, inAgent, passMs, undecided } from './machine.ts';
import type { MeasurementSetting } from './setting.ts';
import type { Measurement } from './state.ts';

type AgentAction = AnyAction<Measurement, MeasurementSetting>;
const action = actionOf<Measurement, MeasurementSetting>();

/**
 * Whether a fetch from the agent's address brings the genuine agent: by the TLB if it has the address, else
 * by the page tables.
 */
const isGenuine = ({ core, memory }: Measurement): boolean =>
  (core.tlb === 'none' ? memory.mapping : core.tlb) === 'agent' && memory.agent === 'genuine';

const runs = (state: Measurement): boolean =>
  undecided(state) && state.handler.phase === 'running' && goesOn(state) && !state.core.nmi;

/** The actions of the measurement agent, in ring 0, under the page tables with which it was started. */
export const agentActions: { readonly [name in 'execute' | 'giveUpRun']: AgentAction } = {
  execute: action({
    actor: 'agent',
    says: 'executes',
    choose: ({ parameters }: MeasurementSetting) => ({
      tookMs: oneOf(ends(parameters.measureLeastMs, parameters.measureMostMs)),
    }),
    when: (state, { tookMs }, { parameters }) =>
      runs(state) && inAgent(state) && (state.core.at === 'agent' || tookMs === parameters.measureLeastMs),
    then: (draft, { tookMs }, setting) => {
      const { core, memory, ghost, handler } = draft;
      if (core.tlb === 'none') core.tlb = memory.mapping;
      if (!isGenuine(draft) && core.at !== 'agent exit') {
        // These are instructions of the hypervisor's own, whatever they are called.
        ghost.executed = 'other';
        core.at = 'hypervisor';
        return;
      }
      if (ghost.executed === 'none') ghost.executed = 'begun';
      match(core.at)
        .with('agent entry', () => {
          if (setting.defends('clearDr7')) core.breakpoints = false;
          memory.gates = 'agent';
          core.at = 'agent';
        })
        .with('agent', () => {
          passMs(draft, tookMs, setting);
          const inContext = core.mode === 'host' && core.cr3 === 'hypervisor';
          memory.output = inContext && isFound(draft.kernel) ? 'modified' : 'clean';
          if (inContext) ghost.executed = 'measured';
          core.at = 'agent exit';
        })
        .with('agent exit', () => {
          // DR7 cannot be restored through the save state, so the agent does it.
          core.breakpoints = core.exit === 'none' && handler.breakpoints;
          core.at = 'exited';
          latchSmi(core);
        })
        .with('guest', 'hypervisor', 'injected', 'behind', 'host entry', 'exited', 'fault', () => {})
        .exhaustive();
    },
  }),
  giveUpRun: action({
    actor: 'agent',
    says: 'its own handler of interrupts and exceptions gives up',
    when: (state) => runs(state) && state.core.at === 'fault',
    then: (draft) => {
      draft.memory.output = 'none';
      draft.core.breakpoints = draft.core.exit === 'none' && draft.handler.breakpoints;
      draft.core.at = 'exited';
      latchSmi(draft.core);
    },
  }),
};
