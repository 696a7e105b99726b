import type { Capability, Defence } from '../../../models/hypersentry/invocation/setting.ts';
import { scopeOf, type Scope } from '../../../models/hypersentry/invocation/scope.ts';

/** The ordinary powers of a compromised hypervisor: ports, configuration space, the local APIC, itself. */
export const hypervisor: readonly Capability[] = ['ports', 'config', 'poll', 'apic', 'hide', 'spin'];

/**
 * The defences that are off in HyperSentry as the talk describes it: every check of slide 14 is on, and the
 * verifier expects an answer. There is no bound on the time between the pin and the handler, and the gates
 * cannot be locked. Ways that the talk does not mention (the platform's own locks, PMBASE, the BMC's in-band
 * side) are closed, so that each claim opens one.
 */
export const asTheTalkHasIt: readonly Defence[] = ['boundedLatency', 'checkGle', 'gpiGateLock'];

/** The field groups for the pin of slide 14, GPI 0, with GPI 1 as another source. */
export const fields: Scope = scopeOf(0, 1);
