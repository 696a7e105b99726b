import type { Draft } from 'immer';

/**
 * What a pulse on the BMC's pin was made for: the verifier's trigger of that number, or a command from the
 * host.
 */
export type Pulse = number | 'in-band';

/**
 * The baseboard management controller, as far as a trigger is concerned: a command over the management
 * network, one over the in-band interface (KCS; Set Watchdog Timer with pre-timeout interrupt SMI), and the
 * pin.
 */
export interface Bmc {
  /** The number of the verifier's trigger that has arrived and is not carried out yet. */
  readonly commanded: number | null;
  /** A pulse that the SMI handler has not answered yet. */
  readonly pulse: Pulse | null;
}

/** Nothing arrived, nothing pulsed. */
export const QUIET_BMC: Bmc = { commanded: null, pulse: null };

/** The verifier's command arrives over the management network. */
export const commandBmc = (bmc: Draft<Bmc>, trigger: number): void => {
  bmc.commanded = trigger;
};

/** The BMC carries the verifier's command out. */
export const pulseForVerifier = (bmc: Draft<Bmc>): void => {
  bmc.pulse = bmc.commanded;
  bmc.commanded = null;
};

/** The watchdog that was armed in-band comes to its pre-timeout. */
export const pulseInBand = (bmc: Draft<Bmc>): void => {
  bmc.pulse = 'in-band';
};
