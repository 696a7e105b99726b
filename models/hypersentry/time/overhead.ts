/** Parts per billion: one share for all of these, so that everything is a whole number. */
export const PPB = 1_000_000_000;
const PPB_PER_PERMILLE = PPB / 1000;

/** What measuring costs the machine: two parameters, and what it costs to be set up for it at all. */
export interface Cost {
  /** Microseconds of work lost for each measurement: frozen cores, flushed and then cold caches. */
  readonly lossUs: number;
  /** Share of all time, in parts per billion, that is lost however seldom it measures. */
  readonly backgroundPpb: number;
}

/** One figure of slide 18: the overhead that was measured with that period. */
export interface Reported {
  readonly periodUs: number;
  readonly permille: number;
}

/** HyperSentry slide 18: 2.4 % every 8 s, 1.3 % every 16 s, each given to a tenth of a per cent. */
export const SLIDE_18: { readonly often: Reported; readonly seldom: Reported; readonly measureUs: number } = {
  often: { periodUs: 8_000_000, permille: 24 },
  seldom: { periodUs: 16_000_000, permille: 13 },
  measureUs: 35_000,
};

/** Which share of a period `us` is, in parts per billion, rounded down. */
export const shareOf = (us: number, periodUs: number): number => Math.floor((us * PPB) / periodUs);

/** The share of its time that a machine loses by measuring once a period. */
export const overheadPpb = ({ lossUs, backgroundPpb }: Cost, periodUs: number): number =>
  backgroundPpb + shareOf(lossUs, periodUs);

/** As slide 18 gives it: to the nearest tenth of a per cent, halves upwards. */
export const toPermille = (ppb: number): number =>
  Math.floor((2 * ppb + PPB_PER_PERMILLE) / (2 * PPB_PER_PERMILLE));

/**
 * The one cost that explains two figures exactly as they are printed. They have to be of different periods; the loss
 * is rounded to the microsecond.
 */
export const costOf = (one: Reported, other: Reported): Cost => {
  const gapPpb = (one.permille - other.permille) * PPB_PER_PERMILLE;
  const perUs = PPB / one.periodUs - PPB / other.periodUs;
  const lossUs = Math.round(gapPpb / perUs);
  return { lossUs, backgroundPpb: one.permille * PPB_PER_PERMILLE - shareOf(lossUs, one.periodUs) };
};

/** The losses, in microseconds from `least` to `most`, that are printed as `reported` if nothing is lost in the background. */
export const lossesPrintedAs = ({
  periodUs,
  permille,
}: Reported): { readonly least: number; readonly most: number } => {
  const at = (halves: number): number => Math.ceil((halves * periodUs) / 2000);
  return { least: at(2 * permille - 1), most: at(2 * permille + 1) - 1 };
};
