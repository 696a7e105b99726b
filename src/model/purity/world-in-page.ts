// A model in a page was run before, and its purity checked then: here nobody watches the functions that the
// page itself uses.

/** Runs `run`. */
export const watchingWorld = <T>(run: () => T): T => run();

/** The slices as they are. */
export const watchingSlices = <P, R, N>(slices: Generator<P, R, N>): Generator<P, R, N> => slices;
