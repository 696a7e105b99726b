import { actionOf, type AnyAction } from 'underwatch/model';
import { spend } from './hypervisor.ts';
import { coreInFlight, runs, undecided } from './phases.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

type HypervisorAction = AnyAction<HyperSentry, HyperSentrySetting>;
const action = actionOf<HyperSentry, HyperSentrySetting>();

/** What a hypervisor gets out of the processor beside the chipset's registers. */
export const processorActions: { readonly shade: HypervisorAction } = {
  shade: action({
    actor: 'hypervisor',
    says: 'STI with IF=0, MOV SS or POP SS: the SMI waits for one instruction more',
    needs: 'shadow',
    // Worth something only as the instruction in flight, and only the first of several (`cores`, H-SHADOW-EACH).
    when: (state) => undecided(state) && !runs(state) && coreInFlight(state)?.retired === false,
    then: (draft, _, setting) => {
      const core = coreInFlight(draft)!;
      spend(draft, setting.parameters.instructionUs, 'one', setting);
      core.shadow = true;
    },
  }),
};
