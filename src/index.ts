/**
 * Underwatch as a library: models, claims, searches, attacks and reports. This list is the public interface;
 * everything else may change.
 *
 * @module underwatch
 */
export * from './model/index.ts';
export { suite, type Claim, type ClaimSpec, type Expected, type Suite } from './claim/claim.ts';
export type {
  Auditor,
  Collector,
  MachineFiles,
  AuditSetting,
  AuditSubject,
  Unasked,
  Finding,
  InputFile,
  LockReading,
  Platform,
  Question,
  RegisterReading,
  UnknownReading,
} from './audit/auditor.ts';
export { RANDOM_DEFAULTS } from './claim/engine/random.ts';
export { sameQuestions } from './claim/same-question.ts';
export { runClaims, type RunOptions, type RunProgress } from './claim/run/run.ts';
export { scopeInSlices, type ScopeOptions, type ScopeReport } from './claim/scope/scope.ts';
export type { Trial } from './claim/scope/trial.ts';
export type { RunKeeping } from './claim/run/run-checkpoint.ts';
export type { ClaimResult, ClaimRun, RandomFigures, SearchSummary } from './claim/result.ts';
export {
  crossCheck,
  type CrossCheck,
  type CrossCheckOptions,
  type Disagreement,
  type EngineRun,
} from './claim/cross-check/cross-check.ts';
export type { Account as EngineAccount, Answer as EngineAnswer } from './claim/cross-check/account.ts';
export type { Engine, Task as EngineTask } from './claim/cross-check/engine.ts';
export { runAudit, type AuditRun } from './audit/run-audit.ts';
export type { AuditOptions, AuditProgress } from './audit/ask.ts';
export type { Answer, Assignment, BrokenCase, Case } from './audit/answer.ts';
export {
  conform,
  operationText,
  partOf,
  qemuQ35,
  type Bytes,
  type Conformance,
  type ConformOptions,
  type Deviation,
  type Difference,
  type Exercised,
  type Expectation,
  type Look,
  type Machine,
  type Moment,
  type Operation,
  type Oracle,
  type Part,
  type PartOver,
  type PciFunction,
  type Work,
} from './conform/index.ts';
export { explore, exploreInSlices } from './search/exhaustive/explore.ts';
export { exploreSymbolically } from './search/symbolic/explore.ts';
export type { SymbolicOptions, SymbolicResult } from './search/symbolic/options.ts';
export type { ExhaustiveOptions } from './search/exhaustive/options.ts';
export type { Keeping } from './search/exhaustive/options.ts';
export type { ExhaustiveResult } from './search/exhaustive/search.ts';
export {
  searchRandomly,
  searchRandomlyInSlices,
  type Finding as RandomFinding,
  type RandomResult,
} from './search/random/campaign.ts';
export type { RandomOptions } from './search/random/options.ts';
export { replayRandom, type ReplayOptions } from './search/random/replay.ts';
export type {
  ActionCount,
  Bound,
  Limits,
  Observer,
  Onward,
  Progress,
  Reduction,
  ReductionKind,
  SearchResult,
  Step,
  Trace,
  Verdict,
} from './search/result.ts';
export { minimise } from './search/random/shrinking/minimise.ts';
export { violatesOrWitnesses } from './search/violates-or-witnesses.ts';
export { statesOf } from './search/trace.ts';
export { attackOf, type Attack, type AttackStep } from './attack/attack.ts';
export type { Change } from './attack/changes.ts';
export { certify, type Certificate } from './attack/shortest.ts';
export { whyOf, type Left, type Reader, type StepWhy } from './attack/why/why.ts';
export { compareAttacks, type Course, type Parting, type Side } from './attack/compare/compare.ts';
export type { Phase } from './attack/why/phase.ts';
export { needsInSlices, type Found, type Need } from './attack/why/need.ts';
export { learnAll, type LearnedInvariant, type LearnedSystem, type LearnLimits } from './search/learn-all.ts';
export type { Decision } from './search/learned-relation/tries/decision.ts';
export { FORMATS, type Format } from './export/formats.ts';
export {
  findThreshold,
  thresholdInSlices,
  type Flip,
  type Probe,
  type Threshold,
  type ThresholdOptions,
  type ThresholdQuestion,
} from './defence/threshold.ts';
export {
  defencePartInSlices,
  defencesInSlices,
  findDefences,
  type DefenceOptions,
} from './defence/report.ts';
export type { SearchMemory } from './defence/kept/memory.ts';
export { memoryOf, openMemory, type KeptMemory, type SearchKeeping } from './defence/kept/folder.ts';
export { waysInSlices, type Way, type Ways, type WaysBy, type WaysOptions } from './defence/ways/ways.ts';
export { againstInSlices } from './defence/against.ts';
export { isShownByPath, type DefenceQuestion } from './defence/question.ts';
export type { Deciding } from './defence/search-sets.ts';
export type {
  Alone,
  AttackRow,
  Cell,
  DefenceReport,
  EnoughSet,
  EnoughSets,
  InsufficientSet,
  KnownTrace,
  Matrix,
  MatrixRow,
  Shown,
} from './defence/result.ts';
export { createRandom, type Random } from './statistics/random.ts';
export { clopperPearson, type Interval } from './statistics/interval.ts';
export { sprt, type Hypotheses, type SprtResult } from './statistics/sprt.ts';
export {
  runStudy,
  type Population,
  type PopulationResult,
  type Study,
  type StudyOptions,
  type StudyResult,
} from './statistics/study.ts';
export { studySvg } from './report/study-svg.ts';
export { defineConfig, type Config } from './config.ts';
export { auditReport, claimsReport, jsonText, type Clocked } from './report/document.ts';
export { failedPlatformEntry, platformEntry } from './report/entries.ts';
export { markdownText } from './report/markdown/markdown.ts';
export { mermaidOf } from './report/mermaid.ts';
export { reportSchema } from './report/schema/schema.ts';
export { jsonSchemas } from './report/json-schema.ts';
export { writeReport } from './report/write.ts';
export { coverageOf, type Coverage } from './report/coverage/coverage.ts';
export { attackFile, parseAttackFile, traceOf, type AttackFile } from './report/attack-file.ts';
export type {
  AnswerEntry,
  ClaimEntry,
  ErrorEntry,
  PlatformEntry,
  Report,
  RunEntry,
  TimingEntry,
} from './report/report.ts';
