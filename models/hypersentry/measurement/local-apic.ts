import type { Draft } from 'immer';
import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import {
  apicField,
  MODES,
  overflowDelivers,
  runningApic,
  storeApic,
  withApicField,
  writeApic,
} from '../../platform/apic/index.ts';
import { latchSmi } from '../../platform/cores/index.ts';
import { retiresOnCore, spendOnCore } from './machine.ts';
import type { MeasurementSetting } from './setting.ts';
import type { Measurement } from './state.ts';
import { timesOf } from './times.ts';

const action = actionOf<Measurement, MeasurementSetting>();

/** Programs the LVT entry for SMIs in SMI#1; with `ownsApic` it first sets the APIC's base and enable. */
export const programApic = (draft: Draft<Measurement>, { defends }: MeasurementSetting): void => {
  const { apic } = draft;
  if (defends('ownsApic')) {
    writeApic(apic, 'IA32_APIC_BASE', runningApic.IA32_APIC_BASE);
    writeApic(apic, 'SVR', runningApic.SVR);
  }
  storeApic(apic, 'LVT_PMC', MODES.SMI << 8);
};

/** Sets the LVT entry back, in SMI#2 and at the end: nobody needs it any more. */
export const releaseApic = ({ apic }: Draft<Measurement>): void => {
  storeApic(apic, 'LVT_PMC', runningApic.LVT_PMC);
};

/** The event that the counter's overflow brings to the measuring core. */
export const signalOverflow = ({ apic, core }: Draft<Measurement>): void => {
  const delivers = overflowDelivers(apic);
  if (delivers === 'SMI') latchSmi(core);
  if (delivers === 'NMI') core.nmi = true;
};

/** The hypervisor's writes to the measuring core's local APIC, field by field (slide 6, "reprogram APIC"). */
export const apicActions: { readonly setApic: AnyAction<Measurement, MeasurementSetting> } = {
  setApic: action({
    actor: 'hypervisor',
    says: 'writes one field of its local APIC, or of IA32_APIC_BASE',
    needs: 'lapic',
    exists: ({ parameters }) => parameters.apicWrites.length > 0,
    choose: ({ parameters }: MeasurementSetting) => ({ write: oneOf(parameters.apicWrites) }),
    when: (state, { write }) =>
      retiresOnCore(state) && apicField(state.apic, write.register, write.field) !== write.value,
    then: (draft, { write }, setting) => {
      spendOnCore(draft, timesOf(setting).instructionNs, setting);
      const { register, field, value } = write;
      writeApic(draft.apic, register, withApicField(draft.apic, register, field, value));
    },
  }),
};
