import type { Draft } from 'immer';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

/**
 * The values that a time may have: the least and the most, once if they are the same. What lies between
 * decides nothing else.
 */
export const ends = (least: number, most: number): readonly number[] => [...new Set([least, most])];

/** What the cores' check-ins add to the wait of the one that looks at the clock. */
const checkInsUs = ({ parameters }: HyperSentrySetting): number =>
  (parameters.cores - 1) * parameters.checkInUs;

/**
 * Where the count of work stops: just above what the bound allows beside the entry, beyond which all is late
 * alike.
 */
export const lateWorkUs = (setting: HyperSentrySetting): number => {
  const { promptUs, entryLeastUs, cores } = setting.parameters;
  return Math.max(0, promptUs - entryLeastUs - checkInsUs(setting)) * cores + 1;
};

/**
 * How long an entry may take. Only who bounds the age of the edge looks at the clock; for all others it is as
 * short as it can be.
 */
export const entries = ({ parameters, defends }: HyperSentrySetting): readonly number[] =>
  defends('boundedLatency')
    ? ends(parameters.entryLeastUs, parameters.entryMostUs)
    : [parameters.entryLeastUs];

/**
 * The age of the edge when the handler looks at its clock: the least time in which the cores can have done
 * their work, side by side, then the entry of the last one, and its check-in after all others'. Up to just
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

/** The cores do work, or could have: so much of it since the edge, if there was one. */
export const passUs = (draft: Draft<HyperSentry>, workUs: number, setting: HyperSentrySetting): void => {
  const { ghost } = draft;
  if (ghost.workSinceEdgeUs === null) return;
  ghost.workSinceEdgeUs = Math.min(lateWorkUs(setting), ghost.workSinceEdgeUs + workUs);
};

/** The verifier's clock goes on while it waits, up to just above its deadline. */
export const passMs = (
  { verifier }: Draft<HyperSentry>,
  ms: number,
  { parameters }: HyperSentrySetting,
): void => {
  if (verifier.phase !== 'waiting') return;
  verifier.waitedMs = Math.min(parameters.deadlineMs + 1, verifier.waitedMs + ms);
  verifier.overdue = verifier.waitedMs > parameters.deadlineMs;
};

/** Whether so much work can be done before an SMI message that is on its way arrives. */
export const hasTime = ({ smiOnWayUs }: HyperSentry, workUs: number): boolean =>
  smiOnWayUs === null || workUs <= smiOnWayUs;

/** What the cores could have done in the time of hiding or coming back, which they share or wait for. */
const scrubWorkUs = (timeUs: number, { parameters }: HyperSentrySetting): number =>
  parameters.hidesInParallel ? timeUs : timeUs * parameters.cores;

/** The work of hiding, but for its last instruction. */
export const hideWorkUs = (setting: HyperSentrySetting): number => {
  const { scrubUs, instructionUs } = setting.parameters;
  return scrubWorkUs(Math.max(0, scrubUs - instructionUs), setting);
};

/** The work of putting the modification back. */
export const restoreWorkUs = (setting: HyperSentrySetting): number =>
  scrubWorkUs(setting.parameters.scrubUs, setting);
