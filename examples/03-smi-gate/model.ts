import { actionOf, defineModel } from 'underwatch/model';

const base = {
  defences: {
    gateLock: 'the enable bit of the pin cannot be written once the firmware has set it',
    ageBound: 'the trigger says when it was sent, and the handler refuses an old one',
  },
  parameters: {},
  initial: () => ({
    /** ALT_GP_SMI_EN of the pin: the gate between the latch and the processor. */
    enabled: true,
    /** ALT_GP_SMI_STS of the pin: a latch, which keeps the trigger while the gate is closed. */
    latched: false,
    pulsed: false,
    kernel: 'modified',
    verdict: 'none',
    // A ghost: no action looks at it, it is there for the invariant alone.
    ghost: { modifiedAtPulse: false },
    /** Whether anything was done between the pulse and the handler. */
    isOld: false,
  }),
};
const action = actionOf(base);

/**
 * Remote measurement by an SMI, in its smallest form: a pin sets a latch, a gate lets it through, and the
 * handler looks at the kernel. An SMI comes before the next instruction, so while the gate is open and the
 * latch is set the hypervisor does nothing.
 */
export const smiGate = defineModel({
  ...base,
  id: 'smi-gate',
  says: 'a trigger, a latch, a gate, and a handler that measures',
  capabilities: {
    ports: 'the hypervisor writes to the enable bit of the pin',
    hide: 'the hypervisor takes its modification out',
  },
  actions: {
    pulse: action({
      actor: 'bmc',
      says: 'pulses the pin, at the request of the verifier',
      when: ({ pulsed }) => !pulsed,
      then: (draft) => {
        draft.pulsed = true;
        draft.latched = true;
        draft.ghost.modifiedAtPulse = draft.kernel === 'modified';
      },
    }),
    gate: action({
      actor: 'hypervisor',
      needs: 'ports',
      says: 'turns the enable bit over',
      when: ({ enabled, latched }) => !(enabled && latched),
      then: (draft, _, { defends }) => {
        if (defends('gateLock')) return;
        draft.enabled = !draft.enabled;
      },
    }),
    hide: action({
      actor: 'hypervisor',
      needs: 'hide',
      says: 'takes its modification out',
      when: ({ enabled, latched, kernel }) => !(enabled && latched) && kernel === 'modified',
      then: (draft) => {
        draft.kernel = 'clean';
        if (draft.latched) draft.isOld = true;
      },
    }),
    measure: action({
      actor: 'handler',
      says: 'measures the kernel, and clears the latch',
      when: ({ enabled, latched }) => enabled && latched,
      then: (draft, _, { defends }) => {
        const refused = defends('ageBound') && draft.isOld;
        draft.verdict = refused ? 'refused' : draft.kernel;
        draft.latched = false;
      },
    }),
  },
  invariants: {
    complete: {
      kind: 'always',
      says: 'A kernel that was modified at the pulse is never measured as clean.',
      source: 'HyperSentry, CCS 2010, slide 17: stealthy invocation',
      given: ({ verdict }) => verdict !== 'none',
      holds: ({ verdict, ghost }) => !(verdict === 'clean' && ghost.modifiedAtPulse),
    },
    measures: {
      kind: 'sometimes',
      says: 'A modified kernel can be found.',
      source: 'HyperSentry, CCS 2010, slide 9',
      witness: ({ verdict }) => verdict === 'modified',
    },
  },
  present: { hidden: ['ghost'] },
});
