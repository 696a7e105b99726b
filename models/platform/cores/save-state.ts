/**
 * The part of the SMRAM state save map that in-context measurement depends on (SDM vol. 3B 2009, table 25-1,
 * and vol. 3C, table 34-1): which fields the handler finds, and which of them RSM takes back if the handler
 * changed them. VMX root or non-root operation, the VMCS pointer and the blocking of NMIs are kept inside the
 * processor; IDTR is restored but neither shown nor writable. The catalogue has DR7 cleared "in the saved
 * state", which the map does not allow.
 */
export const SAVE_STATE = {
  RIP: { shown: true, writable: true },
  RFLAGS: { shown: true, writable: true },
  CR3: { shown: true, writable: false },
  DR7: { shown: true, writable: false },
  IDTR: { shown: false, writable: false },
  vmxOperation: { shown: false, writable: false },
  nmiBlocking: { shown: false, writable: false },
} as const;
