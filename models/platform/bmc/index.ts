import type { Draft } from 'immer';

/**
 * The cause of a pulse on the BMC's pin: the verifier's trigger of that number, or a command from the host.
 */
export type Pulse = number | 'in-band';

/**
 * The baseboard management controller, as far as a trigger is concerned: a command over the management
 * network, one over the in-band interface (KCS; Set Watchdog Timer with pre-timeout interrupt SMI), and the
 * pin.
 */
export interface Bmc {
  /** The number of the verifier's trigger that has arrived and is not yet carried out. */
  readonly commanded: number | null;
  /** A pulse that the SMI handler has not answered yet. */
  readonly pulse: Pulse | null;
}

/** The initial state: nothing has arrived, nothing was pulsed. */
export const QUIET_BMC: Bmc = { commanded: null, pulse: null };

/** Delivers the verifier's command over the management network. */
export const commandBmc = (bmc: Draft<Bmc>, trigger: number): void => {
  bmc.commanded = trigger;
};

/** Carries out the verifier's command. */
export const pulseForVerifier = (bmc: Draft<Bmc>): void => {
  bmc.pulse = bmc.commanded;
  bmc.commanded = null;
};

/** Lets the watchdog that was armed in-band reach its pre-timeout. */
export const pulseInBand = (bmc: Draft<Bmc>): void => {
  bmc.pulse = 'in-band';
};
