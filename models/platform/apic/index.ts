export { overflowDelivers, runningApic, sendsIpis, storeApic, writeApic } from './apic.ts';
export {
  APIC_FIELDS,
  apicField,
  MODES,
  withApicField,
  type ApicRegister,
  type LocalApic,
} from './registers.ts';
