export {
  lookupTable,
  translate,
  type Fragment,
  type Translation,
  type TranslationKind,
  type TranslationOptions,
} from './translate.ts';
export { IF_BIT, LOOKUP, VCPU, vcpu } from './vcpu.ts';
