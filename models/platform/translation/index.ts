export {
  lookupTable,
  translate,
  type Fragment,
  type Translation,
  type TranslationKind,
  type TranslationOptions,
} from './translate.ts';
export { IF_BIT, LOOKUP, VCPU, VMM_BASE } from './vcpu.ts';
export { BENCHMARK, canBeCounted, elsewhereCycles, mostTickWorkCycles } from './tick.ts';
