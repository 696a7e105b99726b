/** One figure of slide 18: the overhead that was measured with that period. */
export interface Reported {
  readonly periodUs: number;
  readonly permille: number;
}

/**
 * HyperSentry slide 18: 35 ms end to end; 2.4 % every 8 s, 1.3 % every 16 s, each given to a tenth of a per
 * cent.
 */
export const SLIDE_18: { readonly often: Reported; readonly seldom: Reported; readonly measureUs: number } = {
  often: { periodUs: 8_000_000, permille: 24 },
  seldom: { periodUs: 16_000_000, permille: 13 },
  measureUs: 35_000,
};
