/**
 * What `underwatch scope` finds outside the scope of claims on the invocation, and where it is claimed: for
 * `leavesOut`.
 */
type LeftOut = { readonly [part: string]: string };

const named = (parts: readonly string[], because: string): LeftOut =>
  Object.fromEntries(parts.map((part) => [part, because]));

/** The inversion of the input: it forges the pin itself. */
export const forged: LeftOut = { 'writes GPI_INV.INV': 'H-GPIINV: what it forges is the pin itself' };

/** The inversion as a gate: it holds back the pin's event. */
const inverted: LeftOut = { 'writes GPI_INV.INV': 'H-GPIINV-HARM: it is a gate itself' };

/** The cores' holding of SMIs: a gate behind those of the chipset. */
export const pending: LeftOut = { 'capability cpuMask': 'H-CLGI' };

/** Both ways to hold a trigger back with the gates of the pin locked. */
export const otherGates: LeftOut = { ...inverted, ...pending };

/** Every write to SMI_EN, where writing 0 clears EOS: each is a write to that gate. */
export const eosCleared: LeftOut = { 'behaviour eosWriteZeroClears': 'H-DEFER-BY-EOS' };

const PINS = Array.from({ length: 15 }, (_, at) => `otherGpis GPI${at + 1}`);
const COINCIDENCE = 'HONEST-COINCIDENCE: slide 14 rejects a trigger beside any other source';

/** Every other pin of the group. */
export const otherPins: LeftOut = named(PINS, COINCIDENCE);

/** Every source that sets another bit than the pin's at the same time, on a machine that nobody attacks. */
export const coincidences: LeftOut = {
  ...named(
    ['periodic', 'tco', 'rtc', 'smbus'].map((timer) => `timers ${timer}`),
    COINCIDENCE,
  ),
  ...otherPins,
};

/** ACPI_EN, where its 0 stops the SMIs: then it is a gate. */
export const acpiEnGates: LeftOut = { 'behaviour acpiEnGatesSmi': 'H-DEFER-BY-ACPI-EN-GATE' };
