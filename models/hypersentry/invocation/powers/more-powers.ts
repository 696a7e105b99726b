import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import { writeIo } from '../../../platform/chipset/index.ts';
import { spend } from '../hypervisor.ts';
import { coreInFlight, retires, runs, undecided } from '../phases.ts';
import { platformOf, propagate } from '../platform.ts';
import type { HyperSentrySetting } from '../setting.ts';
import type { HyperSentry } from '../state.ts';

type HypervisorAction = AnyAction<HyperSentry, HyperSentrySetting>;
const action = actionOf<HyperSentry, HyperSentrySetting>();

/** The hypervisor's actions on the processor, and its accesses that are no writes to registers. */
export const processorActions: {
  readonly shade: HypervisorAction;
  readonly outPort: HypervisorAction;
} = {
  outPort: action({
    actor: 'hypervisor',
    says: 'writes to a port at which the access alone counts: of the microcontroller, or one that is trapped',
    needs: 'ports',
    exists: ({ parameters }) => parameters.ports.length > 0,
    choose: ({ parameters }: HyperSentrySetting) => ({ port: oneOf(parameters.ports) }),
    when: (state) => retires(state),
    then: (draft, { port }, setting) => {
      spend(draft, setting.parameters.instructionUs, 'one', setting);
      writeIo(draft.chipset, platformOf(setting), port, 1, 0);
      propagate(draft, setting);
    },
  }),
  shade: action({
    actor: 'hypervisor',
    says: 'STI with IF=0, MOV SS or POP SS: the SMI waits for one instruction more',
    needs: 'shadow',
    // Worth something only as the instruction in flight, and only the first of several (`cores`,
    // H-SHADOW-EACH).
    when: (state) => undecided(state) && !runs(state) && coreInFlight(state)?.retired === false,
    then: (draft, _, setting) => {
      const core = coreInFlight(draft)!;
      spend(draft, setting.parameters.instructionUs, 'one', setting);
      core.shadow = true;
    },
  }),
};
