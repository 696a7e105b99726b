import { shown } from './shown.ts';

/** The codes of faults: every error that the project raises on purpose. Codes are never reused. */
export const FAULTS = {
  // Models: what a user's model got wrong.
  UW101: 'a model is incomplete',
  UW102: 'a choice has nothing to choose from',
  UW103: 'a state holds a value that cannot be compared',
  UW104: 'an action or invariant is not a pure function of the state',
  UW105: 'a scenario does not fit its model',
  UW106: 'an action or invariant threw',
  UW107: 'the shape of the state changed',
  UW108: 'parts declared interchangeable are not',
  UW112: 'a question was answered by neither true nor false',
  UW113: 'a choice is no domain of different values',
  UW114: 'a state is no object',
  UW117: 'a function of a model does not return',
  UW118: 'a choice has too much to choose from',
  UW119: 'a time limit is over before the search could look at it',
  UW120: 'what a search found does not happen',
  UW125: 'a recipe returned something',
  // Searches.
  UW201: 'a limit is not a positive whole number',
  UW202: 'a search was asked for something it does not know',
  // Files and the command line.
  UW301: 'a file cannot be read',
  UW302: 'a report cannot be written',
  UW303: 'the configuration cannot be used',
  UW304: 'the command line cannot be understood',
  UW305: 'no claim fits the selection',
  UW311: 'a checkpoint is damaged',
  UW312: 'a checkpoint is of something else',
  UW313: 'a checkpoint cannot be written',
  UW314: 'there is no checkpoint to go on from',
  UW315: 'an unfinished checkpoint would be lost',
  UW316: 'a system takes more time or memory to learn than it may',
  // Bounds of what is read.
  UW320: 'a file is larger than what is read',
  UW321: 'a line is longer than what is read',
  UW322: 'a text has more lines than what is read',
  UW323: 'a folder holds more files than what is looked at',
  UW324: 'a document is nested deeper than what is read',
  UW325: 'a document has a field that is none',
  UW326: 'an attack has more steps than what is replayed',
  UW327: 'a file would be written outside the report folder',
  UW328: 'a document has two fields of one name',
  // Faults beside the request itself.
  UW330: 'underwatch has a bug',
  UW331: 'memory ran out',
  UW332: 'another run works in the folder',
  UW333: 'the output cannot be written',
  UW334: 'the program cannot be loaded',
  // The request of a search.
  UW350: 'a claim calls idle what it does not give',
  UW345: 'a search cannot have so many threads',
  // Parts outside the scope of a claim.
  UW346: 'what a scenario could list does not fit its model',
  // The reasons of a claim.
  UW353: 'a claim that is not expected to hold declares reasons',
  UW354: 'a claim declares reasons that cannot be any',
  UW355: 'no claim that is asked about is expected to hold',
  UW356: 'a field that is to be drawn does not change',
  // Tests, and configurations that do more than declare.
  UW340: 'tests were asked for something they do not know',
  UW341: 'a claim was not decided in time',
  UW342: 'a run was to be ended from within',
  UW343: 'code of a configuration failed outside the run',
  // First steps.
  UW390: 'a file would be replaced',
  UW391: 'a first model cannot be written',
  // Attacks that are looked into.
  UW392: 'there is no attack to look into',
  UW393: 'attacks on different models are compared',
  // Reports that are read again.
  UW363: 'a process that made searches ended before they were through',
  UW370: 'a baseline is no report of an audit',
  UW380: 'a file is no report',
  UW381: 'a report is of another version',
  UW382: 'what was made of a report cannot be written',
  UW383: 'reports are no shards of one run',
  UW384: 'a shard is missing or there twice',
  UW385: 'a shard has no such number',
  // Boards.
  UW401: 'a board has no logs',
  UW402: 'a log is empty or not a log',
  UW403: 'a log is cut short or garbled',
  UW404: 'a chipset is not supported',
  UW405: 'a log lacks a part the audit needs',
  UW406: 'two logs do not belong to one board',
  // Defences and what they stop.
  UW410: 'nothing that is named is a known attack',
  UW411: 'what is to be stopped is no attacks on one model',
  UW412: 'an attack is of a kind that no path shows',
  UW413: 'a cost is that of no defence, or no cost',
  // Machines that are read.
  UW414: 'what is to be audited is nothing, or several things at once',
  UW415: 'no auditor reads a machine itself',
  // Models against real implementations.
  UW440: 'an implementation does not answer',
  UW441: 'a sequence of operations cannot be understood',
  UW442: 'an implementation is not installed',
  // Pictures.
  UW445: "a register's layout does not fit it",
  // Pages that are opened.
  UW450: 'there is no report to open',
  UW451: 'a page cannot be served',
  UW452: 'a model does not run in a page',
  UW453: 'a format cannot tell what a report is about',
  // Attacks and replays.
  UW501: 'an attack file cannot be understood',
  UW502: 'an attack file belongs to another version',
  UW503: 'an attack no longer replays',
  // Attacks that a project keeps.
  UW396: 'an attack that is to be kept does not work',
  UW397: 'a kept attack contradicts what a search found',
  // Exports.
  UW601: 'a transition system is larger than the limit',
  UW602: 'a transition system is too large to draw',
  UW603: 'no model fits the selection',
  UW604: 'an export cannot be written',
  // Engines compared with each other.
  UW701: 'two engines disagree',
  // Machine code and processors.
  UW801: 'an instruction cannot be understood',
  UW802: 'a machine has no timing of an instruction',
  UW803: 'a loop finds no steady state',
  UW804: 'a program did what the small machine cannot do',
  // Thresholds and statistics.
  UW901: 'a threshold cannot be looked for',
  UW902: 'a statistic cannot be computed',
} as const;

/** The code of a fault. */
export type FaultCode = keyof typeof FAULTS;

/** The four parts of a fault that a person needs who meets it. */
export interface FaultDetails {
  /** The place that was looked at: a file, an action, a field, an option. */
  readonly where: string;
  readonly expected: string;
  readonly got: string;
  /** The likely cause. */
  readonly likely: string;
  /** The next step for the reader. */
  readonly next: string;
}

/** A fault as several lines of text, one a part, for a terminal or a log. */
const textOf = (title: string, { expected, got, likely, next }: FaultDetails): string =>
  [
    title,
    `  expected  ${shown(expected)}`,
    `  got       ${shown(got)}`,
    `  likely    ${shown(likely)}`,
    `  next      ${shown(next)}`,
  ].join('\n');

/**
 * An error with a code, told so that its reader can act on it. Its message says all of it, since a reader may
 * see no more. Its `cause` is the error that was thrown first, if there was one.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly details: FaultDetails;
  /** The code, what it means and where, in one line. */
  readonly title: string;

  constructor(code: FaultCode, details: FaultDetails, options: { readonly cause?: unknown } = {}) {
    const title = `${code} ${FAULTS[code]}: ${shown(details.where)}`;
    super(textOf(title, details), options);
    this.name = 'Fault';
    this.code = code;
    this.details = details;
    this.title = title;
  }
}

/** A fault as several lines of text, one a part, for a terminal or a log: its message. */
export const faultText = (fault: Fault): string => fault.message;
