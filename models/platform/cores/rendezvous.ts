import { match } from 'ts-pattern';
import type { Core } from './state.ts';

/**
 * The cores that a rendezvous takes for present although they did not come. MSR_SMM_BLOCKED (SDM 34.17.3)
 * reports cores that can serve no SMI; it does not say whether they wait for a SIPI or execute with SMIs held
 * pending.
 */
export type Forgives = 'none' | 'wait-for-SIPI' | 'blocked';

/** The states of a core that a rendezvous excuses, beside cores that have come. */
const forgivenBy = (forgives: Forgives): { readonly waits: boolean; readonly holds: boolean } =>
  match(forgives)
    .with('none', () => ({ waits: false, holds: false }))
    .with('wait-for-SIPI', () => ({ waits: true, holds: false }))
    .with('blocked', () => ({ waits: true, holds: true }))
    .exhaustive();

// The tests that follow look at nothing but their core, so a search may ask all cores at once.
/**
 * Whether the rendezvous counts a core: it has come, or is forgiven. Whether it is frozen is another
 * question.
 */
export const countedBy = (forgives: Forgives): ((core: Core) => boolean) => {
  const { waits, holds } = forgivenBy(forgives);
  return ({ mode, hold }) =>
    mode === 'smm' || (waits && mode === 'wait-for-SIPI') || (holds && hold !== 'none');
};

/** The same, or MSR_SMM_DELAYED (SDM 34.17.2) explains why the core is not there: in a long instruction. */
export const explainedBy = (forgives: Forgives): ((core: Core) => boolean) => {
  const { waits, holds } = forgivenBy(forgives);
  return ({ mode, hold, busyMs }) =>
    busyMs > 0 || mode === 'smm' || (waits && mode === 'wait-for-SIPI') || (holds && hold !== 'none');
};

/** Whether some core will arrive before the handler can read its clock again. */
export const someoneComes = (cores: readonly Core[]): boolean =>
  cores.some(
    ({ mode, pending, hold, busyMs }) =>
      (mode === 'guest' || mode === 'host') && pending && hold === 'none' && busyMs === 0,
  );
