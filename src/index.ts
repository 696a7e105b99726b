/**
 * Underwatch as a library: models, claims, searches, attacks and reports. This list is the public interface;
 * everything else may change.
 *
 * @module underwatch
 */

// Models: the same as `underwatch/model`.
export * from './model/index.ts';

// Claims, suites, and the configuration that names them.
export { defineConfig, type Config } from './config.ts';
export { suite, type Claim, type ClaimSpec, type Expected, type Suite } from './claim/claim.ts';
export { runClaims, type RunOptions, type RunProgress } from './claim/run/run.ts';
export type { RunCheckpointOptions } from './claim/run/run-checkpoint.ts';
export type { ClaimResult, ClaimRun, RandomFigures, SearchSummary } from './claim/result.ts';
export { duplicateClaims } from './claim/duplicate-claims.ts';

// Searches. A function whose name ends in `InSlices` is a generator, which can be stopped after each slice of
// the search.
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
export { statesOf } from './search/trace.ts';
export { violatesOrWitnesses } from './search/violates-or-witnesses.ts';

// Exhaustive search: every state, one by one.
export { explore, exploreInSlices } from './search/exhaustive/explore.ts';
export type { CheckpointOptions, ExhaustiveOptions } from './search/exhaustive/options.ts';
export type { ExhaustiveResult } from './search/exhaustive/search.ts';

// Symbolic search: sets of states.
export { exploreSymbolically } from './search/symbolic/explore.ts';
export type { SymbolicOptions, SymbolicResult } from './search/symbolic/options.ts';

// Random search: runs, their findings, and their replay.
export {
  searchRandomly,
  searchRandomlyInSlices,
  type RandomFinding,
  type RandomResult,
} from './search/random/campaign.ts';
export type { RandomOptions } from './search/random/options.ts';
export { replayRandom, type ReplayOptions } from './search/random/replay.ts';
export { RANDOM_DEFAULTS } from './claim/engine/random.ts';

// Cross-checks: several engines on the same claims.
export {
  crossCheck,
  type CrossCheck,
  type CrossCheckOptions,
  type Disagreement,
  type EngineRun,
} from './claim/cross-check/cross-check.ts';
export type { EngineAccount, EngineAnswer } from './claim/cross-check/account.ts';
export type { Engine, EngineTask } from './claim/cross-check/engine.ts';

// Attacks: traces in the model's words, explained, compared and classified.
export { attackOf, type Attack, type AttackStep } from './attack/attack.ts';
export type { Change } from './attack/changes.ts';
export { certify, type Certificate } from './attack/shortest.ts';
export { explainSteps, type FieldReader, type StepExplanation } from './attack/why/why.ts';
export type { Phase } from './attack/why/phase.ts';
export { necessityInSlices, type AttackWithout, type Necessity } from './attack/why/necessity.ts';
export { compareAttacks, type AttackInSystem, type Divergence } from './attack/compare/compare.ts';
export type { ReplayOutcome } from './attack/replay-outcome.ts';
export {
  classifyInSlices,
  type AttackClass,
  type AttackClasses,
  type ClassifiedBy,
  type ClassifyOptions,
} from './defence/classes/attack-classes.ts';
export { attackFile, parseAttackFile, traceOf, type AttackFile } from './report/attack-file.ts';

// Defences: which sets of them stop which attacks.
export { defencesInSlices, findDefences, type DefenceOptions } from './defence/report.ts';
export { againstInSlices } from './defence/against.ts';
export type { DefenceQuestion } from './defence/question.ts';
export type { SearchMemory } from './defence/kept/memory.ts';
export type {
  AttackRow,
  DefenceReport,
  InsufficientSet,
  KnownTrace,
  Matrix,
  MatrixCell,
  MatrixRow,
  SingleDefence,
  SufficientSet,
  SufficientSets,
  WorkingAttack,
} from './defence/result.ts';

// Scopes and thresholds: what a verdict depends on.
export { scopeInSlices, type ScopeOptions, type ScopeReport } from './claim/scope/scope.ts';
export type { Trial } from './claim/scope/trial.ts';
export {
  findThreshold,
  thresholdInSlices,
  type Flip,
  type Probe,
  type Threshold,
  type ThresholdOptions,
  type ThresholdQuestion,
} from './defence/threshold.ts';

// Audits: real boards as input.
export type {
  AuditSubject,
  Auditor,
  Collector,
  Finding,
  InputFile,
  LockReading,
  MachineFiles,
  Mitigation,
  Platform,
  Question,
  RegisterReading,
  UnaskedQuestions,
  UnknownReading,
} from './audit/auditor.ts';
export { runAudit, type AuditRun } from './audit/run-audit.ts';
export type { AuditOptions, AuditProgress } from './audit/ask.ts';
export type { Answer, Assignment, BrokenCase, Case } from './audit/answer.ts';

// Conformance: parts of a model against a machine.
export {
  conform,
  partOf,
  qemuQ35,
  type Bytes,
  type Conformance,
  type ConformOptions,
  type Deviation,
  type Difference,
  type Expectation,
  type Machine,
  type MachineStep,
  type ModelStep,
  type Observation,
  type Operation,
  type Oracle,
  type Part,
  type PartOver,
  type PciFunction,
  type RegisterCoverage,
} from './conform/index.ts';

// The learned transition relation, and its export to other checkers.
export { learnAll, type LearnedInvariant, type LearnedSystem, type LearnLimits } from './search/learn-all.ts';
export type { Decision } from './search/learned-relation/tries/decision.ts';
export { FORMATS, type Format } from './export/formats.ts';

// Reports.
export { auditReport, claimsReport, jsonText } from './report/document.ts';
export { failedPlatformEntry, platformEntry } from './report/entries.ts';
export type {
  AnswerEntry,
  ClaimEntry,
  ErrorEntry,
  PlatformEntry,
  Report,
  RunEntry,
  TimingEntry,
} from './report/report.ts';
export { coverageOf, type Coverage } from './report/coverage/coverage.ts';
export { markdownText } from './report/markdown/markdown.ts';
export { mermaidOf } from './report/mermaid.ts';
export { reportSchema } from './report/schema/schema.ts';
export { jsonSchemas } from './report/json-schema.ts';
export { writeReport } from './report/write.ts';

// Statistics: sampled figures with exact intervals.
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
