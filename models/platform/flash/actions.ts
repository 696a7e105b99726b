import type { Draft } from 'immer';
import { actionOf, integers, oneOf, type AnyAction, type Domain } from 'underwatch/model';
import {
  fieldValue,
  intel,
  layouts,
  takeSmi,
  withField,
  writeRegister,
  type ChipsetPlatform,
} from '../chipset/index.ts';
import type { BiosFlash, Core, FlashSetting } from './state.ts';

type FlashAction = AnyAction<BiosFlash, FlashSetting>;
const action = actionOf<BiosFlash, FlashSetting>();

/** A 6 to 9 series PCH, as its datasheet has it. */
export const PCH: ChipsetPlatform = { behaviour: intel, layout: layouts.series6to9 };

/** Whether the core can retire an instruction of the operating system. */
const canRetire = (core: Core | undefined): boolean => core === 'os' || core === 'in flight';

const retire = (draft: Draft<BiosFlash>, core: number): void => {
  if (draft.cores[core] === 'in flight') draft.cores[core] = 'boundary';
};

/**
 * The SMI message, if one was sent, reaches every core; the one that caused it may be held up by its write.
 */
const propagate = (draft: Draft<BiosFlash>, writer: number | null, { parameters }: FlashSetting): void => {
  if (draft.chipset.smi !== 'sent') return;
  takeSmi(draft.chipset);
  draft.cores.forEach((core, index) => {
    if (core !== 'os') return;
    draft.cores[index] = index === writer && parameters.synchronousSmi ? 'boundary' : 'in flight';
  });
};

const bios = (state: BiosFlash, field: string): boolean =>
  fieldValue('BIOS_CNTL', state.chipset.BIOS_CNTL, field) === 1;

const allInSmm = ({ cores }: BiosFlash): boolean => cores.every((core) => core === 'smm');

/** Whether a write cycle of the operating system reaches the flash now: with SMM_BWP only those of SMM do. */
const isWritable = (state: BiosFlash, { defends }: FlashSetting): boolean =>
  bios(state, 'BIOSWE') && !bios(state, 'SMM_BWP') && !defends('protectedRanges');

const cores = ({ parameters }: FlashSetting): Domain<number> => integers(0, parameters.cores - 1);

/** The actions of the hypervisor on its cores, the way into SMM, and the handler that clears BIOSWE. */
export const flashActions: {
  readonly write: FlashAction;
  readonly program: FlashAction;
  readonly enter: FlashAction;
  readonly handle: FlashAction;
} = {
  write: action({
    actor: 'hypervisor',
    says: 'writes a field of a register',
    needs: 'registers',
    choose: (setting: FlashSetting) => ({ core: cores(setting), write: oneOf(setting.parameters.writes) }),
    when: (state, { core, write }) =>
      canRetire(state.cores[core]) &&
      fieldValue(write.register, state.chipset[write.register], write.field) !== write.value,
    then: (draft, { core, write }, setting) => {
      const { register, field, value } = write;
      retire(draft, core);
      writeRegister(draft.chipset, PCH, register, withField(register, draft.chipset[register], field, value));
      propagate(draft, core, setting);
    },
  }),
  program: action({
    actor: 'hypervisor',
    says: 'sends a write cycle to the flash',
    needs: 'flash',
    choose: (setting: FlashSetting) => ({ core: cores(setting) }),
    when: (state, { core }) => canRetire(state.cores[core]),
    // The controller ends a cycle that it may not carry out, and the flash holds what it held.
    then: (draft, { core }, setting) => {
      retire(draft, core);
      if (isWritable(draft, setting)) draft.flash = 'adversary';
    },
  }),
  enter: action({
    actor: 'hardware',
    says: 'a core takes the SMI that is pending for it, at an instruction boundary',
    choose: (setting: FlashSetting) => ({ core: cores(setting) }),
    when: (state, { core }) => state.cores[core] === 'in flight' || state.cores[core] === 'boundary',
    then: (draft, { core }) => {
      draft.cores[core] = 'smm';
    },
  }),
  handle: action({
    actor: 'handler',
    says: 'clears BIOSWE and the status of the SMI, sets EOS, and every core leaves SMM',
    when: allInSmm,
    then: (draft, _, setting) => {
      const { chipset } = draft;
      const set = (register: 'TCO1_STS' | 'SMI_STS' | 'SMI_EN' | 'BIOS_CNTL', value: number): void =>
        writeRegister(chipset, PCH, register, value);
      set('BIOS_CNTL', withField('BIOS_CNTL', chipset.BIOS_CNTL, 'BIOSWE', 0));
      set('TCO1_STS', chipset.TCO1_STS);
      set('SMI_STS', chipset.SMI_STS);
      set('SMI_EN', withField('SMI_EN', chipset.SMI_EN, 'EOS', 1));
      draft.cores.fill('os');
      propagate(draft, null, setting);
    },
  }),
};
