import { actionOf, type AnyAction } from 'underwatch/model';
import { bootedRegisters } from './boot.ts';
import { hypervisorRuns } from './hypervisor.ts';
import type { SmramSetting } from './setting.ts';
import type { Smram } from './state.ts';

type PowerAction = AnyAction<Smram, SmramSetting>;
const action = actionOf<Smram, SmramSetting>();

/** Suspend to RAM and resume: every register is reset, memory keeps what it holds. */
export const powerActions: {
  readonly editScript: PowerAction;
  readonly suspend: PowerAction;
  readonly resume: PowerAction;
} = {
  editScript: action({
    actor: 'hypervisor',
    says: 'takes the locks out of the S3 boot script',
    needs: 'sleep',
    when: (state, _, { defends }) =>
      hypervisorRuns(state) && state.bootScript === 'genuine' && !defends('bootScriptInSmram'),
    then: (draft) => {
      draft.bootScript = 'adversary';
    },
  }),
  suspend: action({
    actor: 'hypervisor',
    says: 'suspends the machine to RAM',
    needs: 'sleep',
    when: hypervisorRuns,
    then: (draft, _, setting) => {
      draft.power = 'S3';
      // The sleep code writes the caches back (ACPI specification, S3).
      draft.cores.forEach((core) => {
        if (core.line === 'adversary' && setting.parameters.writeBacks === 'reach SMRAM')
          draft.memory.smram = 'adversary';
        core.line = 'none';
      });
    },
  }),
  resume: action({
    actor: 'firmware',
    says: 'resumes: sets SMM up on every core, and runs the boot script, which is to set the locks again',
    when: ({ power }) => power === 'S3',
    then: (draft, _, setting) => {
      Object.assign(draft, bootedRegisters(setting, draft.bootScript === 'genuine'));
      draft.bar = 'its own';
      draft.power = 'on';
    },
  }),
};
