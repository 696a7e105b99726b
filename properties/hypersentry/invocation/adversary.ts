import type { Capability, Defence } from '../../../models/hypersentry/invocation/setting.ts';
import { scopeOf, type Scope } from '../../../models/hypersentry/invocation/scope.ts';

/** A compromised hypervisor with its ordinary powers: ports, configuration space, the local APIC, itself. */
export const hypervisor: readonly Capability[] = ['ports', 'config', 'poll', 'apic', 'hide', 'spin'];

/**
 * HyperSentry as the talk describes it: every check of slide 14 and a verifier that expects an answer,
 * but no bound on the time between the pin and the handler, and gates that cannot be locked. What the
 * talk does not speak of (the platform's own locks, PMBASE, the BMC's in-band side) is closed, so that
 * each claim opens one thing.
 */
export const asTheTalkHasIt: readonly Defence[] = ['boundedLatency', 'checkGle', 'gpiGateLock'];

/** The field groups for the pin of slide 14, GPI 0, with GPI 1 as another source. */
export const fields: Scope = scopeOf(0, 1);
