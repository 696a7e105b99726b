import { expect, test } from 'vitest';
import { produce } from 'immer';
import {
  APIC_FIELDS,
  apicField,
  MODES,
  overflowDelivers,
  runningApic,
  sendsIpis,
  storeApic,
  withApicField,
  writeApic,
  type ApicRegister,
  type LocalApic,
} from './index.ts';

const set = (apic: LocalApic, register: ApicRegister, field: string, content: number): LocalApic =>
  produce(apic, (draft) => writeApic(draft, register, withApicField(apic, register, field, content)));
const armed = produce(runningApic, (draft) => storeApic(draft, 'LVT_PMC', MODES.SMI << 8));

test('fields are where the manual has them', () => {
  expect(apicField(runningApic, 'IA32_APIC_BASE', 'BASE')).toBe(0xfee00);
  expect([runningApic.SVR, runningApic.LVT_PMC, armed.LVT_PMC]).toEqual([0x1ff, 0x1_0000, 0x200]);
  const shifts = Object.values(APIC_FIELDS).map((fields) => Object.values(fields).map(({ shift }) => shift));
  expect(shifts).toEqual([[8, 11, 12], [0, 8], [0], [0, 8, 16]]);
});

test.each([
  ['as SMI#1 programs it', armed, 'SMI'],
  ['masked', set(armed, 'LVT_PMC', 'MASK', 1), 'nothing'],
  ['another delivery mode', set(armed, 'LVT_PMC', 'MODE', MODES.NMI), 'NMI'],
  ['fixed', set(armed, 'LVT_PMC', 'MODE', MODES.fixed), 'nothing'],
  ['disabled by SVR', set(armed, 'SVR', 'EN', 0), 'nothing'],
  ['and enabled again, which unmasks nothing', set(set(armed, 'SVR', 'EN', 0), 'SVR', 'EN', 1), 'nothing'],
  ['disabled by the MSR', set(armed, 'IA32_APIC_BASE', 'EN', 0), 'nothing'],
  ['the highest task priority', set(armed, 'TPR', 'PRIORITY', 0xff), 'SMI'],
] as const)('an overflow, %s', (_, apic, delivers) => {
  expect(overflowDelivers(apic)).toBe(delivers);
});

test('an entry cannot be unmasked while the APIC is disabled, or where it is not', () => {
  const unmasked = (apic: LocalApic): number =>
    produce(apic, (draft) => storeApic(draft, 'LVT_PMC', MODES.SMI << 8)).LVT_PMC;
  expect(unmasked(set(runningApic, 'SVR', 'EN', 0))).toBe(0x1_0200);
  expect(unmasked(set(runningApic, 'IA32_APIC_BASE', 'EN', 0))).toBe(0x1_0000);
  expect(unmasked(set(runningApic, 'IA32_APIC_BASE', 'BASE', 0xfed00))).toBe(0x1_0000);
  expect(unmasked(runningApic)).toBe(0x200);
});

test('IPIs need the global enable alone', () => {
  expect(sendsIpis(set(runningApic, 'SVR', 'EN', 0))).toBe(true);
  expect(sendsIpis(set(runningApic, 'IA32_APIC_BASE', 'EN', 0))).toBe(false);
});
