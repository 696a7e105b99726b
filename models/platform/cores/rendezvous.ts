import { match } from 'ts-pattern';
import { isHeld, takesSmi } from './smi.ts';
import type { Core } from './state.ts';

/**
 * Which cores a rendezvous takes for present although they did not come. MSR_SMM_BLOCKED (SDM 34.17.3) reports cores
 * that can serve no SMI; it does not say whether they wait for a SIPI or execute with SMIs held pending.
 */
export type Forgives = 'none' | 'wait-for-SIPI' | 'blocked';

/** Whether the rendezvous counts the core: it has come, or is forgiven. Whether it is frozen is another question. */
export const countsAsPresent = (core: Core, forgives: Forgives): boolean =>
  core.mode === 'smm' ||
  match(forgives)
    .with('none', () => false)
    .with('wait-for-SIPI', () => core.mode === 'wait-for-SIPI')
    .with('blocked', () => core.mode === 'wait-for-SIPI' || core.hold !== 'none')
    .exhaustive();

/** Whether some core will be there before the handler can look at its clock again. */
export const someoneComes = (cores: readonly Core[]): boolean =>
  cores.some((core) => takesSmi(core, isHeld(core)));

/** Whether MSR_SMM_DELAYED (SDM 34.17.2) explains why the core is not there: it is in a long instruction. */
export const isDelayed = ({ busyMs }: Core): boolean => busyMs > 0;
