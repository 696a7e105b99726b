import { chipsetParts, coreParts } from 'underwatch/models';
import { actionOf, defineModel } from 'underwatch/model';

const { layouts, intelOf, resetChipset, writeRegister, drivePin, takeSmi } = chipsetParts;

/** The pin that the case's switch is wired to: GPI 5. */
const SWITCH = 5;
const PIN = 1 << SWITCH;
const platform = { layout: layouts.ich9, behaviour: intelOf('ich9') };

const base = {
  defences: { smiLock: 'the firmware sets GEN_PMCON_1.SMI_LOCK, which freezes GBL_SMI_EN' },
  parameters: {},
  initial: () => ({
    phase: 'firmware',
    chipset: resetChipset(platform),
    core: coreParts.runningCore,
    caseOpen: false,
    key: 'there',
  }),
};
const action = actionOf(base);

/**
 * A board that erases a key when its case is opened: the switch of the case raises an SMI, and the handler
 * erases. The chipset and the core are those of the built-in models, registers by name and bit; only the
 * board is new.
 */
export const board = defineModel({
  ...base,
  id: 'tamper-board',
  says: 'a board whose case switch raises an SMI that erases a key',
  capabilities: {
    global: 'the operating system writes SMI_EN.GBL_SMI_EN',
    enable: 'the operating system writes ALT_GP_SMI_EN',
    open: 'somebody opens the case, and reads the key off the board',
  },
  actions: {
    boot: action({
      actor: 'firmware',
      says: 'routes the switch to SMI, enables it, locks, and starts the operating system',
      when: ({ phase }) => phase === 'firmware',
      then: (draft, _, { defends }) => {
        const write = (
          register: 'GPIO_USE_SEL' | 'GP_IO_SEL' | 'GPI_ROUT' | 'ALT_GP_SMI_EN' | 'SMI_EN',
          value: number,
        ) => writeRegister(draft.chipset, platform, register, value);
        write('GPIO_USE_SEL', PIN);
        write('GP_IO_SEL', PIN);
        write('GPI_ROUT', 1 << (2 * SWITCH));
        write('ALT_GP_SMI_EN', PIN);
        write('SMI_EN', 0b11);
        if (defends('smiLock')) writeRegister(draft.chipset, platform, 'GEN_PMCON_1', 0x10);
        draft.phase = 'running';
      },
    }),
    clearGlobal: action({
      actor: 'system',
      needs: 'global',
      says: 'SMI_EN.GBL_SMI_EN := 0',
      when: ({ phase, core }) => phase === 'running' && coreParts.isFree(false)(core),
      then: ({ chipset }) => {
        writeRegister(chipset, platform, 'SMI_EN', chipset.SMI_EN & ~1);
      },
    }),
    clearEnable: action({
      actor: 'system',
      needs: 'enable',
      says: 'ALT_GP_SMI_EN.GPI5 := 0',
      when: ({ phase, core }) => phase === 'running' && coreParts.isFree(false)(core),
      then: ({ chipset }) => {
        writeRegister(chipset, platform, 'ALT_GP_SMI_EN', 0);
      },
    }),
    open: action({
      actor: 'intruder',
      needs: 'open',
      says: 'opens the case',
      when: ({ phase, caseOpen }) => phase === 'running' && !caseOpen,
      then: (draft) => {
        draft.caseOpen = true;
        drivePin(draft.chipset, platform, SWITCH, 1);
      },
    }),
    deliver: action({
      actor: 'hardware',
      says: 'the SMI reaches the core, which enters SMM',
      when: ({ chipset }) => chipset.smi === 'sent',
      then: ({ chipset, core }) => {
        takeSmi(chipset);
        coreParts.latchSmi(core);
        coreParts.enterFrom(core);
      },
    }),
    erase: action({
      actor: 'handler',
      says: 'finds the status of the switch, erases the key, and leaves SMM',
      when: ({ core }) => core.mode === 'smm',
      then: (draft) => {
        if ((draft.chipset.ALT_GP_SMI_STS & PIN) !== 0) draft.key = 'erased';
        coreParts.leaveSmm(draft.core);
      },
    }),
    read: action({
      actor: 'intruder',
      needs: 'open',
      says: 'reads the key off the board',
      // An SMI is faster than a hand: nobody reads while one is on its way.
      when: ({ caseOpen, chipset, core, key }) =>
        caseOpen && chipset.smi === 'idle' && core.mode !== 'smm' && key === 'there',
      then: (draft) => {
        draft.key = 'read';
      },
    }),
  },
  invariants: {
    secret: {
      kind: 'always',
      says: 'Nobody reads the key.',
      source: 'the requirement of this example',
      holds: ({ key }) => key !== 'read',
    },
    erases: {
      kind: 'sometimes',
      says: 'The key can be erased: the switch works.',
      source: 'the requirement of this example',
      witness: ({ key }) => key === 'erased',
    },
  },
  present: {
    value: (path, value) => {
      const name = path.replace('chipset.', '');
      const isRegister = (chipsetParts.REGISTER_NAMES as readonly string[]).includes(name);
      return isRegister && typeof value === 'number' ? `${value.toString(16)}h` : undefined;
    },
  },
});
