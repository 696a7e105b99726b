/** `1 step`, `2 steps`; large numbers with commas. */
export const counted = (count: number, noun: string, several: string = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : several}`;

/** Writes a duration, as exact as a reader needs it. */
export const durationWords = (durationMs: number): string =>
  durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
