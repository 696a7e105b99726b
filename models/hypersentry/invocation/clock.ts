import type { Draft } from 'immer';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

/** Returns the ends of a time range, once if they are equal. Values in between decide nothing else. */
export const ends = (least: number, most: number): readonly number[] => [...new Set([least, most])];

/** Time that the cores' check-ins add to the wait of the core that reads the clock. */
const checkInsUs = ({ parameters }: HyperSentrySetting): number =>
  (parameters.cores - 1) * parameters.checkInUs;

/**
 * Cap of the count of work: just above what the bound allows beside the entry. All later times count as late.
 */
export const lateWorkUs = (setting: HyperSentrySetting): number => {
  const { promptUs, entryLeastUs, cores } = setting.parameters;
  return Math.max(0, promptUs - entryLeastUs - checkInsUs(setting)) * cores + 1;
};

/**
 * The times that an entry may take. Only a handler that bounds the age of the edge reads the clock; for all
 * others the entry is as short as it can be.
 */
export const entries = ({ parameters, defends }: HyperSentrySetting): readonly number[] =>
  defends('boundedLatency')
    ? ends(parameters.entryLeastUs, parameters.entryMostUs)
    : [parameters.entryLeastUs];

/**
 * The age of the edge when the handler reads its clock. It is the least time in which the cores can have done
 * their work side by side, then the last core's entry, and its check-in after all others'. Counted up to just
 * above the bound; null without an edge.
 */
export const ageUs = (
  { ghost, cores }: HyperSentry,
  tookUs: number,
  setting: HyperSentrySetting,
): number | null =>
  ghost.workSinceEdgeUs === null
    ? null
    : Math.min(
        setting.parameters.promptUs + 1,
        Math.ceil(ghost.workSinceEdgeUs / cores.length) + tookUs + checkInsUs(setting),
      );

/** Counts work that the cores did, or could have done, since the edge, if there was one. */
export const passUs = (draft: Draft<HyperSentry>, workUs: number, setting: HyperSentrySetting): void => {
  const { ghost } = draft;
  if (ghost.workSinceEdgeUs === null) return;
  ghost.workSinceEdgeUs = Math.min(lateWorkUs(setting), ghost.workSinceEdgeUs + workUs);
};

/** Advances the verifier's clock while it waits, up to just above its deadline. */
export const passMs = (
  { verifier }: Draft<HyperSentry>,
  ms: number,
  { parameters }: HyperSentrySetting,
): void => {
  if (verifier.phase !== 'waiting') return;
  verifier.waitedMs = Math.min(parameters.deadlineMs + 1, verifier.waitedMs + ms);
  verifier.overdue = verifier.waitedMs > parameters.deadlineMs;
};

/** Whether so much work can be done before an SMI message under way arrives. */
export const hasTime = ({ smiOnWayUs }: HyperSentry, workUs: number): boolean =>
  smiOnWayUs === null || workUs <= smiOnWayUs;

/**
 * The work that the cores could do in the time of hiding or coming back, whether they share it or wait for
 * it.
 */
const scrubWorkUs = (timeUs: number, { parameters }: HyperSentrySetting): number =>
  parameters.hidesInParallel ? timeUs : timeUs * parameters.cores;

/** The work of hiding, without its last instruction. */
export const hideWorkUs = (setting: HyperSentrySetting): number => {
  const { scrubUs, instructionUs } = setting.parameters;
  return scrubWorkUs(Math.max(0, scrubUs - instructionUs), setting);
};

/** The work of putting the modification back. */
export const restoreWorkUs = (setting: HyperSentrySetting): number =>
  scrubWorkUs(setting.parameters.scrubUs, setting);
